// Copy delays: how a fresh object hides, flickers and settles - in Graph's answers.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exchangeAppId } from './state.ts'
import { type AskGraph, type PracticeTenant, startPracticeTenant } from './testing.ts'

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

const path = "/applications(uniqueName='u')"
const make = () => ada('PATCH', path, { displayName: 'A' }, { prefer: 'create-if-missing' })

async function statuses(count: number, read = () => ada('GET', path)): Promise<number[]> {
  const seen: number[] = []
  for (let index = 0; index < count; index += 1) seen.push((await read()).status)
  return seen
}

test.each([0, 1, 3, 6])(
  'with a delay of %d reads a new object is missing for so many reads and no more',
  async delay => {
    tenant.control.settings({ copyDelayReads: delay })
    expect((await make()).status).toBe(201)
    expect(await statuses(delay + 2)).toEqual([...Array(delay).fill(404), 200, 200])
  }
)

test('a list hides it for as long', async () => {
  tenant.control.settings({ copyDelayReads: 2 })
  await make()
  const counts: number[] = []
  for (let index = 0; index < 4; index += 1) {
    const { body } = await ada('GET', "/applications?$filter=uniqueName eq 'u'&$select=id")
    counts.push((body.value as unknown[]).length)
  }
  expect(counts).toEqual([0, 0, 1, 1])
})

test('a read of something else does not count', async () => {
  tenant.control.settings({ copyDelayReads: 1 })
  await make()
  await ada('GET', "/applications(uniqueName='other')")
  await ada('GET', `/servicePrincipals(appId='${exchangeAppId}')`)
  expect(await statuses(2)).toEqual([404, 200])
})

test('flickering reads alternate for a while', async () => {
  tenant.control.settings({ copyDelayReads: 1, flickerReads: 4 })
  await make()
  expect(await statuses(7)).toEqual([404, 200, 404, 200, 404, 200, 200])
})

test('the upsert sees what reads do not: it never makes a second one', async () => {
  tenant.control.settings({ copyDelayReads: 6 })
  expect((await make()).status).toBe(201)
  expect((await make()).status).toBe(204)
  expect(tenant.control.tenant().applications).toHaveLength(1)
})

test('a change shows as late as a new object, and the old value until then', async () => {
  const { applicationId } = tenant.control.seedApplication({ displayName: 'Before', uniqueName: 'u' })
  tenant.control.settings({ copyDelayReads: 1 })
  await ada('PATCH', `/applications/${applicationId}`, { displayName: 'After' })
  const names = [(await ada('GET', path)).body.displayName, (await ada('GET', path)).body.displayName]
  expect(names).toEqual(['Before', 'After'])
})

test('a deleted object is seen for as long', async () => {
  const { applicationId } = tenant.control.seedApplication({ displayName: 'A', uniqueName: 'u' })
  tenant.control.settings({ copyDelayReads: 1 })
  await ada('DELETE', `/applications/${applicationId}`)
  expect(await statuses(2)).toEqual([200, 404])
})

describe('writes that refer to a parent that is not copied yet get the documented refusal', () => {
  test('a service principal: NoBackingApplicationObject', async () => {
    tenant.control.settings({ copyDelayReads: 2 })
    const { body } = await make()
    const refused = await ada('POST', '/servicePrincipals', { appId: body.appId })
    expect([refused.status, refused.body.error]).toMatchObject([
      400,
      { details: [{ code: 'NoBackingApplicationObject' }] }
    ])
    expect(await statuses(1)).toEqual([404])
    expect((await ada('POST', '/servicePrincipals', { appId: body.appId })).status).toBe(201)
  })

  test('a grant: 404 for the principal; a secret: 404 for the application', async () => {
    tenant.control.settings({ copyDelayReads: 1 })
    const { body } = await make()
    expect((await ada('POST', `/applications/${body.id}/addPassword`)).status).toBe(404)
    const principal = await ada('POST', '/servicePrincipals', { appId: body.appId })
    expect(principal.status).toBe(201)
    const exchange = tenant.control.tenant().servicePrincipals.find(({ appId }) => appId === exchangeAppId)
    const grant = {
      principalId: principal.body.id,
      resourceId: exchange?.id,
      appRoleId: exchange?.appRoles.find(({ value }) => value === 'POP.AccessAsApp')?.id
    }
    const post = () => ada('POST', `/servicePrincipals/${exchange?.id}/appRoleAssignedTo`, grant)
    const refused = await post()
    expect([refused.status, refused.body.error]).toMatchObject([404, { code: 'Request_ResourceNotFound' }])
    expect((await post()).status).toBe(201)
    expect((await post()).body.error).toMatchObject({
      message: 'Permission being assigned already exists on the object'
    })
  })
})
