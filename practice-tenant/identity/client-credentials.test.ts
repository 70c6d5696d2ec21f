// An application asking for a token by itself: what it gets, and each refusal by its code.

import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'
import type { Seeded } from '../worlds/applications.ts'
import { outlookResource } from './tokens.ts'

let tenant: PracticeTenant

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(() => {
  tenant.control.reset()
})

const outlook = `${outlookResource}/.default`
const whole: Seeded = { displayName: 'Mail', servicePrincipal: true, grants: ['IMAP.AccessAsApp'], secrets: [{}] }

async function ask(fields: Record<string, string>, place: string = tenantIds.contoso) {
  const response = await tenant.fetch(`${tenant.https}/${place}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: outlook, ...fields }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function seed(wanted: Seeded = whole) {
  const ids = tenant.control.seedApplication(wanted)
  return { ...ids, client_id: ids.appId, client_secret: ids.secrets[0]?.secretText ?? '' }
}

test('the token names the audience, the tenant, the enterprise application and the granted roles', async () => {
  const { client_id, client_secret, servicePrincipalId, appId } = seed()
  const { status, body } = await ask({ client_id, client_secret })
  expect(status).toBe(200)
  expect(decodeJwt(String(body.access_token))).toMatchObject({
    aud: outlookResource,
    iss: `${tenant.https}/${tenantIds.contoso}/`,
    tid: tenantIds.contoso,
    appid: appId,
    oid: servicePrincipalId,
    roles: ['IMAP.AccessAsApp'],
    ver: '1.0'
  })
})

test('without a grant a token is issued all the same, without roles', async () => {
  const { client_id, client_secret } = seed({ ...whole, grants: [] })
  const { body } = await ask({ client_id, client_secret })
  expect(decodeJwt(String(body.access_token))).not.toHaveProperty('roles')
})

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 401, 7000215],
  ['no secret', { client_secret: undefined }, 401, 7000218],
  ['an application of nowhere', { client_id: '2f0a3a6e-7d7b-4c3c-9d1b-0f7a3a5f9e11' }, 400, 700016],
  ['a single scope', { scope: `${outlookResource}/IMAP.AccessAsApp` }, 400, 1002012],
  ['two scopes', { scope: `${outlook} ${outlook}` }, 400, 1002012],
  ["another cloud's resource", { scope: 'https://outlook.office365.com/.default' }, 400, 500011],
  ['an unknown grant type', { grant_type: 'password' }, 400, 70003]
])('%s is refused by its code', async (_what, change, status, code) => {
  const { client_id, client_secret } = seed()
  const fields = Object.entries({ client_id, client_secret, ...change }).filter(([, value]) => value !== undefined)
  const answer = await ask(Object.fromEntries(fields) as Record<string, string>)
  expect([answer.status, answer.body.error_codes]).toEqual([status, [code]])
  expect(answer.body.error_description).toContain(`AADSTS${code}: `)
})

test("the secret's ID in its place is told to be what it may be", async () => {
  const { client_id, secrets } = seed()
  const { body } = await ask({ client_id, client_secret: secrets[0]?.keyId ?? '' })
  expect(body.error_description).toContain('not the client secret ID')
})

test('an expired secret, a missing service principal, another tenant and a mistyped one have codes of their own', async () => {
  const expired = seed({ ...whole, secrets: [{ days: -1 }] })
  const without = seed({ ...whole, servicePrincipal: false, grants: [] })
  const good = seed()
  const codes = [
    await ask({ client_id: expired.client_id, client_secret: expired.client_secret }),
    await ask({ client_id: without.client_id, client_secret: without.client_secret }),
    await ask({ client_id: good.client_id, client_secret: good.client_secret }, 'fabrikam.example'),
    await ask({ client_id: good.client_id, client_secret: good.client_secret }, 'nobody.example'),
    await ask({ client_id: good.client_id, client_secret: good.client_secret }, 'nonsense')
  ].map(({ body }) => body.error_codes)
  expect(codes).toEqual([[7000222], [7000229], [700016], [90002], [900023]])
})

test('a new secret may take some tries before it counts', async () => {
  tenant.control.settings({ secretDelayTries: 2 })
  const { client_id, applicationId } = seed({ ...whole, secrets: [] })
  const ada = await tenant.graphAs('ada@contoso.example')
  const made = await ada('POST', `/applications/${applicationId}/addPassword`)
  const client_secret = String(made.body.secretText)
  const statuses = [
    (await ask({ client_id, client_secret })).status,
    (await ask({ client_id, client_secret })).status,
    (await ask({ client_id, client_secret })).status
  ]
  expect(statuses).toEqual([401, 401, 200])
})

test("a token for mail is not one for Graph, and a program's own Graph token is refused what it was not granted", async () => {
  const { client_id, client_secret } = seed()
  const call = async (scope: string) => {
    const { body } = await ask({ client_id, client_secret, scope })
    const authorization = `Bearer ${body.access_token}`
    return (await tenant.fetch(`${tenant.https}/v1.0/applications`, { headers: { authorization } })).status
  }
  expect(await call(outlook)).toBe(401)
  expect(await call(`${tenant.https}/.default`)).toBe(403)
})
