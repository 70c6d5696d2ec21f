// Brings a database up to the newest migration: `node --import tsx prisma/migrate.ts`, with DATABASE_URL set.
// The rule it keeps: forward only, one instance at a time, and all of it or nothing, the bookkeeping of `prisma migrate
// deploy` included, so that a start that was killed in the middle is simply started again.
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import { connectionOf } from '../lib/db/connection.ts'
import { migrationsFolder, noFilters, readMigrations, withEngine } from './engine.ts'

/** "mow" in ASCII; a lock of the transaction. The engine takes one of the session too (72707369), which has to be given
 *  back before the end, or a pooler would hand the connection on with it. */
const migrationLock = 0x6d6f77

/**
 * Applies what is missing. Of several that ask at once, one works and the others wait for it.
 * @returns the names that were applied now.
 * @throws what PostgreSQL or the engine said; then nothing has changed.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<readonly string[]> {
  if (await isUpToDate(databaseUrl, folder)) return []
  return withEngine(databaseUrl, async (engine, database) => {
    await database.run('BEGIN')
    try {
      await database.run('SELECT pg_advisory_xact_lock($1)', [migrationLock])
      const migrationsList = readMigrations(folder)
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters })
      await database.run('SELECT pg_advisory_unlock_all()')
      await database.run('COMMIT')
      return appliedMigrationNames
    } catch (error) {
      await database.run('ROLLBACK').catch(() => {})
      throw sentenceOf(database.firstRefusal() ?? error)
    }
  })
}

/** The engine and the adapter put PostgreSQL's own words in different places. */
function sentenceOf(error: unknown): Error {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const original =
    typeof cause === 'object' && cause !== null && 'originalMessage' in cause ? cause.originalMessage : undefined
  if (typeof original === 'string') return new Error(`The migration was refused: ${original}`)
  return error instanceof Error ? error : new Error(String(error))
}

/** The usual start: every migration is there, finished and unedited, so the engine need not be loaded. */
async function isUpToDate(databaseUrl: string, folder: string): Promise<boolean> {
  const client = new Client({ connectionString: connectionOf(databaseUrl).connectionString })
  await client.connect()
  try {
    return await hasAll(client, folder)
  } finally {
    await client.end()
  }
}

async function hasAll(client: Client, folder: string): Promise<boolean> {
  const there = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
  if (!there.rows[0]?.there) return false
  const rows = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL'
  )
  if (rows.rows.some(row => !row.finished)) return false
  const applied = new Map(rows.rows.map(row => [row.migration_name, row.checksum]))
  return readMigrations(folder).migrationDirectories.every(({ path, migrationFile }) => {
    const sql = migrationFile.content.tag === 'ok' ? migrationFile.content.value : ''
    return applied.get(path) === createHash('sha256').update(sql).digest('hex')
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const databaseUrl = process.env.DATABASE_URL
  if (!databaseUrl) {
    console.error('DATABASE_URL is not set, so there is no database to migrate.')
    process.exit(1)
  }
  try {
    for (const name of await migrate(databaseUrl)) console.log(`Applied the migration ${name}`)
  } catch (error) {
    // A refused connection to localhost has no message of its own, only those of both its addresses.
    const [first] = error instanceof AggregateError ? error.errors : [error]
    console.error(first instanceof Error ? first.message : String(first))
    process.exit(1)
  }
}
