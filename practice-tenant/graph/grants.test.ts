// Service principals, grants, roles and scopes, people, batches - over real HTTP.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exchangeAppId, graphAppId, roleTemplates } from '../state.ts'
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

type Principal = { id: string; appRoles: { id: string; value: string }[] }

async function exchangeOf(ask: AskGraph): Promise<Principal> {
  const path = `/servicePrincipals(appId='${exchangeAppId}')?$select=id,appRoles`
  return (await ask('GET', path)).body as unknown as Principal
}

const roleIn = (exchange: Principal, value: string) => exchange.appRoles.find(role => role.value === value)?.id

async function grant(ask: AskGraph, servicePrincipalId: string, value = 'IMAP.AccessAsApp') {
  const exchange = await exchangeOf(ask)
  const body = { principalId: servicePrincipalId, resourceId: exchange.id, appRoleId: roleIn(exchange, value) }
  return ask('POST', `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`, body)
}

describe('service principals', () => {
  test('the upsert by client ID makes one and never a second', async () => {
    const { appId } = tenant.control.seedApplication({ displayName: 'Invoices' })
    const path = `/servicePrincipals(appId='${appId}')`
    const tags = ['WindowsAzureActiveDirectoryIntegratedApp']
    const made = await ada('PATCH', path, { tags }, upsert)
    expect([made.status, made.body]).toMatchObject([201, { appId, displayName: 'Invoices', tags }])
    expect((await ada('PATCH', path, { tags }, upsert)).status).toBe(204)
    const duplicate = await ada('POST', '/servicePrincipals', { appId })
    expect([duplicate.status, duplicate.body.error]).toMatchObject([
      409,
      { code: 'Request_MultipleObjectsWithSameKeyValue', details: [{ code: 'ObjectConflict' }] }
    ])
    expect(tenant.control.tenant().servicePrincipals.filter(one => one.appId === appId)).toHaveLength(1)
  })

  test('without an application there is none', async () => {
    const appId = '2f0a3a6e-7d7b-4c3c-9d1b-0f7a3a5f9e11'
    const refused = await ada('POST', '/servicePrincipals', { appId })
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({
      code: 'Request_BadRequest',
      message: `The appId '${appId}' of the service principal does not reference a valid application object.`,
      details: [{ code: 'NoBackingApplicationObject', target: 'appId' }]
    })
  })

  test('role IDs of Exchange Online differ from tenant to tenant and from the global cloud', async () => {
    const fatima = await tenant.graphAs('fatima@fabrikam.example', { tenant: 'fabrikam.example' })
    const ids = [await exchangeOf(ada), await exchangeOf(fatima)].map(one => roleIn(one, 'IMAP.AccessAsApp'))
    expect(new Set([...ids, '5e5addcd-3e8d-4e90-baf5-964efab2b20a']).size).toBe(3)
  })

  test('a tenant without Exchange Online has no such principal and cannot make one', async () => {
    tenant.control.reset({ world: 'no-exchange' })
    expect((await ada('GET', `/servicePrincipals(appId='${exchangeAppId}')`)).status).toBe(404)
    expect((await ada('POST', '/servicePrincipals', { appId: exchangeAppId })).status).toBe(400)
  })
})

describe('grants', () => {
  const seed = () => tenant.control.seedApplication({ displayName: 'Invoices', servicePrincipal: true })

  test('a role is granted once, listed from both sides, and taken away again', async () => {
    const { servicePrincipalId = '' } = seed()
    const made = await grant(ada, servicePrincipalId)
    expect([made.status, made.body]).toMatchObject([
      201,
      { principalDisplayName: 'Invoices', resourceDisplayName: 'Office 365 Exchange Online' }
    ])
    const again = await grant(ada, servicePrincipalId)
    expect([again.status, again.body.error]).toMatchObject([
      400,
      { code: 'Request_BadRequest', message: 'Permission being assigned already exists on the object' }
    ])
    const mine = await ada('GET', `/servicePrincipals/${servicePrincipalId}/appRoleAssignments?$select=id`)
    const theirs = await ada('GET', `/servicePrincipals(appId='${exchangeAppId}')/appRoleAssignedTo?$select=id`)
    expect(mine.body.value).toEqual([{ id: made.body.id }])
    expect(theirs.body.value).toEqual(mine.body.value)
    const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignments/${made.body.id}`
    expect((await ada('DELETE', path)).status).toBe(204)
    expect((await ada('DELETE', path)).status).toBe(404)
  })

  test("the global cloud's role ID is not one of this tenant", async () => {
    const { servicePrincipalId = '' } = seed()
    const { id: resourceId } = await exchangeOf(ada)
    const body = {
      principalId: servicePrincipalId,
      resourceId,
      appRoleId: '5e5addcd-3e8d-4e90-baf5-964efab2b20a'
    }
    const refused = await ada('POST', `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`, body)
    expect(refused.body.error).toMatchObject({ message: 'Permission being assigned was not found on application' })
  })

  test('a principal that does not exist is 404', async () => {
    const { id } = await exchangeOf(ada)
    const principalId = '2f0a3a6e-7d7b-4c3c-9d1b-0f7a3a5f9e11'
    const body = { principalId, resourceId: id, appRoleId: id }
    const refused = await ada('POST', `/servicePrincipals/${id}/appRoleAssignedTo`, body)
    expect([refused.status, refused.body.error]).toMatchObject([404, { code: 'Request_ResourceNotFound' }])
    expect(String((refused.body.error as { message: string }).message)).toContain(
      'does not exist or one of its queried'
    )
  })

  test('a Cloud Application Administrator grants everything but the roles of Microsoft Graph', async () => {
    const { servicePrincipalId = '' } = seed()
    const scopes = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All']
    const ben = await tenant.graphAs('ben@contoso.example', { scopes })
    expect((await grant(ben, servicePrincipalId)).status).toBe(201)
    const graph = (await ben('GET', `/servicePrincipals(appId='${graphAppId}')`)).body as unknown as Principal
    const appRoleId = roleIn(graph, 'Mail.Send')
    const body = { principalId: servicePrincipalId, resourceId: graph.id, appRoleId }
    const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`
    expect((await ben('POST', path, body)).status).toBe(403)
    const admin = await tenant.graphAs('ada@contoso.example', { scopes })
    expect((await admin('POST', path, body)).status).toBe(201)
  })

  test('a tenant that wants the narrower scope for grants refuses the wide one alone', async () => {
    tenant.control.settings({ grantsNeedOwnScope: true })
    const { servicePrincipalId = '' } = seed()
    const refused = await grant(ada, servicePrincipalId)
    expect([refused.status, refused.body.error]).toMatchObject([403, { code: 'Authorization_RequestDenied' }])
  })
})

