// Back-up and restore with the real launcher and the real embedded database: what was there comes back, elsewhere too, and
// what is refused changes nothing.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillTables, readTables } from '../../test-data/filled-tables.ts'
import { freePort } from '../../test-data/free-port.ts'
import { databaseUrlFor } from '../database/address.mjs'
import { makeClone, start } from '../launch/fixture.ts'

let clone: string
let folder: string
/** A data folder with something in it, and its back-up. */
let filled: string
let file: string

function command(name: 'backup' | 'restore', given: readonly string[], data: string, more = {}) {
  const environment = { NODE_ENV: 'test', PATH: process.env.PATH, DATA_DIR: data, ...more } as const
  const ran = spawnSync(process.execPath, [join(clone, `scripts/upkeep/${name}.mjs`), ...given], {
    env: environment,
    encoding: 'utf8'
  })
  return { code: ran.status, said: ran.stdout + ran.stderr }
}

/** Starts the wizard on a data folder, asks its database, and stops it. */
async function inWizard<T>(data: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const wizard = await start(clone, { PORT: String(await freePort()), DATA_DIR: data, PRACTICE_TENANT: 'off' })
  expect(wizard.pids, wizard.said()).toHaveProperty('the server')
  const client = new Client({ connectionString: databaseUrlFor(join(data, 'socket', '.s.PGSQL.5432')) })
  try {
    await client.connect()
    return await ask(client)
  } finally {
    await client.end()
    await wizard.end()
  }
}

