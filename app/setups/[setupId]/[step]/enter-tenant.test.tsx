// What is offered before a tenant is entered: only what can lead there, and what it means where Microsoft's public client is used.
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AtStep } from '../../../../lib/wizard/door.ts'

const tenantId = '11111111-0000-4000-8000-000000000000'
const person = { cloud: 'global', tenantId, username: 'ada@contoso.example' }

beforeEach(() => {
  vi.resetModules()
  const base = { DATABASE_URL: 'postgresql://x', APP_KEY: 'k'.repeat(32), BASE_URL: 'http://localhost:3000' }
  for (const [name, value] of Object.entries(base)) vi.stubEnv(name, value)
})
afterEach(() => vi.unstubAllEnvs())

type Case = { environment?: Record<string, string>; known?: string; signedInTo?: string; toPick?: boolean }

async function page({ environment = {}, known, signedInTo = 'global', toPick }: Case): Promise<string> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const { clouds } = await import('../../../../lib/microsoft/clouds.ts')
  const { EnterTenant } = await import('./enter-tenant.tsx')
  const { Allow } = await import('./pick/allow.tsx')
  const at = {
    person: { ...person, cloud: signedInTo },
    row: { id: 'S', cloud: 'global', tenantId: known ?? null },
    setup: { tenantId: known },
    step: { id: 'find-the-tenant' },
    cloud: clouds().find(({ name }) => name === 'global')
  } as unknown as AtStep
  return renderToStaticMarkup(toPick ? <Allow at={at} /> : <EnterTenant at={at} />)
}

const buttons = (html: string) => [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, label]) => label)
const own = { AZURE_CLIENT_ID: '58d827e0-c69c-401f-8deb-b1224d129dc8' }
const named = { ...own, AZURE_TENANT_ID: tenantId }
const mine = 'Enter your tenant as ada@contoso.example'

describe('with an application that names its tenant', () => {
  test('the person’s own is entered, and for another one looking it up comes first', async () => {
    const html = await page({ environment: named })
    expect(buttons(html)).toEqual([mine, 'Enter your tenant with another account', 'Enter to look only'])
    expect(html).toContain('For another tenant, such as a client’s, look the tenant up by its domain first')
    expect(html).toContain('has to be registered for multiple Entra ID tenants')
  })

  test('a tenant that was looked up is entered with an account of it', async () => {
    const html = await page({ environment: named, known: '77777777-0000-4000-8000-000000000000' })
    expect(buttons(html)).toEqual(['Enter this tenant with another account', 'Enter to look only'])
  })

  test('nothing leads to a tenant of another cloud before it was looked up', async () => {
    expect(buttons(await page({ environment: named, signedInTo: 'china' }))).toEqual([])
  })
})

test('with an application that names none, any tenant is entered straight away', async () => {
  expect(buttons(await page({ environment: own }))).toEqual([mine, 'Enter another tenant', 'Enter to look only'])
})

describe('with Microsoft’s public client', () => {
  const means = 'Microsoft Graph Command Line Tools, instead. What you allow it then holds for everybody'
  const offer = 'href="/tools/own-application"'

  test.each([
    ['entering', {}],
    ['listing the users', { known: tenantId, toPick: true }]
  ])('the page says what that means, and offers an application of one’s own: %s', async (_name, more) => {
    const html = await page(more)
    expect(html).toContain(means)
    expect(html).toContain(offer)
  })
})

test.each([
  ['entering', {}],
  ['listing the users', { known: tenantId, toPick: true }]
])('an application of one’s own needs no such words: %s', async (_name, more) => {
  expect(await page({ ...more, environment: own })).not.toContain('Command Line Tools')
})
