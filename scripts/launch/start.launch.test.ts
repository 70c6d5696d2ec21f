// A start of the whole product, its refusals and its ends, with real processes and the real embedded database.
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../test-data/free-port.ts'
import { namesForServer } from './build-names.mjs'
import { makeClone, type Started, start, stillRunning } from './fixture.ts'

let clone: string
/** What a first start leaves: making the database files anew takes seconds, copying them does not. */
let seed: string
let data: string
let port: string
let running: Started[] = []

beforeAll(async () => {
  clone = makeClone()
  seed = join(clone, 'seed')
  const first = await start(clone, { PORT: String(await freePort()), DATA_DIR: seed, PRACTICE_TENANT: 'off' })
  expect(await first.end()).toBe(0)
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))
beforeEach(async () => {
  data = join(mkdtempSync(join(tmpdir(), 'mow-data-')), 'data')
  port = String(await freePort())
})
afterEach(async () => {
  for (const each of running) await each.end()
  running = []
  rmSync(join(data, '..'), { recursive: true, force: true })
})

/** Starts on data that an earlier start left, unless there is some already. */
async function go(environment: Record<string, string> = {}) {
  if (!existsSync(data)) cpSync(seed, data, { recursive: true })
  return goBare(environment)
}

async function goBare(environment: Record<string, string>, flags: string[] = []) {
  const started = await start(clone, { PORT: port, DATA_DIR: data, ...environment }, flags)
  running.push(started)
  return started
}

const mail = (port: number) => ({ host: 'mail.example', port, security: 'TLS' })
const airgap = {
  name: 'airgap',
  title: 'The air-gapped cloud',
  signIn: 'https://login.example',
  graph: 'https://graph.example',
  portal: 'https://portal.example',
  outlookScope: 'https://outlook.example/.default',
  imap: mail(993),
  pop: mail(995),
  smtp: mail(465)
}
const application = { AZURE_CLIENT_ID: 'an-app', AZURE_TENANT_ID: 'a-tenant' }

const get = async (url: string) => (await fetch(url)).text()
const nothingRuns = (pids: { [name: string]: number }) =>
  vi.waitFor(() => expect(stillRunning(pids)).toEqual([]), { timeout: 10_000 })

