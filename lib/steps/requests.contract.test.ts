// Every request that a step sends, as it leaves, against Microsoft's own schema; and how many "Do all of it for me" takes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { network, type Sent } from '../../test-data/contract/http.ts'
import { again, begin, pressesMax, together } from '../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { press, pressOn, showPage } from '../../test-data/contract/walker.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { whyNotGraph } from '../../test-data/graph-schema.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

const entra = steps.slice(0, steps.indexOf(createASecret) + 1)
const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const kindOf = ({ method, url, body }: Sent) =>
  `${method} ${decodeURIComponent(url.pathname)} ${Object.keys((body as object) ?? {}).join(',')}`.replace(guid, 'ID')

describe('every request that a step sends', () => {
  const kinds = new Set<string>()

  test.each(worlds.map(world => [world.name, world] as const))(
    'is one that Microsoft Graph knows, in %s',
    async (_name, world) => {
      const start = await begin(ground, together(entra), world)
      if (!start) throw new Error('Nothing comes before all of them')
      const walker = await again(ground, start)
      network.sent = []
      await showPage(walker)
      await pressOn(walker, pressesMax)
      const sent = network.sent
      network.sent = undefined
      expect(sent.flatMap(one => whyNotGraph(one).map(why => `${kindOf(one)}: ${why}`))).toEqual([])
      for (const one of sent) kinds.add(kindOf(one))
    }
  )

  test('is of one of these kinds, so that a new kind is noticed', () => {
    expect([...kinds].sort()).toEqual([
      'GET /v1.0/applications ',
      "GET /v1.0/applications(appId='ID') ",
      "GET /v1.0/applications(uniqueName='mail-oauth-wizard-ID') ",
      'GET /v1.0/directory/deletedItems/ID ',
      'GET /v1.0/directory/deletedItems/microsoft.graph.application ',
      'GET /v1.0/me/transitiveMemberOf ',
      'GET /v1.0/organization ',
      "GET /v1.0/servicePrincipals(appId='ID') ",
      "GET /v1.0/servicePrincipals(appId='ID')/appRoleAssignments ",
      "PATCH /v1.0/applications(uniqueName='mail-oauth-wizard-ID') displayName,signInAudience,tags,notes",
      'PATCH /v1.0/applications/ID requiredResourceAccess',
      "PATCH /v1.0/servicePrincipals(appId='ID') tags",
      'POST /v1.0/applications displayName,signInAudience,tags,notes,uniqueName',
      'POST /v1.0/applications/ID/addPassword passwordCredential',
      'POST /v1.0/applications/ID/removePassword keyId',
      'POST /v1.0/directory/deletedItems/ID/restore ',
      'POST /v1.0/servicePrincipals appId,tags',
      'POST /v1.0/servicePrincipals/ID/appRoleAssignments principalId,resourceId,appRoleId'
    ])
  })
})

describe('the schema refuses', () => {
  const base = new URL('https://graph.example')
  const id = '11111111-2222-4333-8444-555555555555'
  const asking = (method: string, path: string, body?: unknown, headers = {}) =>
    whyNotGraph({ method, url: new URL(`/v1.0${path}`, base), headers, body })
  const grant = { principalId: id, resourceId: id, appRoleId: id }
  const grants = `/servicePrincipals/${id}/appRoleAssignments`

  test('nothing that is right', () => {
    expect(asking('POST', grants, grant)).toEqual([])
    const upsert = { prefer: 'create-if-missing' }
    expect(asking('PATCH', `/applications(uniqueName='a-1')`, { displayName: 'A', tags: [] }, upsert)).toEqual([])
    expect(asking('GET', `/applications(appId='${id}')?$select=id,appId`)).toEqual([])
  })

  test.each([
    ['an unknown member', 'POST', grants, { ...grant, roleName: 'IMAP.AccessAsApp' }, {}],
    ['an unknown member deep inside', 'PATCH', `/applications/${id}`, { web: { redirectUrls: [] } }, {}],
    ['a wrong type', 'PATCH', `/applications/${id}`, { tags: 'one' }, {}],
    ['a bad GUID', 'POST', grants, { ...grant, appRoleId: 'IMAP.AccessAsApp' }, {}],
    ['a bad GUID in the path', 'PATCH', '/applications/invoices', { tags: [] }, {}],
    ['a bad GUID as a key', 'GET', `/servicePrincipals(appId='invoices')`, undefined, {}],
    ['a bad date', 'POST', `/applications/${id}/addPassword`, { passwordCredential: { endDateTime: 'tomorrow' } }, {}],
    ['a wrong method', 'PUT', `/applications/${id}`, { tags: [] }, {}],
    ['a method that the resource does not have', 'DELETE', '/organization', undefined, {}],
    ['an unknown path', 'GET', '/mailboxes', undefined, {}],
    ['a key that the resource does not have', 'GET', `/servicePrincipals(uniqueName='a')`, undefined, {}],
    ['an unknown name in the query', 'GET', '/organization?$choose=id', undefined, {}],
    ['an unknown header', 'GET', '/organization', undefined, { 'x-secret': 'a' }],
    [
      'an upsert without an alternate key',
      'PATCH',
      `/applications/${id}`,
      { tags: [] },
      { prefer: 'create-if-missing' }
    ]
  ])('%s', (_name, method, path, body, headers) => {
    expect(asking(method, path, body, headers)).not.toEqual([])
  })
})

test('“Do all of it for me” makes at most 20 Graph requests, at most 12 of them one after another, and waits for nothing', async () => {
  const [empty] = worlds
  const start = empty && (await begin(ground, together(entra), empty))
  if (!start) throw new Error('The first world is an empty tenant')
  const walker = await again(ground, start)
  const { control } = ground.practice
  // Each takes a while, so that what is sent side by side is seen to overlap.
  control.faults([{ match: {}, kind: 'slow', waitMs: 60, times: 1000 }])
  const before = walker.clock.nowMs()
  expect((await press(walker)).kind).toBe('revealed')
  expect(walker.clock.nowMs() - before).toBe(0)
  const { count, longestChain, writes } = control.requestSummary()
  control.faults([])
  expect(writes).toBe(7)
  expect(count).toBeLessThanOrEqual(20)
  expect(longestChain).toBeLessThanOrEqual(12)
})
