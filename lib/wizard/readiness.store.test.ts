// Ready means ready: a database that is away, hangs or lacks a migration is told apart from one that serves.
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../prisma/migrate.ts'
import { openServerDatabase } from '../../scripts/database/server-for-tests.ts'
import { databases, useDatabase } from '../../test-data/databases.ts'
import { database, openDatabase } from '../db/client.ts'
import { readMissing } from './readiness.ts'

const kept = globalThis as typeof globalThis & { mailOauthWizardDatabase?: ReturnType<typeof openDatabase> }
const migrations = join(import.meta.dirname, '..', '..', 'prisma', 'migrations')

/** A busy machine is no failure where time is not the question. */
const patienceMs = 100_000
const hurryMs = 500

/** What is missing where the database is another. */
async function readMissingOf(url: string, withinMs = patienceMs, giveUpMs?: number) {
  const before = kept.mailOauthWizardDatabase
  kept.mailOauthWizardDatabase = openDatabase(url)
  try {
    return await readMissing(migrations, withinMs, giveUpMs)
  } finally {
    // Not waited for: one that hangs does not let go either.
    void database()
      .$disconnect()
      .catch(() => undefined)
    kept.mailOauthWizardDatabase = before
  }
}

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let folder: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    folder = mkdtempSync(join(tmpdir(), 'mow-ready-'))
    cpSync(migrations, folder, { recursive: true })
  })
  afterAll(async () => {
    await opened.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('nothing is missing when every migration is applied, however many ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => readMissing(migrations, patienceMs)))
    expect(all).toEqual(Array(20).fill([]))
  })

  test('a migration that is not applied, or was begun and not finished, is named', async () => {
    mkdirSync(join(folder, '9999_one_more'))
    expect(await readMissing(folder, patienceMs)).toEqual(['migration 9999_one_more'])
    await database().$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count)
      VALUES ('x', 'x', '9999_one_more', 0)`
    expect(await readMissing(folder, patienceMs)).toEqual(['migration 9999_one_more'])
    await database().$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'x'`
  })

  test('an empty database lacks them all', async () => {
    const empty = await open()
    try {
      const missing = await readMissingOf(empty.url)
      expect(missing.length).toBeGreaterThan(0)
      expect(missing.every(each => each.startsWith('migration '))).toBe(true)
    } finally {
      await empty.close()
    }
  })
})

test('a database that is not there is missing, and nothing of its address is told', async () => {
  expect(await readMissingOf('postgresql://somebody:hush@127.0.0.1:1/postgres')).toEqual(['database'])
})

/** Takes connections and never says a word. */
async function openSilent() {
  const sockets: Socket[] = []
  const silent = createServer(socket => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () => {
    for (const socket of sockets) socket.destroy()
    silent.close()
  }
  return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, close }
}

test('a database that never answers is missing within the time limit', async () => {
  const silent = await openSilent()
  const begun = performance.now()
  expect(await readMissingOf(silent.url, hurryMs)).toEqual(['database'])
  expect(performance.now() - begun).toBeLessThan(hurryMs + 5_000)
  silent.close()
})

test('a database that is back is asked anew, while the question to the silent one is without an answer still', async () => {
  const silent = await openSilent()
  const back = await openServerDatabase()
  await migrate(back.url)
  expect(await readMissingOf(silent.url, hurryMs, hurryMs)).toEqual(['database'])
  await setTimeout(2 * hurryMs)
  expect(await readMissingOf(back.url, patienceMs / 10, hurryMs)).toEqual([])
  silent.close()
  await back.close()
})
