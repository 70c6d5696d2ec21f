// Who runs the scripts, as the page asks for it: what the form takes, the scripts take.
import { describe, expect, test } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { scriptProblems } from '../powershell/script-input.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { openTheMailboxes } from './open-the-mailboxes.ts'
import { registerInExchange } from './register-in-exchange.ts'
import { registerTheApplication } from './register-the-application.ts'
import { type Runner, scriptInput } from './scripts.ts'
import type { Form, Panel, Setup, Step } from './step.ts'

const tenantId = '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11'
const setupWith = (runner: Runner | undefined, more: Partial<Setup> = {}, displayName = 'Invoices of Ada'): Setup => ({
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP'],
  cloud: globalCloud,
  tenantId,
  findsBy: 'uniqueName',
  wizardClientId: undefined,
  admin: undefined,
  mailboxes: ['ada@contoso.example'],
  secrets: [],
  exchange: [],
  proof: { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [] },
  now: new Date(0),
  nextAttemptId: 'attempt',
  answered: <A>(step: Step<A>) => (step.id === registerInExchange.id ? (runner as A | undefined) : undefined),
  found: <A, F>(step: Step<A, F>) =>
    ({
      [findTheTenant.id]: { tenantId, initialDomain: 'contoso.onmicrosoft.com', domains: [] },
      [registerTheApplication.id]: {
        appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
        enterpriseObjectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
        displayName
      }
    })[step.id] as F | undefined,
  lastFound: () => undefined,
  ...more
})
const form = registerInExchange.asks as Form<Runner>
const parse = (typed: Record<string, string>) =>
  form.parse(Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value]])), setupWith(undefined))
const scriptsOf = (setup: Setup) =>
  (registerInExchange.panels?.(setup) ?? []).filter(
    (panel): panel is Extract<Panel, { kind: 'script' }> => panel.kind === 'script'
  )

describe('who runs the scripts', () => {
  test('may have an apostrophe in the user name, which the script doubles', () => {
    const parsed = parse({ admin: "ada.o'neil@contoso.example" })
    expect(parsed).toMatchObject({ ok: true, value: { admin: "ada.o'neil@contoso.example" } })
    const [script] = scriptsOf(setupWith(parsed.ok ? parsed.value : undefined))
    expect(script?.code).toContain("-UserPrincipalName 'ada.o''neil@contoso.example'")
  })

  test('is taken by the form exactly where the scripts take it', () => {
    const texts = [
      'ada',
      'ada@contoso.example',
      "o'neil@contoso.example",
      'a,b@contoso.example',
      'a\u200Fb@contoso.example',
      'contoso.onmicrosoft.com',
      'contoso',
      '-.example',
      '------------------------------------',
      tenantId
    ]
    for (const field of ['admin', 'delegatedOrganization', 'organization'] as const) {
      const scriptField = field === 'organization' ? 'initialDomain' : field
      const input = scriptInput(setupWith({}), registerInExchange)
      if (!input) throw new Error('There is no input.')
      for (const text of texts) {
        const refuses = scriptProblems({ ...input, [scriptField]: text }).some(one => one.field === scriptField)
        expect(parse({ [field]: text }).ok, `${field} ${text}`).toBe(!refuses)
      }
    }
  })

  test('may say by which name Exchange knows the organization', () => {
    const parsed = parse({ organization: 'contoso-now.onmicrosoft.com' })
    const [script] = scriptsOf(setupWith(parsed.ok ? parsed.value : undefined))
    expect(script?.code).toContain("$organization.Name -ne 'contoso-now.onmicrosoft.com'")
    expect(scriptsOf(setupWith({}))[0]?.code).toContain("$organization.Name -ne 'contoso.onmicrosoft.com'")
  })
})

describe('a receipt of a script that stopped at a wrong Object ID', () => {
  test('has the pages of both steps offer the repair', () => {
    const look: ExchangeEvidence = {
      source: 'receipt',
      script: 'mailboxes',
      at: '2026-08-22T10:00:00Z',
      tenantId,
      appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
      principals: [{ objectId: '11111111-2222-4333-8444-555555555555' }],
      mailboxes: [],
      failures: [],
      changed: false
    }
    for (const step of [registerInExchange, openTheMailboxes]) {
      const ids = (exchange: readonly ExchangeEvidence[]) =>
        (step.panels?.(setupWith({}, { exchange })) ?? []).flatMap(panel => (panel.kind === 'script' ? [panel.id] : []))
      expect(ids([look])[0], step.id).toBe('repair')
      expect(ids([]), step.id).not.toContain('repair')
    }
  })
})

describe('a name that cannot go into a script', () => {
  test('gives way to the name of the setup, else to the application ID, and the pages show their scripts', () => {
    const before = scriptsOf(setupWith({}))
    expect(before[0]?.code).toContain("-DisplayName 'Invoices of Ada'")
    for (const unsafe of ['Invoices\u200F', 'In\u200Bvoices', 'a\nb', ' ', 'a'.repeat(257)]) {
      const setup = setupWith({}, {}, unsafe)
      expect(scriptsOf(setup)[0]?.code).toContain("-DisplayName 'Invoices'")
      expect(openTheMailboxes.panels?.(setup).filter(({ kind }) => kind === 'script')).toHaveLength(3)
      const nameless = scriptsOf({ ...setup, name: 'Invoices\uFFFE' })
      expect(nameless[0]?.code).toContain("-DisplayName '58d827e0-c69c-401f-8deb-b1224d129dc8'")
    }
  })
})
