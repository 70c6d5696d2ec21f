// The environment: what is read, what is refused, and what is never said aloud.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { logEnv, readEnv } from './env.ts'

const least = { DATABASE_URL: 'postgresql://localhost/x', APP_KEY: 'k'.repeat(32) }
const read = (more: Record<string, string> = {}) => readEnv({ ...least, ...more } as unknown as NodeJS.ProcessEnv)

describe('the environment', () => {
  test('needs a database and a key, and nothing else', () => {
    expect(read()).toEqual({
      baseUrl: 'http://localhost:3000',
      local: true,
      databaseUrl: 'postgresql://localhost/x',
      appKey: 'k'.repeat(32),
      proxies: 0,
      allowedTenants: undefined,
      customCloudFile: undefined,
      azure: undefined
    })
  })

  test.each([
    ['DATABASE_URL', { DATABASE_URL: '' }],
    ['APP_KEY', { APP_KEY: 'short' }],
    ['BASE_URL', { BASE_URL: 'wizard.example' }],
    ['BASE_URL', { BASE_URL: 'ftp://wizard.example' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['TRUST_PROXY', { TRUST_PROXY: '-1' }]
  ])('names the variable that is not usable, in one sentence without its value: %s', (name, more) => {
    expect(() => read(more)).toThrow(new RegExp(`^The environment variable ${name} is not usable: .+$`))
    const value = Object.values(more)[0]
    if (value) expect(() => read(more)).not.toThrow(value)
  })

  test('takes an empty variable for one that is not set', () => {
    const empty = { BASE_URL: '', ALLOWED_TENANTS: ' ', AZURE_CLIENT_ID: '', CUSTOM_CLOUD_FILE: '', HOST: '', PORT: '' }
    expect(read(empty)).toEqual(read())
  })

  test('makes the public address from the port, and takes slashes off its end', () => {
    expect(read({ PORT: '4000' }).baseUrl).toBe('http://localhost:4000')
    expect(read({ BASE_URL: 'https://wizard.example//' }).baseUrl).toBe('https://wizard.example')
  })

  test.each([
    [true, 'http://localhost:3000', '127.0.0.1'],
    [true, 'http://127.0.0.1:3000', 'localhost'],
    [true, 'http://[::1]:3000', '::1'],
    [false, 'https://wizard.example', '127.0.0.1'],
    [false, 'http://localhost:3000', '0.0.0.0'],
    [false, 'http://localhost.example:3000', 'localhost'],
    [false, 'http://192.168.1.2:3000', 'localhost']
  ])('is local (%s) only where address and bind address both are: %s on %s', (local, baseUrl, host) => {
    expect(read({ BASE_URL: baseUrl, HOST: host }).local).toBe(local)
  })

  test('reads allowed tenants with any separator, letters’ case aside', () => {
    expect(read({ ALLOWED_TENANTS: 'Contoso.com; 1111,  fabrikam.com\n' }).allowedTenants).toEqual([
      'contoso.com',
      '1111',
      'fabrikam.com'
    ])
  })
})

describe('the wizard’s own registration', () => {
  test('is there with its client ID only', () => {
    expect(read({ AZURE_CLIENT_SECRET: 's', AZURE_TENANT_ID: 't' }).azure).toBeUndefined()
    expect(read({ AZURE_CLIENT_ID: 'c' }).azure?.credential).toEqual({ kind: 'none' })
  })

  test('proves itself by a secret, or else by a certificate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'))
    try {
      const path = join(folder, 'certificate.pem')
      writeFileSync(path, 'PEM')
      const both = { AZURE_CLIENT_ID: 'c', AZURE_CLIENT_CERTIFICATE_PATH: path }
      const certificate = read(both).azure?.credential
      expect(certificate?.kind === 'certificate' && certificate.pem.reveal()).toBe('PEM')
      const secret = read({ ...both, AZURE_CLIENT_SECRET: 's' }).azure?.credential
      expect(secret?.kind === 'secret' && secret.value.reveal()).toBe('s')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('is printed nowhere: not by a log, not by JSON, not by an error that holds it', () => {
    const value = 'very~secret~0123456789'
    const made = read({ AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: value })
    const error = new Error('x', { cause: made })
    for (const printed of [
      inspect(made, { depth: 9 }),
      JSON.stringify(made),
      inspect(error, { depth: 9 }),
      `${made.azure}`
    ])
      expect(printed).not.toContain('very')
    const refused: Record<string, string>[] = [{ APP_KEY: 'short' }, { BASE_URL: 'nowhere' }, { TRUST_PROXY: 'x' }]
    for (const wrong of refused)
      expect(() => read({ AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: value, ...wrong })).not.toThrow(/very/)
    const path = join(tmpdir(), 'no-such-folder', 'certificate.pem')
    expect(() => read({ AZURE_CLIENT_ID: 'c', AZURE_CLIENT_CERTIFICATE_PATH: path })).toThrow(
      `The certificate file ${path} cannot be read (ENOENT)`
    )
  })
})

describe('what the log needs', () => {
  const from = (env: Record<string, string>) => logEnv(env as NodeJS.ProcessEnv)

  test('is there where nothing else is usable', () => {
    expect(from({})).toEqual({ level: 'info', secrets: [] })
    expect(from({ LOG_LEVEL: 'loud', DATABASE_URL: 'nonsense' })).toEqual({ level: 'info', secrets: [] })
    expect(from({ LOG_LEVEL: 'warn' }).level).toBe('warn')
  })

  test('names every secret of the environment, the database’s password as it is', () => {
    const { secrets } = from({
      APP_KEY: 'key',
      AZURE_CLIENT_SECRET: 'secret',
      DATABASE_URL: 'postgresql://u:p%40ss@h/d'
    })
    expect(secrets).toEqual(['key', 'secret', 'p@ss'])
  })
})
