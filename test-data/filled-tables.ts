// Rows in every table of a database, whatever tables it has: made from the catalogue, so that a new one is filled too.
// The rule it keeps: a type that it does not know is an error, never an empty column.
import type { Client } from 'pg'

const rowsEach = 2

type Column = { table: string; column: string; type: string; generated: boolean }
type Key = { table: string; columns: string[]; parent: string; parentColumns: string[] }
export type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>

/** What the app would not read otherwise. */
const meant: Record<string, unknown> = { 'Setup.cloud': 'global', 'Setup.protocols': ['IMAP'], 'Setup.findsBy': 'tag' }

const uuid = (table: number, row: number) => `00000000-0000-4000-8000-${String(table * 1_000 + row).padStart(12, '0')}`

function valueFor({ table, column, type }: Column, tableNumber: number, row: number): unknown {
  const name = `${table}.${column}`
  if (name in meant) return meant[name]
  switch (type) {
    case 'text':
      return `${name} Zürich ’"\\ ${row}`
    case 'uuid':
      return uuid(tableNumber, row)
    case '_text':
      return [`${name} ${row}`, 'a,b"c']
    case 'jsonb':
      return JSON.stringify({ kept: name, row })
    case 'timestamp':
      return `2026-01-0${row} 03:04:05.678`
    case 'int4':
    case 'int8':
      return row
    case 'bool':
      return row === 1
    case 'bytea':
      return Buffer.from([0, 255, row])
    default:
      throw new Error(`No value is known for ${name}, which is of type ${type}`)
  }
}

const columnsSql = `
  SELECT table_name AS "table", column_name AS "column", udt_name AS "type",
    coalesce(column_default LIKE 'nextval%', false) OR is_generated = 'ALWAYS' AS generated
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  ORDER BY table_name, ordinal_position`

const keysSql = `
  SELECT c.relname AS "table", p.relname AS parent,
    ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, at) JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY at) AS columns,
    ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY k(n, at) JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY at) AS "parentColumns"
  FROM pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN pg_class p ON p.oid = confrelid WHERE contype = 'f'`

/** Puts rows into every table, parents first. */
export async function fillTables(client: Client): Promise<void> {
  const { rows: columns } = await client.query<Column>(columnsSql)
  const { rows: keys } = await client.query<Key>(keysSql)
  const tables = parentsFirst([...new Set(columns.map(({ table }) => table))], keys)
  const made = new Map<string, Record<string, unknown>[]>()
  for (const [number, table] of tables.entries()) {
    const mine = columns.filter(column => column.table === table && !column.generated)
    const names = mine.map(({ column }) => `"${column}"`).join(', ')
    const places = mine.map((_, index) => `$${index + 1}`).join(', ')
    for (let row = 1; row <= rowsEach; row++) {
      const values = new Map(mine.map(column => [column.column, valueFor(column, number + 1, row)]))
      for (const key of keys.filter(one => one.table === table))
        for (const [index, column] of key.columns.entries())
          values.set(column, made.get(key.parent)?.[row - 1]?.[key.parentColumns[index] ?? ''])
      const inserted = await client.query(`INSERT INTO "${table}" (${names}) VALUES (${places}) RETURNING *`, [
        ...values.values()
      ])
      made.set(table, [...(made.get(table) ?? []), ...inserted.rows])
    }
  }
}

function parentsFirst(tables: readonly string[], keys: readonly Key[]): readonly string[] {
  const ordered: string[] = []
  const place = (table: string, below: readonly string[] = []) => {
    if (ordered.includes(table) || below.includes(table)) return
    for (const { parent } of keys.filter(key => key.table === table)) place(parent, [...below, table])
    ordered.push(table)
  }
  for (const table of tables) place(table)
  return ordered
}

/** Everything in every table, as text that compares. */
export async function readTables(client: Client): Promise<Rows> {
  const { rows: columns } = await client.query<Column>(columnsSql)
  const read: Record<string, Record<string, unknown>[]> = {}
  for (const table of new Set(columns.map(column => column.table))) {
    const { rows } = await client.query(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY to_jsonb(t)::text`)
    read[table] = rows.map(({ row }) => row)
  }
  return read
}

/** What was there before and is not there now, as "table", or "table.column". */
export function lostBetween(before: Rows, now: Rows): readonly string[] {
  const lost = Object.entries(before).flatMap(([table, rows]) => {
    const kept = now[table]
    if (!kept || kept.length < rows.length) return [table]
    return Object.keys(rows[0] ?? {}).flatMap(column => {
      const all = (of: readonly Record<string, unknown>[]) => of.map(row => JSON.stringify(row[column])).sort()
      const there = all(kept)
      return all(rows).every(value => there.includes(value)) ? [] : [`${table}.${column}`]
    })
  })
  return lost.sort()
}
