// Signing in, entering a tenant and asking for an application's token, against the practice tenant and through MSAL.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../../practice-tenant/identity/browser.ts'
import { tenantIds } from '../../practice-tenant/testing.ts'
import { network } from '../../test-data/contract/http.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { SignInNeeded, Silence } from './answers.ts'
import { appToken } from './app-token.ts'
import { discoverTenant } from './discovery.ts'
import { finishSignIn, graphToken, newPkce, signInUrl } from './sign-in.ts'
import { readClaims } from './token.ts'

vi.mock('./http.ts', () => import('../../test-data/contract/http.ts'))

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())
beforeEach(() => {
  ground.practice.control.reset()
  network.sent = undefined
})

const redirectUri = 'http://localhost:3000/auth/callback'
const ada = 'Ada Lindqvist, Global Administrator, ada@contoso.example'
const scopes = ['User.Read', 'Application.ReadWrite.All']
const app = () => {
  const { wizard } = ground.cloud
  if (!wizard) throw new Error('The practice cloud names no registration of the wizard')
  return wizard
}

async function signIn(wanted: readonly string[], more: { tenant?: string; nonce?: string; verifier?: string } = {}) {
  const { verifier, challenge } = await newPkce()
  const tenant = more.tenant ?? 'organizations'
  const base = { cloud: ground.cloud, app: app(), tenant, scopes: wanted, redirectUri, state: 'state', nonce: 'nonce' }
  const url = await signInUrl({ ...base, challenge, pickAccount: true })
  const browser = openBrowser(ground.practice.http)
  let visit = await browser.press(await browser.open(url), ada)
  if (!visit.url.searchParams.has('code')) visit = await browser.press(visit, 'Accept')
  const code = visit.url.searchParams.get('code') ?? ''
  const returned = { code, verifier: more.verifier ?? verifier, returnedState: 'state' }
  return { url: new URL(url), finish: () => finishSignIn({ ...base, nonce: more.nonce ?? 'nonce', ...returned }) }
}

describe('the way to Microsoft’s sign-in page', () => {
  test('carries state, nonce, a challenge, the account picker, and never a forced consent', async () => {
    const { challenge } = await newPkce()
    const base = { cloud: ground.cloud, app: app(), tenant: 'organizations', scopes: ['openid'], redirectUri }
    const url = new URL(
      await signInUrl({ ...base, state: 'the state', nonce: 'the nonce', challenge, pickAccount: true })
    )
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: app().clientId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: redirectUri,
      state: 'the state',
      nonce: 'the nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      prompt: 'select_account'
    })
    expect(url.href).not.toContain('secret')
    const hinted = { ...base, state: 's', nonce: 'n', challenge, pickAccount: false, loginHint: 'ada@contoso.example' }
    const second = new URL(await signInUrl(hinted))
    expect([second.searchParams.get('prompt'), second.searchParams.get('login_hint')]).toEqual([
      null,
      'ada@contoso.example'
    ])
  })

  test('asks for who somebody is, and what MSAL adds to that: the start page names all of it', async () => {
    const { challenge } = await newPkce()
    const base = { cloud: ground.cloud, app: app(), tenant: 'organizations', redirectUri, state: 's', nonce: 'n' }
    const url = new URL(await signInUrl({ ...base, scopes: ['openid', 'profile'], challenge, pickAccount: true }))
    expect(url.searchParams.get('scope')?.split(' ').sort()).toEqual(['offline_access', 'openid', 'profile'])
  })

  test('uses another verifier each time', async () => {
    const [first, second] = [await newPkce(), await newPkce()]
    expect(first.verifier).not.toBe(second.verifier)
    expect(first.challenge).not.toContain(first.verifier)
  })
})

describe('whoever comes back', () => {
  test('is an account of the tenant that they signed in to', async () => {
    const { account } = await (await signIn(['openid', 'profile'])).finish()
    expect(account).toMatchObject({ tenantId: tenantIds.contoso, username: 'ada@contoso.example', guest: false })
    expect(account.homeAccountId).toBe(`${account.objectId}.${tenantIds.contoso}`)
  })

  test.each([
    ['another nonce', { nonce: 'another' }],
    ['another verifier', { verifier: 'x'.repeat(43) }]
  ])('with %s is not let in', async (_name, more) => {
    await expect((await signIn(['openid'], more)).finish()).rejects.toThrow()
  })

  test('with a code that was used before is not let in', async () => {
    const { finish } = await signIn(['openid'])
    await finish()
    await expect(finish()).rejects.toThrow()
  })
})

