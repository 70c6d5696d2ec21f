// The pg adapter as the schema engine needs it: able to read PostgreSQL's own catalogue, and a migration whole or not at all.
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory
} from '@prisma/driver-adapter-utils'
import { Pool, type QueryResult } from 'pg'
import { connectionOf } from '../lib/db/connection.ts'

/** "char", of one byte, has to reach the engine as a character. The adapter refuses the type, and without it the engine
 *  cannot describe a schema: https://github.com/prisma/orm/issues/27403 */
const charType = 18
const textType = 25

/** Which columns were of type "char", by the rows that the adapter hands on untouched. */
type Seen = WeakMap<object, readonly number[]>

export type Catalogue = {
  factory: SqlMigrationAwareDriverAdapterFactory
  /** Runs on the one connection that the engine uses too. */
  run(sql: string, values?: readonly unknown[]): Promise<unknown>
  /** What PostgreSQL said to the first script that it refused: later complaints only follow from it. */
  firstRefusal(): Error | undefined
  close(): Promise<void>
}

/** Opens one connection, and never a second: a transaction begun with `run` holds everything that the engine does. */
export function openCatalogue(databaseUrl: string): Catalogue {
  const seen: Seen = new WeakMap()
  const pool = notingPool(databaseUrl, seen)
  const pg = new PrismaPg(pool)
  let refusal: Error | undefined
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: pg.provider,
    adapterName: pg.adapterName,
    connect: async () =>
      withWholeScripts(withCharacters(await pg.connect(), seen), error => {
        refusal ??= error
      }),
    connectToShadowDb: () => pg.connectToShadowDb()
  }
  return {
    factory,
    run: (sql, values) => pool.query(sql, values ? [...values] : undefined),
    firstRefusal: () => refusal,
    close: () => pool.end()
  }
}

function notingPool(databaseUrl: string, seen: Seen): Pool {
  // A migration takes its time, and waits for another instance's.
  const pool = new Pool({ ...connectionOf(databaseUrl), max: 1, query_timeout: undefined })
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

/** The adapter cuts a script at every semicolon, those in strings too, and runs the pieces one by one. In one message
 *  PostgreSQL finds the ends itself and makes all of it one transaction:
 *  https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT */
function withWholeScripts(adapter: SqlDriverAdapter, onRefusal: (error: Error) => void): SqlDriverAdapter {
  return Object.assign(adapter, {
    executeScript: async (script: string) => {
      try {
        await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
      } catch (error) {
        if (error instanceof Error) onRefusal(error)
        throw error
      }
    }
  })
}
