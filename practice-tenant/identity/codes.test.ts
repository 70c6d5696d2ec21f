// Authorization codes at the token endpoint: once, by whom they were issued to, with the verifier they began with.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { commandLineToolsAppId } from '../state.ts'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'
import { openBrowser } from './browser.ts'
import { codeLifetimeMs, createSignIns } from './sign-ins.ts'

let tenant: PracticeTenant

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(() => {
  tenant.control.reset()
})

const redirectUri = 'http://localhost:3000/auth/callback'
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const withPkce = { code_challenge: challenge, code_challenge_method: 'S256' }
const wizard = () => tenant.practice.state.wizard

/** Opens the sign-in page; what is undefined is left out. */
async function open(change: Record<string, string | undefined>, place = 'contoso.example') {
  const asked = {
    client_id: wizard().appId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile offline_access',
    state: 's',
    ...withPkce,
    ...change
  }
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const url = `${tenant.http}/${place}/oauth2/v2.0/authorize?${new URLSearchParams(given)}`
  const browser = openBrowser(tenant.http)
  return { browser, visit: await browser.open(url) }
}

async function codeFor(change: Record<string, string | undefined> = {}) {
  const { browser, visit } = await open(change)
  return (await browser.press(visit, 'Ada Lindqvist')).url.searchParams.get('code') ?? ''
}

async function redeem(fields: Record<string, string | undefined>, place: string = tenantIds.contoso) {
  const whole = {
    client_id: wizard().appId,
    client_secret: wizard().secretText,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...fields
  }
  const given = Object.entries(whole).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const response = await tenant.fetch(`${tenant.https}/${place}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(given).toString()
  })
  const body = (await response.json()) as { error_codes?: number[]; access_token?: string; refresh_token?: string }
  return body.error_codes?.[0] ?? (body.access_token === undefined ? 'nothing' : body)
}

test('a code serves once', async () => {
  const code = await codeFor()
  expect(await redeem({ code })).toMatchObject({ access_token: expect.any(String) })
  expect(await redeem({ code })).toBe(54005)
})

test('a code serves for ten minutes', () => {
  let now = 0
  const signIns = createSignIns(() => now)
  const about = { clientId: 'c', redirectUri, confidential: true, tenantId: 't', account: { tenantId: 't', id: 'i' } }
  const code = { ...about, scope: 'openid', nonce: undefined, codeChallenge: undefined, context: undefined }
  const [early, late] = [signIns.issueCode(code), signIns.issueCode(code)]
  now = codeLifetimeMs
  expect(signIns.redeemCode(early)).toEqual(code)
  now = codeLifetimeMs + 1
  expect(signIns.redeemCode(late)).toBe('expired')
})

test.each([
  ['another verifier', { code_verifier: 'w'.repeat(43) }, 501481],
  ['no verifier', { code_verifier: undefined }, 900144],
  ['another redirect URI', { redirect_uri: 'http://localhost:3001/auth/callback' }, 50011],
  ['no secret', { client_secret: undefined }, 7000218],
  ['a wrong secret', { client_secret: 'wrong' }, 7000215],
  ['another client', { client_id: commandLineToolsAppId, client_secret: undefined }, 700003],
  ['an invented code', { code: 'invented' }, 9002313]
])('%s is refused', async (_what, change, code) => {
  expect(await redeem({ code: await codeFor(), ...change })).toBe(code)
})

test("a code of one tenant is not redeemed at another's endpoint", async () => {
  expect(await redeem({ code: await codeFor() }, 'fabrikam.example')).toBe(9002313)
})

test('a refresh token is no access token, and serves its own client only', async () => {
  const tokens = await redeem({ code: await codeFor() })
  const refresh_token = (tokens as { refresh_token: string }).refresh_token
  const authorization = `Bearer ${refresh_token}`
  expect((await tenant.fetch(`${tenant.https}/v1.0/me`, { headers: { authorization } })).status).toBe(401)
  const refresh = { grant_type: 'refresh_token', refresh_token, scope: 'openid' }
  expect(await redeem(refresh)).toMatchObject({ access_token: expect.any(String) })
  expect(await redeem({ ...refresh, client_id: commandLineToolsAppId, client_secret: undefined })).toBe(700003)
})

const publicClient = { client_id: commandLineToolsAppId, redirect_uri: 'http://localhost:5000/' }

test('a public client must send a challenge, must not send a secret', async () => {
  const { visit } = await open({ ...publicClient, code_challenge: undefined, code_challenge_method: undefined })
  expect(visit.url.searchParams.get('error_description')).toContain('AADSTS9002325')
  const code = await codeFor(publicClient)
  expect(await redeem({ code, ...publicClient })).toBe(700025)
})

test('a challenge that is not S256 is refused', async () => {
  const { visit } = await open({ code_challenge_method: 'plain' })
  expect(visit.url.searchParams.get('error_description')).toContain('AADSTS50147')
})

test.each([
  ['another path', { redirect_uri: 'http://localhost:3000/Auth/callback' }, 'AADSTS50011'],
  ['another host', { redirect_uri: 'http://127.0.0.1:3000/auth/callback' }, 'AADSTS50011'],
  ['another scheme', { redirect_uri: 'https://localhost:3000/auth/callback' }, 'AADSTS50011'],
  ['an unknown client', { client_id: tenantIds.contoso }, 'AADSTS700016']
])('%s is told on a page and the browser is sent nowhere', async (_what, change, says) => {
  const { visit } = await open(change)
  expect(visit.url.origin).toBe(tenant.http)
  expect(visit.html).toContain(says)
})

test("an application of one's own signs people in as soon as it is registered", async () => {
  const { appId } = tenant.control.seedApplication({ displayName: 'Own wizard', publicRedirectUris: [redirectUri] })
  const code = await codeFor({ client_id: appId })
  expect(await redeem({ code, client_id: appId, client_secret: undefined })).toMatchObject({
    access_token: expect.any(String)
  })
  const { visit } = await open({ client_id: appId }, 'fabrikam.example')
  expect(visit.html).toContain('AADSTS700016')
})

test('asking for no page gives an error where a page would be needed', async () => {
  const { visit } = await open({ prompt: 'none' })
  expect(Object.fromEntries(visit.url.searchParams)).toMatchObject({ error: 'login_required', state: 's' })
})
