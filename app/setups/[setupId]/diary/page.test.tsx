// The diary of a setup says in which setup and tenant it stands, as every page of a setup does.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { findTheTenant } from '../../../../lib/steps/find-the-tenant.ts'
import type { Step } from '../../../../lib/steps/step.ts'
import type { SeenById } from '../../../../lib/wizard/journey.ts'
import { newMemory, remember, setupOf } from '../../../../test-data/contract/memory.ts'
import { globalCloud } from '../../../../test-data/sample-input.ts'

const tenantId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const found = { tenantId, displayName: 'Contoso', initialDomain: 'contoso.onmicrosoft.com', domains: [] }
const memory = newMemory()
remember(memory, findTheTenant as Step, 'graph', { kind: 'done', found, facts: [] })
const seen: SeenById = {
  [findTheTenant.id]: { source: 'graph', standing: { kind: 'done', found, facts: [] }, at: new Date(0) }
}

vi.mock('../../../../lib/wizard/door.ts', () => ({
  requireSetup: async () => ({
    person: { name: 'Ada', username: 'ada@contoso.example' },
    row: { id: 'setup-1' },
    setup: setupOf(memory, globalCloud, tenantId, new Date(0)),
    seen
  })
}))
vi.mock('../../../../lib/wizard/diary.ts', () => ({ diaryPage: async () => ({ entries: [], next: undefined }) }))
vi.mock('./actions.ts', () => ({ forget: async () => ({}) }))

const { default: DiaryPage } = await import('./page.tsx')

test('the diary names its tenant and shows the steps, none of which is here', async () => {
  const props = { params: Promise.resolve({ setupId: 'setup-1' }), searchParams: Promise.resolve({}) }
  const html = renderToStaticMarkup(await DiaryPage(props))
  const header = html.slice(html.indexOf('<header'), html.indexOf('</header>'))
  expect(header).toContain('Contoso')
  expect(header).toContain('contoso.onmicrosoft.com')
  expect(html).toContain('<nav aria-label="Steps"')
  expect(html).toContain('href="/setups/setup-1/register-the-application"')
  expect(html).toContain('Forget this setup')
  expect(html).not.toContain('aria-current')
  expect(html).not.toContain('You are here')
})