const setups = (client: Client) => client.query('SELECT id, name FROM "Setup" ORDER BY name').then(({ rows }) => rows)
const namesIn = (data: string) => inWizard(data, async client => (await setups(client)).map(({ name }) => name))
const everything = (data: string) =>
  readdirSync(data, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`)

beforeAll(async () => {
  clone = makeClone()
  folder = mkdtempSync(join(tmpdir(), 'mow-upkeep-'))
  filled = join(folder, 'filled')
  file = join(folder, 'wizard.backup.tar.gz')
  await inWizard(filled, async client => {
    await client.query(`
      WITH person AS (INSERT INTO "Person" (id, cloud, "tenantId", "objectId", name, username)
        VALUES (gen_random_uuid(), 'global', gen_random_uuid(), gen_random_uuid(), 'Ada', 'ada@contoso.example') RETURNING id),
      workspace AS (INSERT INTO "Workspace" (id, "ownerId") SELECT gen_random_uuid(), id FROM person RETURNING id)
      INSERT INTO "Setup" (id, "workspaceId", name, protocols, cloud)
        SELECT gen_random_uuid(), id, 'Invoices ' || n, '{IMAP}', 'global' FROM workspace, generate_series(1, 50) n`)
  })
  const made = command('backup', [file], filled)
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining(`Wrote ${file}`) })
})
afterAll(() => {
  rmSync(clone, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

let fresh: string
beforeEach(() => {
  fresh = join(mkdtempSync(join(folder, 'fresh-')), 'data')
})

describe('a back-up', () => {
  it('is one file of its own account, says what is not in it, and holds no key', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const key = readFileSync(join(filled, 'app-key'), 'utf8')
    expect(gunzipSync(readFileSync(file)).includes(key)).toBe(false)
    const again = command('backup', [join(folder, 'again.tar.gz')], filled)
    expect(again.said).toContain('The key that opens sealed rows is not in this file')
    expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('comes back in another folder, and the wizard starts on it', async () => {
    expect(command('restore', [file], fresh)).toMatchObject({ code: 0, said: expect.stringContaining('50 setups') })
    expect(await namesIn(fresh)).toHaveLength(50)
    expect(readdirSync(fresh).filter(name => name.startsWith('database'))).toEqual(['database'])
  })

  it('brings every row of every table back, those of the newest migration too, but signs everybody out', async () => {
    const full = join(fresh, '..', 'full')
    const before = await inWizard(full, async client => {
      await fillTables(client)
      return readTables(client)
    })
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['Setup', 'Receipt', 'Proof']))
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([])
    const backup = join(fresh, '..', 'full.tar.gz')
    expect(command('backup', [backup], full).code).toBe(0)
    expect(command('restore', [backup], fresh)).toMatchObject({ code: 0, said: expect.stringContaining('signed out') })
    const signedOut = { Session: [], SignIn: [], TokenCache: [], HeldSecret: [] }
    expect(Object.keys(before)).toEqual(expect.arrayContaining(Object.keys(signedOut)))
    expect(await inWizard(fresh, readTables)).toEqual({ ...before, ...signedOut })
  })

  it('takes the place of what is there only when that is asked for', async () => {
    cpSync(filled, fresh, { recursive: true })
    await inWizard(fresh, client => client.query(`DELETE FROM "Setup" WHERE name <> 'Invoices 7'`))
    const before = everything(fresh)
    const refused = command('restore', [file], fresh)
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--replace') })
    expect(everything(fresh)).toEqual(before)
    expect(command('restore', [file, '--replace'], fresh).code).toBe(0)
    expect(await namesIn(fresh)).toHaveLength(50)
  })
})

describe('refused, in one sentence and with nothing changed:', () => {
  const whole = () => readFileSync(file)
  it.each([
    ['a file that is cut', () => whole().subarray(0, whole().length - 1000)],
    ['a file that lacks its last byte', () => whole().subarray(0, -1)],
    ['a file with one byte changed', () => Buffer.from(whole()).fill(0x5a, 200_000, 200_001)],
    ['an empty file', () => Buffer.alloc(0)],
    ['a file of something else', () => Buffer.from('hello')],
    ['a whole archive of something else', () => gzipSync(Buffer.alloc(10_240))]
  ])('%s', (_what, bytes) => {
    const bad = join(folder, 'bad.tar.gz')
    writeFileSync(bad, bytes())
    cpSync(filled, fresh, { recursive: true })
    const before = everything(fresh)
    const refused = command('restore', [bad, '--replace'], fresh)
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was changed') })
    expect(refused.said.trim().split('\n')).toHaveLength(1)
    expect(everything(fresh)).toEqual(before)
  })

  it('either command while the wizard runs, which goes on undisturbed', async () => {
    cpSync(filled, fresh, { recursive: true })
    await inWizard(fresh, async client => {
      for (const [name, given] of [
        ['backup', [join(folder, 'other.tar.gz')]],
        ['restore', [file, '--replace']]
      ] as const) {
        const refused = command(name, given, fresh)
        expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('is in use by process') })
      }
      expect(await setups(client)).toHaveLength(50)
    })
    expect(existsSync(join(folder, 'other.tar.gz'))).toBe(false)
  })

  it('a back-up over another file, of nothing, or of a PostgreSQL server', () => {
    expect(command('backup', [file], filled)).toMatchObject({ code: 1, said: expect.stringContaining('already') })
    expect(command('backup', [join(folder, 'x')], fresh)).toMatchObject({ code: 1 })
    expect(existsSync(fresh)).toBe(false)
    const hosted = command('backup', [join(folder, 'x')], filled, { DATABASE_URL: 'postgresql://db.example/wizard' })
    expect(hosted).toMatchObject({ code: 1, said: expect.stringContaining('pg_dump') })
  })
})

describe('a restore that was interrupted', () => {
  it('before it was decided leaves what was there, and no rest', async () => {
    cpSync(filled, fresh, { recursive: true })
    const child = spawn(process.execPath, [join(clone, 'scripts/upkeep/restore.mjs'), file, '--replace'], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, DATA_DIR: fresh },
      stdio: 'ignore'
    })
    const ended = once(child, 'exit')
    while (!existsSync(join(fresh, 'database.draft')) && child.exitCode === null)
      await new Promise(resolve => setImmediate(resolve))
    child.kill('SIGKILL')
    await ended
    expect(await namesIn(fresh)).toHaveLength(50)
    expect(readdirSync(fresh).filter(name => name.startsWith('database'))).toEqual(['database'])
  })

  it.each([
    ['before the old one stepped aside', 'database'],
    ['after it', 'database.replaced']
  ])('after it was decided, %s, is finished by the next start', async (_when, old) => {
    cpSync(filled, fresh, { recursive: true })
    await inWizard(fresh, client => client.query(`DELETE FROM "Setup"`))
    if (old !== 'database') renameSync(join(fresh, 'database'), join(fresh, old))
    cpSync(join(filled, 'database'), join(fresh, 'database.restored'), { recursive: true })
    expect(await namesIn(fresh)).toHaveLength(50)
    expect(readdirSync(fresh).filter(name => name.startsWith('database'))).toEqual(['database'])
  })
})