describe('a token for Graph', () => {
  const entered = async () => (await (await signIn(scopes, { tenant: tenantIds.contoso })).finish()).cache
  const request = (cache: string, more = {}) => ({
    cloud: ground.cloud,
    app: app(),
    tenantId: tenantIds.contoso,
    cache,
    scopes,
    ...more
  })

  test('comes from the cache, without asking Microsoft again', async () => {
    const cache = await entered()
    network.sent = []
    const { token } = await graphToken(request(cache))
    expect(readClaims(token)?.tid).toBe(tenantIds.contoso)
    expect(network.sent.filter(({ method }) => method === 'POST')).toEqual([])
  })

  test('is refreshed where that is asked for, and the cache is another then', async () => {
    const cache = await entered()
    const fresh = await graphToken(request(cache, { forceRefresh: true }))
    expect(readClaims(fresh.token)?.tid).toBe(tenantIds.contoso)
    expect(fresh.cache).not.toBe(cache)
  })

  test('is not had from an empty cache, nor for another tenant: that needs a sign-in', async () => {
    await expect(graphToken(request(''))).rejects.toBeInstanceOf(SignInNeeded)
    const elsewhere = graphToken(request(await entered(), { tenantId: tenantIds.fabrikam }))
    await expect(elsewhere).rejects.toBeInstanceOf(SignInNeeded)
  })

  test('that was revoked needs a sign-in', async () => {
    const cache = await entered()
    ground.practice.control.revoke('ada@contoso.example')
    await expect(graphToken(request(cache, { forceRefresh: true }))).rejects.toBeInstanceOf(SignInNeeded)
  })

  test('whose answer never came is no answer, not a sign-in', async () => {
    const cache = await entered()
    ground.practice.control.faults([{ match: { path: 'token' }, kind: 'lost-request', times: 9 }])
    await expect(graphToken(request(cache, { forceRefresh: true }))).rejects.toBeInstanceOf(Silence)
  })
})

describe('a token for the application itself', () => {
  const finished = (more = {}) => {
    const ids = ground.practice.control.reset({ world: 'finished', setupKey: 'x', ...more })
    if (!ids) throw new Error('The finished world seeds an application')
    return ids
  }
  const ask = (clientId: string, secret: string, tenantId: string = tenantIds.contoso) =>
    appToken(ground.cloud, tenantId, clientId, secret)

  test('names the Object ID of the enterprise application, the tenant and the roles', async () => {
    const ids = finished()
    const answer = await ask(ids.appId, ids.secrets[0]?.secretText ?? '')
    expect(answer).toMatchObject({
      ok: true,
      claims: { tid: tenantIds.contoso, appid: ids.appId, oid: ids.servicePrincipalId }
    })
    expect(answer.ok && [...answer.claims.roles].sort()).toEqual([
      'IMAP.AccessAsApp',
      'POP.AccessAsApp',
      'SMTP.SendAsApp'
    ])
  })

  test('is asked for anew each time, so that a new grant counts', async () => {
    const ids = finished()
    const secret = ids.secrets[0]?.secretText ?? ''
    network.sent = []
    await ask(ids.appId, secret)
    await ask(ids.appId, secret)
    expect(network.sent.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test.each([
    ['a wrong secret', 'secret-invalid', (ids: ReturnType<typeof finished>) => ask(ids.appId, 'wrong~secret')],
    ['an unknown application', 'app-not-in-directory', () => ask('99999999-9999-4999-8999-999999999999', 'x')],
    [
      'an application of another tenant',
      'app-not-in-directory',
      (ids: ReturnType<typeof finished>) => ask(ids.appId, ids.secrets[0]?.secretText ?? '', tenantIds.fabrikam)
    ]
  ])('is not given for %s: %s', async (_name, id, asking) => {
    expect(await asking(finished())).toMatchObject({ ok: false, problem: { id } })
  })

  test('is not given for a secret that has expired, nor without an enterprise application', async () => {
    const { control } = ground.practice
    const old = control.seedApplication({ displayName: 'Old', servicePrincipal: true, secrets: [{ days: -3 }] })
    expect(await ask(old.appId, old.secrets[0]?.secretText ?? '')).toMatchObject({ problem: { id: 'secret-expired' } })
    const bare = control.seedApplication({ displayName: 'Bare', secrets: [{}] })
    expect(await ask(bare.appId, bare.secrets[0]?.secretText ?? '')).toMatchObject({
      problem: { id: 'app-without-sp' }
    })
  })

  test('that never came is no answer', async () => {
    const ids = finished()
    ground.practice.control.faults([{ match: { path: 'token' }, kind: 'lost-answer', times: 9 }])
    await expect(ask(ids.appId, 'x')).rejects.toBeInstanceOf(Silence)
  })

  test('says nothing of the secret in what went wrong', async () => {
    const answer = await ask(finished().appId, 'wrong~secret')
    expect(JSON.stringify(answer)).not.toContain('wrong~secret')
  })
})

describe('a tenant', () => {
  test.each(['contoso.example', 'contosopractice.onmicrosoft.com', tenantIds.contoso])('is found by %s', async name => {
    expect(await discoverTenant(ground.cloud, name)).toMatchObject({ ok: true, tenantId: tenantIds.contoso })
  })

  test.each(['nobody.example', '99999999-9999-4999-8999-999999999999', '../common', 'a?b#c'])(
    'that is nowhere is not found: %s',
    async name => {
      const found = await discoverTenant(ground.cloud, name)
      expect(found).toMatchObject({ ok: false, says: expect.stringContaining('has no tenant named') })
    }
  )

  test.each([
    ['a lost answer', { kind: 'lost-request' } as const],
    ['a fault of Microsoft’s', { kind: 'status', status: 503 } as const]
  ])('is not called unknown for %s', async (_name, fault) => {
    ground.practice.control.faults([{ match: {}, ...fault, times: 9 }])
    const found = await discoverTenant(ground.cloud, 'contoso.example')
    expect(found).toMatchObject({ ok: false, says: expect.stringContaining('gave no answer') })
  })
})
