// A token for the application comes with Microsoft's own ID of the request, which support asks for.
import { describe, expect, test, vi } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'

const tenantId = '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11'
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = {
  aud: 'https://outlook.office365.com',
  tid: tenantId,
  appid: 'a',
  oid: 'o',
  roles: [],
  exp: 1_900_000_000
}
const token = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.x`
const microsoft = vi.hoisted(() => ({ headers: {} as Record<string, string> }))

vi.mock('./http.ts', () => ({
  send: async (url: string, { method = 'GET' }: { method?: string } = {}) => {
    const base = url.split('/').slice(0, 4).join('/')
    if (method === 'POST')
      return Response.json(
        { token_type: 'Bearer', expires_in: 3600, access_token: token },
        { headers: microsoft.headers }
      )
    return Response.json({
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`
    })
  }
}))

const { appToken } = await import('./app-token.ts')
const ask = () => appToken(globalCloud, tenantId, '58d827e0-c69c-401f-8deb-b1224d129dc8', 'a secret')

describe('a token for the application', () => {
  test('comes with Microsoft’s ID of the request', async () => {
    microsoft.headers = { 'x-ms-request-id': 'microsoft-1' }
    expect(await ask()).toMatchObject({ ok: true, token, requestId: 'microsoft-1' })
  })

  test('comes with MSAL’s where Microsoft told none', async () => {
    microsoft.headers = {}
    expect(await ask()).toMatchObject({ ok: true, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })
})
