// Applications, their secrets and their deleted ones, over real HTTP.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AskGraph, type PracticeTenant, startPracticeTenant } from '../testing.ts'

let tenant: PracticeTenant
let ada: AskGraph

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(async () => {
  tenant.control.reset()
  ada = await tenant.graphAs('ada@contoso.example')
})

const upsert = { prefer: 'create-if-missing' }
const key = "/applications(uniqueName='mail-oauth-wizard-1')"

describe('upsert by unique name', () => {
  test('creates with 201 and the object, then answers 204 without one and keeps a single application', async () => {
    const body = { displayName: 'Invoices', signInAudience: 'AzureADMyOrg', tags: ['a'] }
    const made = await ada('PATCH', key, body, upsert)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ displayName: 'Invoices', uniqueName: 'mail-oauth-wizard-1', tags: ['a'] })
    const again = await ada('PATCH', key, { displayName: 'Renamed' }, upsert)
    expect([again.status, again.body]).toEqual([204, {}])
    expect(tenant.control.tenant().applications.map(({ displayName }) => displayName)).toEqual(['Renamed'])
    expect((await ada('GET', `${key}?$select=appId`)).body.appId).toBe(made.body.appId)
  })

  test('without the header a missing application is 404', async () => {
    const answer = await ada('PATCH', key, { displayName: 'Invoices' })
    expect([answer.status, answer.body.error]).toMatchObject([404, { code: 'Request_ResourceNotFound' }])
  })

  test('demands a display name', async () => {
    expect((await ada('PATCH', key, { tags: [] }, upsert)).status).toBe(400)
    expect(tenant.control.tenant().applications).toEqual([])
  })

  test('a cloud that does not know the header refuses it', async () => {
    tenant.control.reset({ world: 'no-upsert' })
    const answer = await ada('PATCH', key, { displayName: 'Invoices' }, upsert)
    expect(answer.status).toBe(400)
    expect((await ada('POST', '/applications', { displayName: 'Invoices' })).status).toBe(201)
  })

  test('the name of a soft-deleted application is taken until it is restored or gone for good', async () => {
    const { applicationId } = tenant.control.seedApplication({
      displayName: 'Old',
      uniqueName: 'mail-oauth-wizard-1',
      servicePrincipal: true,
      grants: ['IMAP.AccessAsApp'],
      deleted: true
    })
    const refused = await ada('PATCH', key, { displayName: 'Invoices' }, upsert)
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ details: [{ code: 'ObjectConflict', target: 'uniqueName' }] })
    const filter = "$filter=uniqueName eq 'mail-oauth-wizard-1'"
    const listed = await ada('GET', `/directory/deletedItems/microsoft.graph.application?${filter}&$select=id`)
    expect(listed.body.value).toEqual([{ id: applicationId }])
    expect((await ada('POST', `/directory/deletedItems/${applicationId}/restore`)).status).toBe(200)
    const { applications, servicePrincipals, deletedServicePrincipals } = tenant.control.tenant()
    expect(applications.map(({ id }) => id)).toEqual([applicationId])
    expect(servicePrincipals.map(({ displayName }) => displayName)).toContain('Old')
    expect(deletedServicePrincipals).toEqual([])

    // A copy that still lists it does not bring it back twice.
    tenant.control.settings({ copyDelayReads: 3 })
    expect((await ada('DELETE', `/applications/${applicationId}`)).status).toBe(204)
    tenant.control.settle()
    expect((await ada('POST', `/directory/deletedItems/${applicationId}/restore`)).status).toBe(200)
    expect((await ada('GET', `/directory/deletedItems/${applicationId}`)).status).toBe(200)
    expect((await ada('POST', `/directory/deletedItems/${applicationId}/restore`)).status).toBe(404)
    expect(tenant.control.tenant().applications).toHaveLength(1)
    tenant.control.settings({ copyDelayReads: 0 })
    tenant.control.settle()

    expect((await ada('DELETE', `/applications/${applicationId}`)).status).toBe(204)
    expect((await ada('DELETE', `/directory/deletedItems/${applicationId}`)).status).toBe(204)
    expect((await ada('PATCH', key, { displayName: 'Invoices' }, upsert)).status).toBe(201)
    expect(tenant.control.tenant().appRoleAssignments).toEqual([])
  })
})

