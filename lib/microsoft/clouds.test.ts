// Clouds from the code and from a file: a credential belongs to one of them and is found in no other.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CloudRow, readCustomClouds } from './clouds.ts'

const host = (port: number, security = 'TLS') => ({ host: 'mail.example', port, security })
const custom = {
  name: 'air-gapped',
  title: 'The air-gapped cloud',
  signIn: 'https://login.example/',
  graph: 'https://graph.example//',
  portal: 'http://localhost:9/portal/',
  outlookScope: 'https://outlook.example/.default',
  imap: host(993),
  pop: host(995),
  smtp: host(587, 'STARTTLS')
}
const clientId = '11111111-2222-4333-8444-555555555555'
const secretOf = ({ wizard }: Pick<CloudRow, 'wizard'>) =>
  wizard?.credential.kind === 'secret' ? wizard.credential.value.reveal() : undefined
const read = (value: unknown) => readCustomClouds(JSON.stringify(value))

describe('a custom cloud file', () => {
  test('holds one cloud or several', () => {
    expect(read(custom)).toHaveLength(1)
    expect(read([custom, { ...custom, name: 'other' }]).map(({ name }) => name)).toEqual(['air-gapped', 'other'])
  })

  test('gives addresses without slashes at their end, so that paths can follow', () => {
    expect(read(custom)[0]).toMatchObject({ signIn: 'https://login.example', graph: 'https://graph.example' })
    expect(read(custom)[0]?.portal).toBe('http://localhost:9/portal')
  })

  test.each([
    ['nothing', {}, undefined],
    ['a client ID alone', { clientId }, { way: 'own', clientId, credential: { kind: 'none' } }],
    ['a secret without a client ID', { clientSecret: 's' }, undefined]
  ])('with %s for the wizard itself says how it signs in', (_name, more, wizard) => {
    expect(read({ ...custom, ...more })[0]?.wizard).toEqual(wizard)
  })

  test('keeps the wizard’s secret from whatever prints the cloud', () => {
    const [row] = read({ ...custom, clientId, clientSecret: 'very~secret~0123456789' })
    expect(row && secretOf(row)).toBe('very~secret~0123456789')
    expect(inspect(row, { depth: 9 }) + JSON.stringify(row)).not.toContain('very')
  })

  test.each([
    ['sign-in over plain http', { signIn: 'http://login.example' }, 'signIn'],
    ['Graph over plain http', { graph: 'http://graph.example' }, 'graph'],
    ['a name that no URL takes', { name: 'Air Gapped' }, 'name'],
    ['a port that is none', { imap: host(0) }, 'imap.port'],
    ['a security that is none', { smtp: host(25, 'none') }, 'smtp.security'],
    ['a client ID that is no GUID', { clientId: 'wizard' }, 'clientId'],
    ['a member that is missing', { outlookScope: undefined }, 'outlookScope']
  ])('is refused for %s, in one sentence that names it', (_name, more, member) => {
    const refused = () => read([{ ...custom, ...more }])
    expect(refused).toThrow(`The custom cloud file is not usable: ${member}: `)
    expect(refused).not.toThrow(/\n/)
  })

  test('that is no JSON is refused without repeating what is in it', () => {
    const text = '{"clientSecret":"very secret", oops'
    expect(() => readCustomClouds(text)).toThrow('The custom cloud file is not usable: it is not JSON')
  })
})

describe('the clouds of a configuration', () => {
  let folder: string
  const base = { DATABASE_URL: 'postgresql://x', APP_KEY: 'k'.repeat(32), BASE_URL: 'http://localhost:3000' }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clouds-'))
    vi.resetModules()
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  async function configured(more: Record<string, string>, file?: unknown) {
    for (const [name, value] of Object.entries({ ...base, ...more })) vi.stubEnv(name, value)
    if (file) {
      const path = join(folder, 'clouds.json')
      writeFileSync(path, JSON.stringify(file))
      vi.stubEnv('CUSTOM_CLOUD_FILE', path)
    }
    return import('./clouds.ts')
  }

  test('are Microsoft’s four when nothing is said, and nobody signs in with a registration of ours', async () => {
    const { clouds } = await configured({})
    expect(clouds().map(({ name }) => name)).toEqual(['global', 'gcc-high', 'dod', 'china'])
    expect(clouds().every(({ wizard }) => wizard === undefined)).toBe(true)
  })

  test('have the wizard’s own credential in the global one only', async () => {
    const { clouds } = await configured({ AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: 'of-global' }, custom)
    const holding = clouds().filter(cloud => secretOf(cloud) === 'of-global')
    expect(holding.map(({ name }) => name)).toEqual(['global'])
  })

  test('keep a custom cloud’s credential to itself, even under a known name', async () => {
    const file = [{ ...custom, name: 'global', clientId, clientSecret: 'of-custom' }]
    const { clouds } = await configured({ AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: 'of-global' }, file)
    expect(clouds().filter(({ name }) => name === 'global')).toHaveLength(1)
    expect(clouds().map(secretOf).filter(Boolean)).toEqual(['of-custom'])
  })

  test('offer the public command line client on loopback only', async () => {
    const local = await configured({ BASE_URL: 'http://localhost:3000' })
    const [global] = local.clouds()
    expect(global && local.findWizardApp(global, 'command-line')?.credential).toEqual({ kind: 'none' })
    expect(global && local.findWizardApp(global, 'own')).toBeUndefined()
    vi.resetModules()
    const hosted = await configured({ BASE_URL: 'https://wizard.example' })
    const [there] = hosted.clouds()
    expect(there && hosted.findWizardApp(there, 'command-line')).toBeUndefined()
  })

  test('mark every host that no Microsoft source confirms', async () => {
    const { clouds } = await configured({})
    for (const { name, unconfirmed } of clouds())
      expect([name, unconfirmed.length > 0]).toEqual([name, name !== 'global'])
  })
})
