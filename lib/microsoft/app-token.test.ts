// A token for the application comes with Microsoft's own ID of the request, which support asks for.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import { Silence } from './answers.ts'

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
const microsoft = vi.hoisted(() => ({
  headers: {} as Record<string, string>,
  refusal: undefined as { status: number; body: object } | undefined
}))

vi.mock('./http.ts', () => ({
  send: async (url: string, { method = 'GET' }: { method?: string } = {}) => {
    const base = url.split('/').slice(0, 4).join('/')
    const { refusal } = microsoft
    if (method === 'POST' && refusal)
      return Response.json(refusal.body, { status: refusal.status, headers: microsoft.headers })
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
beforeEach(() => {
  microsoft.headers = {}
  microsoft.refusal = undefined
})
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

describe('a token that Microsoft does not give', () => {
  const refuse = (status: number, body: object) => {
    microsoft.refusal = { status, body }
  }
  const says = (error: string, code: number) => ({ error, error_description: `AADSTS${code}: x`, error_codes: [code] })

  test.each([
    [400, says('temporarily_unavailable', 90033)],
    [400, says('invalid_request', 90033)],
    [503, says('invalid_client', 7000215)],
    [500, {}],
    [429, says('invalid_request', 50196)]
  ])('only for now is a silence: %s %j', async (status, body) => {
    refuse(status, body)
    await expect(ask()).rejects.toBeInstanceOf(Silence)
  })

  test('for good is a problem', async () => {
    refuse(401, says('invalid_client', 7000215))
    expect(await ask()).toMatchObject({ ok: false, problem: { id: 'secret-invalid' } })
    refuse(400, says('invalid_resource', 500011))
    expect(await ask()).toMatchObject({ ok: false, problem: { id: 'exchange-resource-missing' } })
  })
})
