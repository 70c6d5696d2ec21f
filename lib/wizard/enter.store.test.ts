// Which tenant is entered when the wizard's application names its own: never that one by mistake, and always the one that
// was looked up. Microsoft's sign-in addresses are known to MSAL, so nothing is asked of anybody.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newPerson, openEmbeddedDatabase, useDatabase } from '../../test-data/databases.ts'
import { clouds } from '../microsoft/clouds.ts'
import { createSession, type Person } from '../session/session.ts'
import type { AtSetup } from './door.ts'
import { enterTenant } from './enter.ts'
import { type Going, goToMicrosoft } from './entrance.ts'
import { createSetup, nameTenant, rememberPerson } from './store.ts'

const clientId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const wizardsTenant = '99999999-0000-4000-8000-000000000000'
const clientsTenant = '77777777-0000-4000-8000-000000000000'
const host = { host: 'mail.example', port: 993, security: 'TLS' }
/** Its application names no tenant, so it is one for all. */
const open = {
  name: 'open',
  title: 'Open',
  signIn: 'https://login.microsoftonline.us',
  graph: 'https://graph.example',
  portal: 'https://portal.example',
  outlookScope: 'https://outlook.example/.default',
  imap: host,
  pop: host,
  smtp: host,
  clientId
}

let folder: string
let opened: { close(): Promise<void> }
let ada: Person
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mow-enter-'))
  writeFileSync(join(folder, 'clouds.json'), JSON.stringify(open))
  vi.stubEnv('CUSTOM_CLOUD_FILE', join(folder, 'clouds.json'))
  vi.stubEnv('AZURE_CLIENT_ID', clientId)
  vi.stubEnv('AZURE_TENANT_ID', wizardsTenant)
  opened = await useDatabase(openEmbeddedDatabase)
  ada = await rememberPerson(newPerson())
})
afterAll(async () => {
  await opened.close()
  rmSync(folder, { recursive: true, force: true })
})

async function atSetupIn(cloud: string, tenantId?: string): Promise<AtSetup> {
  const { session } = await createSession()
  const { id } = await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP'], cloud })
  if (tenantId) await nameTenant(id, tenantId)
  const row = { id, cloud, tenantId: tenantId ?? null }
  const found = clouds().find(({ name }) => name === cloud)
  return { session, person: ada, row, cloud: found, seen: {}, entered: undefined } as unknown as AtSetup
}

const enter = async (at: AtSetup, as: string) => tenantOf(await enterTenant(at, { way: 'own', as, step: 'x' }))
const tenantOf = (going: Going) => (going.ok ? new URL(going.url).pathname.split('/')[1] : going.problem)

describe('an application that names its tenant', () => {
  test('signs people in to the wizard in that tenant', async () => {
    const { session } = await createSession()
    const going = await goToMicrosoft({ session, cloud: 'global', way: 'own', purpose: 'wizard' })
    expect(tenantOf(going)).toBe(wizardsTenant)
  })

  test.each(['me', 'somebody', 'read'])('enters the person’s own tenant until one was looked up: as %s', async as => {
    expect(await enter(await atSetupIn('global'), as)).toBe(ada.tenantId)
  })

  test.each(['somebody', 'read'])('enters the tenant that was looked up, with whatever account: as %s', async as => {
    expect(await enter(await atSetupIn('global', clientsTenant), as)).toBe(clientsTenant)
  })

  test.each(['enter', 'pick'] as const)('never stands for the tenant that is entered: to %s', async purpose => {
    const { session } = await createSession()
    const going = await goToMicrosoft({ session, cloud: 'global', way: 'own', purpose, scopes: ['User.Read'] })
    expect(tenantOf(going)).toBe('organizations')
  })
})

test.each(['somebody', 'read'])('an application that names none lets the account decide: as %s', async as => {
  expect(await enter(await atSetupIn('open'), as)).toBe('organizations')
})