describe('who may what', () => {
  test.each([
    ['dev@contoso.example', 403],
    ['chloe@contoso.example', 403],
    ['ben@contoso.example', 201],
    ['ada@contoso.example', 201]
  ])('%s creating an application gets %d', async (person, status) => {
    const ask = await tenant.graphAs(person)
    const answer = await ask('POST', '/applications', { displayName: 'A' })
    expect(answer.status).toBe(status)
    if (status === 403) {
      expect(answer.body.error).toMatchObject({
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.'
      })
    }
  })

  test('where ordinary members may register, they own what they made and manage nothing else', async () => {
    tenant.control.tenantSettings({ ordinaryMembersMayRegisterApplications: true })
    const other = tenant.control.seedApplication({ displayName: 'Other' })
    const dev = await tenant.graphAs('dev@contoso.example')
    const { body } = await dev('POST', '/applications', { displayName: 'Mine' })
    expect((await dev('POST', `/applications/${body.id}/addPassword`)).status).toBe(200)
    const principal = await dev('POST', '/servicePrincipals', { appId: body.appId })
    expect(principal.status).toBe(201)
    expect((await grant(dev, String(principal.body.id))).status).toBe(403)
    expect((await dev('POST', `/applications/${other.applicationId}/addPassword`)).status).toBe(403)
  })

  test('a scope that the token lacks is refused though the person is a Global Administrator', async () => {
    const poor = await tenant.graphAs('ada@contoso.example', { scopes: ['User.Read'] })
    expect((await poor('GET', '/applications')).status).toBe(403)
    expect((await poor('GET', '/users')).status).toBe(403)
    expect((await poor('GET', '/me')).status).toBe(200)
    expect((await poor('GET', '/organization')).status).toBe(200)
  })

  test('a role counts from the next token on, and no more once it is taken away', async () => {
    const earlier = await tenant.graphAs('dev@contoso.example')
    tenant.control.setRoles('dev@contoso.example', [roleTemplates.applicationAdministrator])
    expect((await earlier('POST', '/applications', { displayName: 'A' })).status).toBe(403)
    const later = await tenant.graphAs('dev@contoso.example')
    expect((await later('POST', '/applications', { displayName: 'A' })).status).toBe(201)
    tenant.control.setRoles('dev@contoso.example', [])
    expect((await later('POST', '/applications', { displayName: 'B' })).status).toBe(403)
  })

  test('one tenant is not seen from another', async () => {
    const { applicationId } = tenant.control.seedApplication({ displayName: 'Invoices' })
    const fatima = await tenant.graphAs('fatima@fabrikam.example', { tenant: 'fabrikam.example' })
    expect((await fatima('GET', `/applications/${applicationId}`)).status).toBe(404)
  })
})

describe('everything else', () => {
  test('what is not known is refused by its name', async () => {
    const answer = await ada('GET', '/groups')
    expect([answer.status, answer.body.error]).toMatchObject([501, { code: 'NotImplemented' }])
    expect(JSON.stringify(answer.body)).toContain('GET /v1.0/groups')
  })

  test('every reply carries request IDs, the caller’s own among them', async () => {
    const { headers, body } = await ada('GET', '/applications/none', undefined, { 'client-request-id': 'mine' })
    expect(headers.get('client-request-id')).toBe('mine')
    const { innerError } = body.error as { innerError: Record<string, string> }
    expect(innerError['request-id']).toBe(headers.get('request-id'))
  })

  test('a batch answers each part alone, and refuses a twenty-first', async () => {
    const get = (id: number) => ({ id: String(id), method: 'GET', url: '/me' })
    const requests = [get(1), { ...get(2), url: '/applications/none' }, { ...get(3), dependsOn: ['2'] }]
    const { body } = await ada('POST', '/$batch', { requests })
    const responses = body.responses as { id: string; status: number }[]
    expect(responses.map(({ id, status }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 404],
      ['3', 424]
    ])
    const many = Array.from({ length: 21 }, (_, index) => get(index))
    expect((await ada('POST', '/$batch', { requests: many })).status).toBe(400)
  })
})
