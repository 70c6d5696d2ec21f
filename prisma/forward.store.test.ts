// From every version that has landed to the newest, with rows in every table: nothing is lost, and the app reads it.
// The rule it keeps: versions are the prefixes of the migrations' folder, so the next migration is covered as it stands; and
// the one that was edited after it had landed, as it was first.
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../lib/db/client.ts'
import { Prisma } from '../lib/db/generated/client.ts'
import { findSetup, listSetups, readDiary } from '../lib/wizard/store.ts'
import { databases } from '../test-data/databases.ts'
import { fillTables, lostBetween, readTables } from '../test-data/filled-tables.ts'
import { migrationsFolder, readMigrations } from './engine.ts'
import { migrate } from './migrate.ts'

const names = readMigrations().migrationDirectories.map(each => each.path)
/** 0001_start as the first databases have it; the file was edited later. */
const firstStart = fileURLToPath(new URL('../test-data/landed/0001_start.first.sql', import.meta.url))
const versions: readonly { name: string; upTo: readonly string[]; start?: string }[] = [
  { name: '0001_start as it first landed', upTo: ['0001_start'], start: firstStart },
  ...names.map((name, index) => ({ name, upTo: names.slice(0, index + 1) }))
]

/** Tables and columns that a migration let go of on purpose, each with the reason beside it. */
const letGo: readonly string[] = []

const kept = globalThis as typeof globalThis & { mailOauthWizardDatabase?: ReturnType<typeof openDatabase> }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mow-forward-'))
  vi.stubEnv('APP_KEY', 'an app key of thirty-two letters.')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

/** The migrations as they were when `upTo` was all there was, and perhaps one more, or another 0001_start. */
function migrationsOf(upTo: readonly string[], oneMore?: string, start?: string): string {
  const made = mkdtempSync(join(folder, 'migrations-'))
  for (const each of ['migration_lock.toml', ...upTo])
    cpSync(join(migrationsFolder, each), join(made, each), { recursive: true })
  if (start) copyFileSync(start, join(made, '0001_start', 'migration.sql'))
  if (oneMore) {
    mkdirSync(join(made, '9999_one_more'))
    writeFileSync(join(made, '9999_one_more', 'migration.sql'), oneMore)
  }
  return made
}

describe.each(databases)('on $name', ({ open }) => {
  let opened: { url: string; close(): Promise<void> }
  let client: Client
  beforeAll(async () => {
    opened = await open()
    client = new Client({ connectionString: opened.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await opened.close()
  })
  // All that a migration makes is in this schema, its bookkeeping included: without it the database is as new.
  beforeEach(async () => {
    await client.query('DROP SCHEMA public CASCADE')
    await client.query('CREATE SCHEMA public')
  })

  it.each(versions)('all that was kept at $name is kept in the newest, and read', async ({ upTo, start }) => {
    await migrate(opened.url, migrationsOf(upTo, undefined, start))
    await fillTables(client)
    const before = await readTables(client)
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([])
    expect(await migrate(opened.url)).toEqual(names.slice(upTo.length))
    expect(lostBetween(before, await readTables(client))).toEqual(letGo)

    const database = openDatabase(opened.url)
    kept.mailOauthWizardDatabase = database
    try {
      for (const model of Object.values(Prisma.ModelName)) {
        const delegate = database[(model[0]?.toLowerCase() + model.slice(1)) as 'setup']
        expect((await delegate.findMany()).length, model).toBeGreaterThanOrEqual(before[model]?.length ?? 0)
      }
      const owner = await database.workspace.findFirstOrThrow()
      const [listed] = await listSetups(owner.ownerId, 10)
      const setup = await findSetup(owner.ownerId, listed?.id ?? '')
      for (const part of [setup?.answers, setup?.sightings, setup?.mailboxes, setup?.credentials])
        expect(part).toHaveLength(1)
      expect(await readDiary(listed?.id ?? '', 10)).toHaveLength(1)
    } finally {
      await database.$disconnect()
      kept.mailOauthWizardDatabase = undefined
    }
  })

  it.each([
    ['drops a column', 'ALTER TABLE "Setup" DROP COLUMN "name"', ['Setup.name']],
    ['drops a table', 'DROP TABLE "Answer"', ['Answer']],
    ['empties a table', 'DELETE FROM "Mailbox"', ['Mailbox']],
    ['changes what people wrote', `UPDATE "LogEntry" SET "says" = ''`, ['LogEntry.says']]
  ])('a migration that %s is noticed: the test above can fail', async (_what, sql, lost) => {
    await migrate(opened.url, migrationsOf(names))
    await fillTables(client)
    const before = await readTables(client)
    await migrate(opened.url, migrationsOf(names, sql))
    expect(lostBetween(before, await readTables(client))).toEqual(lost)
  })
})
