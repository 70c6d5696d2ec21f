// Signing people in with the library that the product uses, unaltered but for trusting the certificate.

import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node'
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { commandLineToolsAppId } from '../state.ts'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'
import { type Browser, openBrowser, type Visit } from './browser.ts'

let tenant: PracticeTenant
let network: INetworkModule
let browser: Browser

beforeAll(async () => {
  tenant = await startPracticeTenant()
  const send = async (method: string, url: string, options: NetworkRequestOptions = {}) => {
    const { headers = {}, body = null } = options
    const response = await tenant.fetch(url, { method, headers, body: method === 'GET' ? null : body })
    return { headers: Object.fromEntries(response.headers), body: await response.json(), status: response.status }
  }
  network = {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options)
  }
})
afterAll(() => tenant.stop())
beforeEach(() => {
  tenant.control.reset()
  browser = openBrowser(tenant.http)
})

const redirectUri = 'http://localhost:3000/auth/callback'
const crypto = new CryptoProvider()

function wizard(authority = 'organizations', capabilities: string[] = []) {
  const { wizard: own } = tenant.practice.state
  return new ConfidentialClientApplication({
    auth: {
      clientId: own.appId,
      clientSecret: own.secretText,
      authority: `${tenant.https}/${authority}`,
      knownAuthorities: [new URL(tenant.https).host],
      clientCapabilities: capabilities
    },
    system: { networkClient: network }
  })
}

async function begin(
  app: ConfidentialClientApplication | PublicClientApplication,
  scopes: string[],
  uri = redirectUri,
  claims?: string
) {
  const { verifier, challenge } = await crypto.generatePkceCodes()
  const request = { scopes, redirectUri: uri, state: 'here', nonce: 'once', claims }
  const url = await app.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256' })
  const redeem = (visit: Visit) => {
    const code = visit.url.searchParams.get('code') ?? ''
    return app.acquireTokenByCode({ ...request, code, codeVerifier: verifier }, { code, nonce: 'once', state: 'here' })
  }
  return { url, redeem }
}

describe('signing in', () => {
  test('one click on a person signs them in to their own tenant', async () => {
    const { url, redeem } = await begin(wizard(), ['openid', 'profile'])
    expect(url).toMatch(tenant.http)
    const list = await browser.open(url)
    expect(list.html).toContain('Nothing here reaches Microsoft')
    const back = await browser.press(list, 'Ada Lindqvist, Global Administrator, ada@contoso.example')
    expect(back.url.href).toMatch(redirectUri)
    expect(back.url.searchParams.get('state')).toBe('here')
    const result = await redeem(back)
    expect(result.tenantId).toBe(tenantIds.contoso)
    expect(result.account?.username).toBe('ada@contoso.example')
    expect(result.account?.homeAccountId).toBe(`${result.uniqueId}.${tenantIds.contoso}`)
  })

  test('the metadata of every kind of authority passes the issuer check', async () => {
    for (const authority of [tenantIds.contoso, 'contoso.example', 'organizations', 'common']) {
      const { url } = await begin(wizard(authority), ['openid'])
      expect(new URL(url).origin, authority).toBe(tenant.http)
    }
  })

  test('a guest signs in to the tenant that was named, under a user object of that tenant', async () => {
    const { url, redeem } = await begin(wizard(tenantIds.fabrikam), ['openid', 'profile'])
    const list = await browser.open(url)
    expect(list.html).not.toContain('Erik Solberg, no admin role</button>')
    const result = await redeem(await browser.press(list, 'Noor Haddad, Global Administrator and Exchange'))
    const guest = tenant.control.tenant('fabrikam.example').people.find(({ userType }) => userType === 'Guest')
    expect(result.tenantId).toBe(tenantIds.fabrikam)
    expect(result.uniqueId).toBe(guest?.id)
    expect(result.account?.homeAccountId).toBe(`${guest?.home?.id}.${tenantIds.northwind}`)
  })

  test('an account of another tenant is told that it does not exist in this one', async () => {
    const { url } = await begin(wizard('contoso.example'), ['openid'])
    const refused = await browser.press(await browser.open(url), 'Fatima Rossi')
    expect(refused.html).toContain('AADSTS50020')
    expect(refused.url.origin).toBe(tenant.http)
  })

  test('cancelling goes back with access_denied and the state', async () => {
    const { url } = await begin(wizard(), ['openid'])
    const back = await browser.press(await browser.open(url), 'Cancel')
    expect(Object.fromEntries(back.url.searchParams)).toMatchObject({ error: 'access_denied', state: 'here' })
  })

  test('a second sign-in of the same browser needs no click, and signing out ends that', async () => {
    const first = await begin(wizard(), ['openid'])
    await browser.press(await browser.open(first.url), 'Ben Okafor')
    const again = await begin(wizard(), ['openid'])
    expect((await browser.open(again.url)).url.href).toMatch(redirectUri)
    expect((await browser.open(`${again.url}&prompt=select_account`)).html).toContain('Pick an account')
    const out = `${tenant.http}/organizations/oauth2/v2.0/logout?post_logout_redirect_uri=http://localhost:3000/`
    expect((await browser.open(out)).url.href).toBe('http://localhost:3000/')
    expect((await browser.open(again.url)).html).toContain('Pick an account')
  })

  test('the public client of Microsoft signs in with a bare loopback address and no secret', async () => {
    const app = new PublicClientApplication({
      auth: {
        clientId: commandLineToolsAppId,
        authority: `${tenant.https}/organizations`,
        knownAuthorities: [new URL(tenant.https).host]
      },
      system: { networkClient: network }
    })
    const { url, redeem } = await begin(app, ['openid', 'profile', 'User.Read'], 'http://localhost:4321/')
    const asks = await browser.press(await browser.open(url), 'Dev Patel')
    expect(asks.html).toContain('Sign in and read user profile')
    const result = await redeem(await browser.press(asks, 'Accept'))
    expect(result.scopes).toContain(`${tenant.https}/User.Read`)
    const elsewhere = await begin(app, ['openid'], 'http://localhost:4321/auth/callback')
    expect((await browser.open(elsewhere.url)).html).toContain('AADSTS50011')
  })
})