describe('a start', () => {
  it('says where it is ready, serves there, and stops every process it started on SIGTERM', async () => {
    const wizard = await go()
    expect(wizard.said()).toContain(`Mail OAuth Wizard is ready at http://localhost:${port}`)
    expect(await get(wizard.url)).toBe('hello')
    expect(Object.keys(wizard.pids)).toEqual(['the launcher', 'the database', 'the practice tenant', 'the server'])
    expect(await wizard.end('SIGTERM')).toBe(0)
    expect(stillRunning(wizard.pids)).toEqual([])
  })

  it('passes on the events of the server’s log from the first one, and nothing else that it prints on its way', async () => {
    const wizard = await go({ PRACTICE_TENANT: 'off' })
    expect(wizard.said()).toContain('{"level":"info","event":"server started"}')
    expect(wizard.said()).not.toContain('while it starts')
  })

  it('a second time makes nothing anew and keeps the key and the database', async () => {
    const first = await goBare({})
    const key = readFileSync(join(data, 'app-key'), 'utf8')
    await first.end('SIGINT')
    const begun = Date.now()
    const second = await go()
    expect(second.said()).not.toMatch(/Installing|Generating|Building/)
    expect(Date.now() - begun).toBeLessThan(15_000)
    expect(readFileSync(join(data, 'app-key'), 'utf8')).toBe(key)
    expect(Buffer.from(key, 'base64url')).toHaveLength(32)
    expect(statSync(join(data, 'app-key')).mode & 0o777).toBe(0o600)
  })

  it('reads .env beside package.json, and the environment wins over it', async () => {
    writeFileSync(join(clone, '.env'), 'ALLOWED_TENANTS=from.example\nPRACTICE_TENANT=on\n')
    try {
      const wizard = await go({ PRACTICE_TENANT: 'off' })
      expect(wizard.pids).not.toHaveProperty('the practice tenant')
      expect(JSON.parse(await get(`${wizard.url}/environment`)).ALLOWED_TENANTS).toBe('from.example')
    } finally {
      rmSync(join(clone, '.env'))
    }
  })

  it('gives the server what it needs to know and nothing else of the environment', async () => {
    const wizard = await go({ SOMEBODY_ELSES_TOKEN: 'hush', AZURE_CLIENT_ID: 'an-app', NO_PROXY: 'intranet.example' })
    const told = JSON.parse(await get(`${wizard.url}/environment`))
    expect(told).not.toHaveProperty('SOMEBODY_ELSES_TOKEN')
    expect(told).toMatchObject({ BASE_URL: wizard.url, HOST: '127.0.0.1', PORT: port, AZURE_CLIENT_ID: 'an-app' })
    expect(told.NO_PROXY).toBe('intranet.example,localhost,127.0.0.1,::1')
    expect(told.APP_KEY).toBe(readFileSync(join(data, 'app-key'), 'utf8'))
    expect(told.DATABASE_URL).toMatch(/^postgresql:\/\//)
    expect(told).toMatchObject(namesForServer(readFileSync(join(clone, '.next/made-from'), 'utf8'), told.APP_KEY))
  })

  it('keeps the clouds and certificates that the user gave, and adds the practice tenant’s', async () => {
    const cloudFile = join(data, '..', 'mine.json')
    const certificates = join(data, '..', 'mine.pem')
    writeFileSync(cloudFile, JSON.stringify(airgap))
    writeFileSync(certificates, 'MY CERTIFICATE')
    const wizard = await go({ CUSTOM_CLOUD_FILE: cloudFile, NODE_EXTRA_CA_CERTS: certificates })
    const told = JSON.parse(await get(`${wizard.url}/environment`))
    const clouds: { name: string }[] = JSON.parse(readFileSync(told.CUSTOM_CLOUD_FILE, 'utf8'))
    expect(clouds.map(cloud => cloud.name)).toEqual(['airgap', 'practice'])
    expect(readFileSync(told.NODE_EXTRA_CA_CERTS, 'utf8')).toBe('MY CERTIFICATE\nPRACTICE CERTIFICATE')
  })

  it('lets only its own account near the database’s socket', async () => {
    await go({ PRACTICE_TENANT: 'off' })
    expect(statSync(join(data, 'socket')).mode & 0o777).toBe(0o700)
  })

  it('works where the data folder’s path is too long for a socket', async () => {
    const deep = join(data, 'x'.repeat(120))
    cpSync(seed, deep, { recursive: true })
    const wizard = await goBare({ DATA_DIR: deep, PRACTICE_TENANT: 'off' })
    expect(await get(wizard.url)).toBe('hello')
  })
})

describe('a refusal is one sentence and leaves no trace:', () => {
  async function refused(environment: Record<string, string>, flags: string[] = []) {
    const wizard = await goBare(environment, flags)
    expect(await wizard.ended).toBe(1)
    expect(wizard.said().trim().split('\n')).toHaveLength(1)
    expect(existsSync(data)).toBe(false)
    return wizard.said()
  }

  it('an old Node', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })`
    expect(await refused({}, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`])).toContain(
      'Node 20.19.0'
    )
  })

  it('a port that another program has', async () => {
    const other = createServer().listen(Number(port), '127.0.0.1')
    await once(other, 'listening')
    try {
      expect(await refused({})).toContain(`Port ${port} is taken`)
    } finally {
      other.close()
    }
  })

  it('a port that another program has on the other loopback address, where a browser may look first', async () => {
    const other = createServer().listen(Number(port), '::1')
    await once(other, 'listening')
    try {
      expect(await refused({})).toContain(`Port ${port} is taken`)
    } finally {
      other.close()
    }
  })

  it('a folder that cannot be written', async () => {
    const file = join(data, '..', 'a-file')
    writeFileSync(file, '')
    expect(await refused({ DATA_DIR: join(file, 'data') })).toContain('cannot be written')
  })

  it('other people’s address without a key', async () => {
    const said = await refused({ BASE_URL: 'https://wizard.example.com', ...application })
    expect(said).toContain('set APP_KEY')
  })

  it('a bind address that others reach, with no word on what they type', async () => {
    expect(await refused({ HOST: '0.0.0.0', APP_KEY: 'k'.repeat(43) })).toContain('set BASE_URL')
  })

  it('a cloud file that is not JSON', async () => {
    const file = join(data, '..', 'clouds')
    writeFileSync(file, '{')
    expect(await refused({ CUSTOM_CLOUD_FILE: file })).toContain('not JSON')
  })

  it('hosting, where no application of the cloud file names a tenant: nobody could sign in', async () => {
    const file = join(data, '..', 'clouds.json')
    writeFileSync(file, JSON.stringify({ ...airgap, clientId: '58d827e0-c69c-401f-8deb-b1224d129dc8' }))
    const hosted = { BASE_URL: 'https://wizard.example.com', APP_KEY: 'k'.repeat(43), CUSTOM_CLOUD_FILE: file }
    expect(await refused(hosted)).toContain('says nowhere whose people may sign in')
  })

  it('a certificate that is not there, or is none, also one of a cloud in the file', async () => {
    const file = join(data, '..', 'wizard.pem')
    const hosted = { BASE_URL: 'https://wizard.example.com', APP_KEY: 'k'.repeat(43), ...application }
    const certificate = { ...hosted, AZURE_CLIENT_CERTIFICATE_PATH: file }
    expect(await refused(certificate)).toContain(
      `AZURE_CLIENT_CERTIFICATE_PATH is ${file}, and that file cannot be read`
    )
    writeFileSync(file, 'hush')
    expect(await refused(certificate)).toContain('holds no certificate')
    const clouds = join(data, '..', 'clouds.json')
    writeFileSync(clouds, JSON.stringify([{ name: 'a' }, { name: 'b', clientCertificatePath: file }]))
    expect(await refused({ CUSTOM_CLOUD_FILE: clouds })).toContain('clientCertificatePath in CUSTOM_CLOUD_FILE')
  })

  it('a data folder that another wizard uses, which goes on undisturbed', async () => {
    const first = await go({ PRACTICE_TENANT: 'off' })
    const before = readdirSync(data)
    const second = await go({ PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain(`in use by process ${first.pids['the launcher']}`)
    expect(readdirSync(data)).toEqual(before)
    expect(await get(first.url)).toBe('hello')
  })
})

