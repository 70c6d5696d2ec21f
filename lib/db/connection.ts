// Reads DATABASE_URL into what the pg driver takes.
// The rule it keeps: the number of connections stands in the URL (connection_limit), as Prisma's own URLs have it.
import type { PoolConfig } from 'pg'

/** More than this and a small PostgreSQL runs out for two instances of the app and its backups. */
const defaultConnections = 10

/** Waiting for a connection, a free one of the pool included; more than a transaction waits for its turn (client.ts). */
const connectWithinMs = 30_000
/** No query of the app takes a second; one to the embedded database may wait for the turns of a few transactions first. A
 *  database that answers nothing by then is away, and whoever waits is told so. A migration may take longer: it has no limit.
 *  https://node-postgres.com/apis/client */
const queryWithinMs = 60_000
/** A connection on which nothing is said is asked whether the other end is there still. */
const askAfterSilenceMs = 10_000

/** @returns what `new Pool` takes. Parameters that only Prisma's own engines know are left out. */
export function connectionOf(databaseUrl: string): PoolConfig & { max: number } {
  const url = new URL(databaseUrl)
  const limit = Number(url.searchParams.get('connection_limit'))
  for (const name of ['connection_limit', 'pool_timeout', 'schema']) url.searchParams.delete(name)
  return {
    connectionString: url.href,
    max: Number.isInteger(limit) && limit > 0 ? limit : defaultConnections,
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: queryWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: askAfterSilenceMs
  }
}
