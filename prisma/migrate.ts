// Brings a database up to the newest migration: `node --import tsx prisma/migrate.ts`, with DATABASE_URL set.
// The rule it keeps: forward only, each migration once, one instance at a time; the bookkeeping is `prisma migrate deploy`'s.
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import { connectionOf } from '../lib/db/connection.ts'
import { migrationsFolder, noFilters, readMigrations, withEngine } from './engine.ts'

/** The number Prisma's own engine locks while it migrates, so that both keep out of each other's way.
 *  https://github.com/prisma/prisma-engines/blob/main/schema-engine/connectors/sql-schema-connector/src/flavour/postgres.rs */
const migrationLock = 72707369

/**
 * Applies what is missing. Of several that ask at once, one works and the others wait for it.
 * @returns the names that were applied now.
 * @throws what PostgreSQL or the engine said.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<readonly string[]> {
  const { connectionString } = connectionOf(databaseUrl)
  const client = new Client({ connectionString })
  await client.connect()
  try {
    if (await isUpToDate(client, folder)) return []
    // A lock of a transaction, not of a session: it holds through a pooler too, and ends with the connection. The
    // embedded database gives an open transaction everything, and whoever started it is alone with it.
    if (!(await isEmbedded(client))) {
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
      if (await isUpToDate(client, folder)) return []
    }
    return await apply(databaseUrl, folder)
  } finally {
    await client.end()
  }
}

async function apply(databaseUrl: string, folder: string): Promise<readonly string[]> {
  return withEngine(databaseUrl, async engine => {
    const migrationsList = readMigrations(folder)
    const done = await engine.applyMigrations({ migrationsList, filters: noFilters })
    return done.appliedMigrationNames
  })
}

async function isEmbedded(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ version: string }>('SELECT version()')
  return rows[0]?.version.includes('PGlite') ?? false
}

/** The usual start: every migration is there, finished and unedited, so the engine need not be loaded. */
async function isUpToDate(client: Client, folder: string): Promise<boolean> {
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
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
