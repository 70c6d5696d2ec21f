// Reads DATABASE_URL into what the pg driver takes.
// The rule it keeps: the number of connections stands in the URL (connection_limit), as Prisma's own URLs have it.
import type { PoolConfig } from 'pg'

/** More than this and a small PostgreSQL runs out for two instances of the app and its backups. */
const defaultConnections = 10

/** @returns what `new Pool` takes. Parameters that only Prisma's own engines know are left out. */
export function connectionOf(databaseUrl: string): PoolConfig & { max: number } {
  const url = new URL(databaseUrl)
  const limit = Number(url.searchParams.get('connection_limit'))
  for (const name of ['connection_limit', 'pool_timeout', 'schema']) url.searchParams.delete(name)
  return { connectionString: url.href, max: Number.isInteger(limit) && limit > 0 ? limit : defaultConnections }
}
