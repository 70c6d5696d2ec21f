// The token's tenant is the setup's tenant, or nothing is read: also where the token does not say whose it is.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { SignInNeeded } from '../microsoft/answers.ts'
import type { AtSetup } from './door.ts'
import { tenantAs } from './tenant.ts'

const tenantId = '11111111-1111-4111-8111-111111111111'
const microsoft = vi.hoisted(() => ({ token: '' }))
const session = vi.hoisted(() => ({ lives: true, met: [] as string[] }))
vi.mock('../microsoft/sign-in.ts', () => ({ graphToken: async () => ({ token: microsoft.token, cache: 'newer' }) }))
vi.mock('../microsoft/graph.ts', () => ({ openTenant: ({ token }: { token: unknown }) => ({ token }) }))
vi.mock('../session/token-caches.ts', () => ({
  readTokenCache: async () => 'cache',
  saveTokenCache: async () => session.lives,
  noteMet: async (_session: unknown, _entered: unknown, claims: string) => void session.met.push(claims)
}))
vi.mock('./door.ts', () => ({ requireWizardApp: () => ({}) }))
vi.mock('../log.ts', () => ({ neverLog: () => undefined }))

const jwt = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
const exp = Date.now() / 1000 + 3600

describe('a token for a tenant', () => {
  const at = { session: {}, row: { tenantId, cloud: 'global' }, cloud: {} } as unknown as AtSetup
  const ask = (token: string, claims?: string) => {
    microsoft.token = token
    const opened = tenantAs(at, { scopes: [] } as never, 'steps') as unknown as {
      token(claims?: string): Promise<string>
    }
    return opened.token(claims)
  }
  beforeEach(() => {
    session.lives = true
    session.met = []
  })

  test('is used when it is for this one', async () => {
    const token = jwt({ aud: 'graph', tid: tenantId.toUpperCase(), exp })
    expect(await ask(token)).toBe(token)
  })

  test.each([
    ['is for another', jwt({ aud: 'graph', tid: '22222222-2222-4222-8222-222222222222', exp })],
    ['does not say for which it is', jwt({ aud: 'graph', exp })],
    ['cannot be read', 'opaque-text-without-claims'],
    ['is no JSON', 'x.eHh4.x']
  ])('is refused when it %s', async (_name, token) => {
    await expect(ask(token)).rejects.toThrow(SignInNeeded)
  })

  test('is refused when the session has ended while it was fetched', async () => {
    session.lives = false
    await expect(ask(jwt({ aud: 'graph', tid: tenantId, exp }))).rejects.toThrow(SignInNeeded)
  })

  test('meets what Microsoft asked for only where it was asked for with that', async () => {
    const token = jwt({ aud: 'graph', tid: tenantId, exp })
    await ask(token)
    expect(session.met).toEqual([])
    await ask(token, 'what was asked')
    expect(session.met).toEqual(['what was asked'])
  })
})