describe('consent', () => {
  const scopes = ['User.Read', 'Application.ReadWrite.All']

  test('an admin consents for everybody once, and the client becomes an enterprise application there', async () => {
    const first = await begin(wizard('contoso.example'), scopes)
    const asks = await browser.press(await browser.open(first.url), 'Ben Okafor')
    expect(asks.html).toContain('Application.ReadWrite.All')
    const result = await first.redeem(await browser.press(asks, 'Accept'))
    expect(decodeJwt(result.accessToken)).toMatchObject({ tid: tenantIds.contoso, appid: wizardId() })
    expect(tenant.control.tenant().servicePrincipals.map(({ appId }) => appId)).toContain(wizardId())

    const other = openBrowser(tenant.http)
    const second = await begin(wizard('contoso.example'), scopes)
    expect((await other.press(await other.open(second.url), 'Dev Patel')).url.href).toMatch(redirectUri)
  })

  test('somebody who may not consent sees "Need admin approval" and goes back with an error', async () => {
    const { url } = await begin(wizard('contoso.example'), scopes)
    const asks = await browser.press(await browser.open(url), 'Dev Patel')
    expect(asks.html).toContain('<h1>Need admin approval</h1>')
    const back = await browser.press(asks, 'Return to the application without granting consent')
    expect(back.url.searchParams.get('error')).toBe('access_denied')
    expect(back.url.searchParams.get('error_description')).toContain('AADSTS90094')
    expect(back.url.searchParams.get('state')).toBe('here')
    expect(tenant.control.tenant().consents).toEqual([])
  })

  test('declining gives nothing', async () => {
    const { url } = await begin(wizard('contoso.example'), scopes)
    const asks = await browser.press(await browser.open(url), 'Ada Lindqvist')
    const back = await browser.press(asks, 'Cancel')
    expect(back.url.searchParams.get('error_description')).toContain('AADSTS65004')
    expect(tenant.control.tenant().consents).toEqual([])
  })

  test('a permission that was not consented to is not had by refreshing', async () => {
    const app = wizard('contoso.example')
    const { url, redeem } = await begin(app, ['openid', 'profile'])
    const { account } = await redeem(await browser.press(await browser.open(url), 'Ada Lindqvist'))
    if (!account) throw new Error('no account')
    await expect(app.acquireTokenSilent({ account, scopes })).rejects.toThrow(/AADSTS65001/)
    tenant.control.consent(wizardId(), scopes)
    const silent = await app.acquireTokenSilent({ account, scopes })
    const me = await graph(silent.accessToken, '/me')
    expect(me.userPrincipalName).toBe('ada@contoso.example')
  })

  test('a scope that does not exist is refused by name', async () => {
    const { url } = await begin(wizard(), ['Mail.ReadWrite'])
    const back = await browser.open(url)
    expect(back.url.searchParams.get('error_description')).toContain("asked for scope 'Mail.ReadWrite'")
  })
})