it('a cloud file that is mistyped is refused in one sentence that names the member, and nothing is started', async () => {
  const file = join(data, '..', 'clouds.json')
  writeFileSync(file, JSON.stringify({ ...airgap, signIn: 'http://login.example', clientSecret: 'hush' }))
  const wizard = await go({ CUSTOM_CLOUD_FILE: file })
  expect(await wizard.ended).toBe(1)
  expect(wizard.said().trim()).toBe(
    `CUSTOM_CLOUD_FILE is ${file}. The custom cloud file is not usable: signIn: Invalid URL`
  )
  expect(existsSync(join(data, 'socket'))).toBe(false)
  expect(existsSync(join(data, 'practice'))).toBe(false)
})

describe('the practice tenant is never started', () => {
  it('with PRACTICE_TENANT=off', async () => {
    expect((await go({ PRACTICE_TENANT: 'off' })).pids).not.toHaveProperty('the practice tenant')
  })

  it('when the address that people type is not loopback', async () => {
    const hosted = { BASE_URL: 'https://wizard.example.com', APP_KEY: 'k'.repeat(43), ...application }
    const wizard = await go({ ...hosted, PRACTICE_TENANT: 'on' })
    expect(wizard.pids).toHaveProperty('the server')
    expect(wizard.pids).not.toHaveProperty('the practice tenant')
  })

  it('when the bind address is not loopback', async () => {
    const hosted = {
      HOST: '0.0.0.0',
      BASE_URL: `http://localhost:${port}`,
      APP_KEY: 'k'.repeat(43),
      ...application
    }
    const wizard = await go(hosted)
    expect(wizard.pids).toHaveProperty('the server')
    expect(wizard.pids).not.toHaveProperty('the practice tenant')
  })
})

describe('an end that nobody asked for', () => {
  it('kill -9 of the launcher leaves nothing running, and the next start works at once', async () => {
    const first = await go()
    expect(await first.end('SIGKILL')).toBe('SIGKILL')
    const second = await go()
    expect(await get(second.url)).toBe('hello')
    await nothingRuns(first.pids)
  })

  it('of the server ends the rest, says which it was, and is no success', async () => {
    const wizard = await go()
    await get(`${wizard.url}/fall`).catch(() => {})
    expect(await wizard.ended).toBe(1)
    expect(wizard.said()).toContain('the server ended with code 3')
    expect(stillRunning(wizard.pids)).toEqual([])
  })

  it('of the database, killed, ends the rest, and the next start finds its data again', async () => {
    const wizard = await go({ PRACTICE_TENANT: 'off' })
    process.kill(wizard.pids['the database'] ?? Number.NaN, 'SIGKILL')
    expect(await wizard.ended).toBe(1)
    expect(wizard.said()).toContain('the database ended by SIGKILL')
    expect(stillRunning(wizard.pids)).toEqual([])
    expect(await get((await go()).url)).toBe('hello')
  })
})