describe('reading', () => {
  test('is by unique name, client ID, object ID, tag and display name', async () => {
    const ids = tenant.control.seedApplication({ displayName: "O'Hara", uniqueName: 'u', tags: ['one', 'two'] })
    tenant.control.seedApplication({ displayName: 'Other' })
    const paths = [
      "/applications(uniqueName='u')",
      `/applications(appId='${ids.appId}')`,
      `/applications/${ids.applicationId}`
    ]
    for (const path of paths) expect((await ada('GET', path)).body.id, path).toBe(ids.applicationId)
    const filters = [
      `appId eq '${ids.appId}'`,
      "uniqueName eq 'u'",
      "tags/any(t:t eq 'two')",
      "displayName eq 'O''Hara'",
      "startswith(displayName,'o') and tags/any(x:x eq 'one')",
      `appId in ('${ids.appId}')`
    ]
    for (const filter of filters) {
      const found = await ada('GET', `/applications?$filter=${encodeURIComponent(filter)}&$select=id`)
      expect(found.body.value, filter).toEqual([{ id: ids.applicationId }])
    }
    expect((await ada('GET', '/applications')).body.value).toHaveLength(2)
  })

  test('a property, filter or option that Graph does not have is refused', async () => {
    const statuses = await Promise.all(
      ['$select=nothing', "$filter=nothing eq 'x'", '$filter=displayName', '$expand=owners', '$top=1000'].map(
        async query => (await ada('GET', `/applications?${query}`)).status
      )
    )
    expect(statuses).toEqual([400, 400, 400, 400, 400])
  })

  test('never shows a secret or its hash', async () => {
    const { applicationId, secrets } = tenant.control.seedApplication({ displayName: 'A', secrets: [{}] })
    const read = JSON.stringify((await ada('GET', `/applications/${applicationId}`)).body)
    expect(read).toContain(secrets[0]?.keyId)
    expect(read).not.toContain(secrets[0]?.secretText)
    expect(read).not.toContain('secretHash')
  })
})

describe('bodies', () => {
  test.each([
    ['an unknown member', { displayName: 'A', nothing: 1 }],
    ['an unknown member deep inside', { displayName: 'A', web: { nothing: [] } }],
    ['a wrong type', { displayName: 7 }],
    ['a role ID that is no GUID', { displayName: 'A', requiredResourceAccess: access('2195vfb1') }],
    ['a null collection', { displayName: 'A', tags: null }],
    ['a display name that is too long', { displayName: 'A'.repeat(257) }]
  ])('%s is refused and nothing is made', async (_what, body) => {
    const answer = await ada('POST', '/applications', body)
    expect([answer.status, answer.body.error]).toMatchObject([400, { code: 'Request_BadRequest' }])
    expect(tenant.control.tenant().applications).toEqual([])
  })

  test('secrets cannot be set but by addPassword', async () => {
    const answer = await ada('POST', '/applications', { displayName: 'A', passwordCredentials: [] })
    expect(answer.status).toBe(501)
  })

  test('declared permissions are replaced as a whole', async () => {
    const { applicationId } = tenant.control.seedApplication({ displayName: 'A', permissions: ['IMAP.AccessAsApp'] })
    const requiredResourceAccess = access('5e5addcd-3e8d-4e90-baf5-964efab2b20a')
    expect((await ada('PATCH', `/applications/${applicationId}`, { requiredResourceAccess })).status).toBe(204)
    expect(tenant.control.tenant().applications[0]?.requiredResourceAccess).toEqual(requiredResourceAccess)
  })
})

function access(id: string) {
  return [{ resourceAppId: '00000002-0000-0ff1-ce00-000000000000', resourceAccess: [{ id, type: 'Role' }] }]
}

describe('secrets', () => {
  const in200Days = () => new Date(Date.now() + 200 * 24 * 3600 * 1000).toISOString()

  test('the text is in the answer once, its hint are its first three characters, and it is kept as a hash', async () => {
    const { applicationId } = tenant.control.seedApplication({ displayName: 'A' })
    const made = await ada('POST', `/applications/${applicationId}/addPassword`, {
      passwordCredential: { displayName: 'Mail', endDateTime: in200Days() }
    })
    const { secretText, hint, keyId } = made.body as Record<string, string>
    expect(secretText).toHaveLength(40)
    expect(secretText?.slice(0, 3)).toBe(hint)
    expect(JSON.stringify(tenant.control.tenant())).not.toContain(secretText)
    const removed = await ada('POST', `/applications/${applicationId}/removePassword`, { keyId })
    expect(removed.status).toBe(204)
    expect(tenant.control.tenant().applications[0]?.passwordCredentials).toEqual([])
  })

  test('ends two years after it begins unless said otherwise', async () => {
    const { applicationId } = tenant.control.seedApplication({ displayName: 'A' })
    const { body } = await ada('POST', `/applications/${applicationId}/addPassword`)
    const years = new Date(String(body.endDateTime)).getUTCFullYear() - new Date().getUTCFullYear()
    expect(years).toBe(2)
  })

  test('the text cannot be chosen', async () => {
    const { applicationId } = tenant.control.seedApplication({ displayName: 'A' })
    const passwordCredential = { secretText: 'chosen' }
    expect((await ada('POST', `/applications/${applicationId}/addPassword`, { passwordCredential })).status).toBe(400)
  })

  test.each([
    ['policy', 'CredentialInvalidLifetimeAsPerAppPolicy', 'InvalidKeyEndDate'],
    ['secrets-blocked', 'CredentialTypeNotAllowedAsPerAppPolicy', 'CredentialTypeNotAllowed']
  ] as const)('the world %s refuses with %s', async (world, code, detail) => {
    tenant.control.reset({ world })
    const { applicationId } = tenant.control.seedApplication({ displayName: 'A' })
    const body = { passwordCredential: { endDateTime: in200Days() } }
    const refused = await ada('POST', `/applications/${applicationId}/addPassword`, body)
    expect([refused.status, refused.body.error]).toMatchObject([400, { code, details: [{ code: detail }] }])
  })
})
