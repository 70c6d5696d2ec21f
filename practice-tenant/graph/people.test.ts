// The organisation, one's own roles, and the directory's users with paging and search.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleTemplates } from '../state.ts'
import { type AskGraph, type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'

let tenant: PracticeTenant
let ada: AskGraph

beforeAll(async () => {
  tenant = await startPracticeTenant()
  ada = await tenant.graphAs('ada@contoso.example')
})
afterAll(() => tenant.stop())

const eventual = { consistencylevel: 'eventual' }
type User = { displayName: string; mail: string; accountEnabled?: boolean | null }

test('the organisation has its ID, domains and the Exchange plan', async () => {
  const { body } = await ada('GET', '/organization?$select=id,displayName,verifiedDomains,assignedPlans')
  expect(body.value).toMatchObject([
    {
      id: tenantIds.contoso,
      displayName: 'Contoso Ltd',
      verifiedDomains: [
        { name: 'contoso.example', isDefault: true, isInitial: false },
        { name: 'contosopractice.onmicrosoft.com', isInitial: true }
      ],
      assignedPlans: [{ service: 'exchange', capabilityStatus: 'Enabled' }]
    }
  ])
})

test('roles are seen with and without the cast, and the cast demands header and count', async () => {
  const plain = await ada('GET', '/me/transitiveMemberOf?$select=id,displayName,roleTemplateId')
  const { globalAdministrator } = roleTemplates
  expect(plain.body.value).toMatchObject([
    { '@odata.type': '#microsoft.graph.directoryRole', roleTemplateId: globalAdministrator }
  ])
  const cast = '/me/transitiveMemberOf/microsoft.graph.directoryRole'
  expect((await ada('GET', cast)).status).toBe(400)
  const { body } = await ada('GET', `${cast}?$count=true`, undefined, eventual)
  expect(body).toMatchObject({ '@odata.count': 1, value: [{ roleTemplateId: globalAdministrator }] })
})

test('users come in pages that join to all of them', async () => {
  const seen: User[] = []
  let next: string | undefined = '/users?$select=displayName,mail&$top=15'
  let pages = 0
  while (next !== undefined) {
    const { body } = await ada('GET', next)
    seen.push(...(body.value as User[]))
    const link = body['@odata.nextLink'] as string | undefined
    next = link?.replace(`${tenant.https}/v1.0`, '')
    pages += 1
  }
  expect(pages).toBe(3)
  expect(new Set(seen.map(({ mail }) => mail)).size).toBe(tenant.control.tenant().people.length)
})

test('users are found by the beginning of a name or address', async () => {
  const filter = encodeURIComponent("startswith(displayName,'inv') or startswith(mail,'inv')")
  const { body } = await ada('GET', `/users?$filter=${filter}&$select=mail`)
  expect(body.value).toEqual([{ mail: 'invoices@contoso.example' }])
})

test('search wants its header, and matches words', async () => {
  const path = `/users?$search=${encodeURIComponent('"displayName:lind" OR "mail:scan"')}&$select=mail&$count=true`
  expect((await ada('GET', path)).status).toBe(400)
  const { body } = await ada('GET', path, undefined, eventual)
  expect(body.value).toEqual([{ mail: 'ada@contoso.example' }, { mail: 'scanner@contoso.example' }])
  expect(body['@odata.count']).toBe(2)
})

test('basic rights show basic profiles only', async () => {
  const path = '/users/invoices@contoso.example?$select=mail,accountEnabled'
  expect((await ada('GET', path)).body).toMatchObject({ accountEnabled: null })
  const all = await tenant.graphAs('ada@contoso.example', { scopes: ['User.Read.All'] })
  expect((await all('GET', path)).body).toMatchObject({ accountEnabled: false })
})