describe('what was handed out ends', () => {
  const wizardsToken = async (capabilities: string[]) => {
    tenant.control.consent(wizardId(), ['User.Read'])
    const app = wizard('contoso.example', capabilities)
    const { url, redeem } = await begin(app, ['User.Read'])
    return { app, result: await redeem(await browser.press(await browser.open(url), 'Ada Lindqvist')) }
  }

  test('revoking refuses the access token with a claims challenge and the refresh token with AADSTS50173', async () => {
    const { app, result } = await wizardsToken(['CP1'])
    tenant.control.revoke('ada@contoso.example')
    const response = await tenant.fetch(`${tenant.https}/v1.0/me`, {
      headers: { authorization: `Bearer ${result.accessToken}` }
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_claims", claims="[\w+/=]+"/)
    const again = app.acquireTokenSilent({
      account: result.account as never,
      scopes: ['User.Read'],
      forceRefresh: true
    })
    await expect(again).rejects.toThrow(/AADSTS50173/)
  })

  test('a client that never said it understands challenges gets none', async () => {
    const { result } = await wizardsToken([])
    tenant.control.revoke('ada@contoso.example')
    const response = await tenant.fetch(`${tenant.https}/v1.0/me`, {
      headers: { authorization: `Bearer ${result.accessToken}` }
    })
    expect(response.status).toBe(401)
    expect(response.headers.has('www-authenticate')).toBe(false)
  })

  test('tokens live as long as the settings say', async () => {
    tenant.control.settings({ tokenLifetimeSeconds: 0 })
    const { result } = await wizardsToken([])
    await new Promise(done => setTimeout(done, 1100))
    expect((await graph(result.accessToken, '/me')).error).toMatchObject({
      code: 'InvalidAuthenticationToken',
      message: 'Lifetime validation failed, the token is expired.'
    })
  })
})

function wizardId(): string {
  return tenant.practice.state.wizard.appId
}

async function graph(token: string, path: string): Promise<Record<string, unknown>> {
  const response = await tenant.fetch(`${tenant.https}/v1.0${path}`, { headers: { authorization: `Bearer ${token}` } })
  return (await response.json()) as Record<string, unknown>
}

describe('an authentication context that Graph wants', () => {
  const scopes = ['openid', 'profile', 'offline_access', 'User.Read']
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'

  async function signedIn(app: ConfidentialClientApplication, asked?: string) {
    const { url, redeem } = await begin(app, scopes, redirectUri, asked)
    const page = await browser.open(url)
    return redeem(page.url.href.startsWith(redirectUri) ? page : await browser.press(page, 'Ben Okafor'))
  }
  const ask = (token: string) =>
    tenant.fetch(`${tenant.https}/v1.0/me`, { headers: { authorization: `Bearer ${token}` } })

  test('is asked for with its claims, is not had by refreshing, and is had by a sign-in that asks for it', async () => {
    tenant.control.consent(tenant.practice.state.wizard.appId, ['User.Read'])
    const app = wizard('organizations', ['CP1'])
    const plain = await signedIn(app)
    expect((await ask(plain.accessToken)).status).toBe(200)

    tenant.control.challenge('ben@contoso.example', 'c1')
    const refused = await ask(plain.accessToken)
    const encoded = /claims="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? ''
    expect([refused.status, Buffer.from(encoded, 'base64').toString()]).toEqual([401, claims])
    const account = plain.account ?? undefined
    const silently = account && app.acquireTokenSilent({ account, scopes, claims, forceRefresh: true })
    await expect(silently).rejects.toThrow(/AADSTS50076/)
    expect((await ask((await signedIn(app)).accessToken)).status).toBe(401)

    const strong = await signedIn(app, claims)
    expect((await ask(strong.accessToken)).status).toBe(200)
    const kept =
      strong.account && (await app.acquireTokenSilent({ account: strong.account, scopes, claims, forceRefresh: true }))
    expect((await ask(kept?.accessToken ?? '')).status).toBe(200)
    tenant.control.challenge('ben@contoso.example', null)
    expect((await ask(plain.accessToken)).status).toBe(200)
  })
})
