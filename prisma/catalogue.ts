// The pg adapter, able to read PostgreSQL's own catalogue.
// The rule it keeps: columns of type "char" (one byte, oid 18) reach the schema engine as characters. The adapter refuses
// that type, and the engine cannot describe a schema without it: https://github.com/prisma/orm/issues/27403
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory
} from '@prisma/driver-adapter-utils'
import { Pool, type QueryResult } from 'pg'
import { connectionOf } from '../lib/db/connection.ts'

const charType = 18
const textType = 25

/** Which columns were of type "char", by the rows that the adapter hands on untouched. */
type Seen = WeakMap<object, readonly number[]>

/** @returns a factory for the schema engine; `close` ends its connections. */
export function openCatalogue(databaseUrl: string): {
  factory: SqlMigrationAwareDriverAdapterFactory
  close(): Promise<void>
} {
  const seen: Seen = new WeakMap()
  const pool = notingPool(databaseUrl, seen)
  const pg = new PrismaPg(pool)
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: pg.provider,
    adapterName: pg.adapterName,
    connect: async () => withCharacters(await pg.connect(), seen),
    connectToShadowDb: () => pg.connectToShadowDb()
  }
  return { factory, close: () => pool.end() }
}

function notingPool(databaseUrl: string, seen: Seen): Pool {
  const pool = new Pool(connectionOf(databaseUrl))
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<QueryResult> | undefined
  const noting = async (...given: unknown[]) => {
    const result = await query(...given)
    const fields = result?.fields ?? []
    const characters = fields.flatMap((field, at) => (field.dataTypeID === charType ? [at] : []))
    for (const at of characters) Object.assign(fields[at] ?? {}, { dataTypeID: textType })
    if (result && characters.length > 0) seen.set(result.rows, characters)
    return result
  }
  return Object.assign(pool, { query: noting })
}

function withCharacters(adapter: SqlDriverAdapter, seen: Seen): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    queryRaw: async (query: Parameters<typeof queryRaw>[0]) => {
      const result = await queryRaw(query)
      for (const at of seen.get(result.rows) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character
      return result
    }
  })
}
