// Migrations on the embedded database and on a PostgreSQL server: the same schema, each migration once, nobody in the way.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerDatabase, type ServerDatabase } from '../scripts/database/server-for-tests.ts'
import { openEmbeddedDatabase } from '../test-data/databases.ts'
import { migrationsFolder, readMigrations } from './engine.ts'
import { migrate } from './migrate.ts'
import { missingSqlIn } from './new-migration.ts'

const names = readMigrations().migrationDirectories.map(each => each.path)

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const books = (url: string) =>
  ask<{ migration_name: string }>(url, 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL')

/** A copy of the migrations with one more. */
function withOneMore(sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mow-migrations-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  mkdirSync(join(folder, '9999_one_more'))
  writeFileSync(join(folder, '9999_one_more', 'migration.sql'), sql)
  return folder
}

describe.each([
  ['the embedded database', openEmbeddedDatabase],
  ['a PostgreSQL server', openServerDatabase]
])('on %s', (_name, open) => {
  let database: { url: string; close(): Promise<void> }
  let folders: string[] = []
  beforeAll(async () => {
    database = await open()
  })
  afterAll(async () => {
    await database.close()
    for (const folder of folders) rmSync(folder, { recursive: true })
    folders = []
  })

  it('an empty database gets every migration, in order', async () => {
    expect(await migrate(database.url)).toEqual(names)
    expect((await books(database.url)).map(row => row.migration_name)).toEqual(names)
  })

  it('the migrations make exactly what the schema says', async () => {
    expect(await missingSqlIn(database.url)).toBe('')
  })

  it('a second run applies nothing', async () => {
    expect(await migrate(database.url)).toEqual([])
  })

  it('what the schema lacks is noticed, so the check above can fail', async () => {
    await ask(database.url, 'ALTER TABLE "Lease" ADD COLUMN "forgotten" TEXT')
    expect(await missingSqlIn(database.url)).toContain('DROP COLUMN "forgotten"')
    await ask(database.url, 'ALTER TABLE "Lease" DROP COLUMN "forgotten"')
  })

  it('an edited migration that was applied is not run again over the data', async () => {
    const folder = withOneMore('CREATE TABLE "One" ("id" INTEGER PRIMARY KEY)')
    folders.push(folder)
    expect(await migrate(database.url, folder)).toEqual(['9999_one_more'])
    writeFileSync(join(folder, '9999_one_more', 'migration.sql'), 'DROP TABLE "One"')
    expect(await migrate(database.url, folder)).toEqual([])
    expect(await ask(database.url, 'SELECT * FROM "One"')).toEqual([])
    await ask(database.url, 'DROP TABLE "One"')
    await ask(database.url, `DELETE FROM _prisma_migrations WHERE migration_name = '9999_one_more'`)
  })

  it('a migration that fails says why, leaves nothing of itself, and works when it is mended', async () => {
    const folder = withOneMore(`CREATE TABLE "Half" ("id" TEXT DEFAULT 'a;b'); SELECT nonsense;`)
    folders.push(folder)
    await expect(migrate(database.url, folder)).rejects.toThrow(/column "nonsense" does not exist/)
    expect(await ask(database.url, `SELECT to_regclass('"Half"') AS half`)).toEqual([{ half: null }])
    expect((await books(database.url)).map(row => row.migration_name)).toEqual(names)
    writeFileSync(join(folder, '9999_one_more', 'migration.sql'), `CREATE TABLE "Half" ("id" TEXT DEFAULT 'a;b');`)
    expect(await migrate(database.url, folder)).toEqual(['9999_one_more'])
  })

  it('leaves no lock behind', async () => {
    expect(await ask(database.url, `SELECT * FROM pg_locks WHERE locktype = 'advisory'`)).toEqual([])
  })
})

describe('two instances on one PostgreSQL server', () => {
  let database: ServerDatabase
  beforeAll(async () => {
    database = await openServerDatabase()
  })
  afterAll(() => database.close())

  it('migrate at the same moment, and one of them does it', async () => {
    const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
    expect(applied.flat().sort()).toEqual(names)
    expect((await books(database.url)).map(row => row.migration_name)).toEqual(names)
  })
})
