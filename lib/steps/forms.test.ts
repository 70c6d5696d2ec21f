// The forms and the manual path of every step: what stands in a field is an answer, and what is wrong is said in words.
import { describe, expect, test } from 'vitest'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { merged } from './add-permissions.ts'
import { createASecret } from './create-a-secret.ts'
import { type ExchangeOnline, exchangeOnlineAppId, mailRoles } from './directory.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { steps } from './index.ts'
import { openTheMailboxes } from './open-the-mailboxes.ts'
import { whichOtherId } from './register-the-application.manual.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Cloud, Form, Input, Setup } from './step.ts'

const host = (name: string) => ({ host: name, port: 1, security: 'TLS' as const })
const cloud: Cloud = {
  name: 'global',
  title: 'Global',
  signIn: 'https://login.example',
  graph: 'https://graph.example',
  portal: 'https://portal.example',
  outlookScope: 'https://outlook.example/.default',
  imap: host('imap.example'),
  pop: host('pop.example'),
  smtp: host('smtp.example'),
  unconfirmed: []
}
const [tenantId, appId, enterpriseId, ownId] = [1, 2, 3, 4].map(
  digit => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
) as [string, string, string, string]
const setup: Setup = { ...setupOf(newMemory(), cloud, tenantId, new Date(0)), wizardClientId: ownId.toUpperCase() }

const inputOf = (form: Form<unknown>): Input =>
  Object.fromEntries(form.fields(setup).map(field => [field.name, field.value]))
const says = (parsed: ReturnType<Form<unknown>['parse']>) =>
  parsed.ok ? [] : parsed.problems.map(problem => `${problem.field}: ${problem.says}`)

describe.each(steps.filter(step => step.asks))('the form of $id', ({ asks }) => {
  const form = asks as Form<unknown>

  test('holds an answer that will do, so that Continue is enough', () => {
    expect(says(form.parse(inputOf(form), setup))).toEqual([])
  })

  test('never throws, whatever a browser sends', () => {
    const names = form.fields(setup).map(field => field.name)
    const odd = ['', ' ', '\u0000', 'x'.repeat(100_000), '<script>', "'; --", '\u202e', '[object Object]', '../..']
    for (const text of odd) {
      const parsed = form.parse(Object.fromEntries(names.map(name => [name, [text, text]])), setup)
      if (!parsed.ok) expect(parsed.problems.every(problem => names.includes(problem.field) && problem.says)).toBe(true)
    }
    expect(() => form.parse({}, setup)).not.toThrow()
  })
})

describe.each(steps)('by hand, $id', step => {
  const manual = step.manual(setup)

  test('says where and what to click, verbs first', () => {
    expect(manual.where).not.toBe('')
    for (const { says: click } of manual.clicks) expect(click).toMatch(/^[A-Z“].*[^.!]$/)
  })

  test('links to the portal of the setup’s own cloud only', () => {
    for (const { href } of manual.clicks) if (href) expect(href.startsWith(`${cloud.portal}/#view/`)).toBe(true)
  })

  test('never echoes a field that a secret may be pasted into by mistake', () => {
    const fields = manual.asks?.fields(setup) ?? []
    for (const field of fields.filter(one => /ID\b|secret/i.test(one.label)))
      expect([field.name, field.neverEcho]).toEqual([field.name, true])
  })
})

describe('an application to adopt', () => {
  const parse = (clientId: string) =>
    registerTheApplication.asks?.parse({ which: ['adopt'], clientId: [clientId] }, setup)

  test('is named by its client ID, braces and capitals aside', () => {
    expect(parse(`{${appId.toUpperCase()}}`)).toEqual({ ok: true, value: { clientId: appId } })
  })

  test('is never the wizard’s own', () => {
    expect(parse(ownId)).toMatchObject({ ok: false, problems: [{ says: expect.stringContaining('wizard’s own') }] })
  })

  test('is not asked for where a new one is made', () => {
    expect(registerTheApplication.asks?.parse({ which: ['new'], clientId: ['nonsense'] }, setup)).toEqual({
      ok: true,
      value: {}
    })
  })
})

describe('pasted IDs', () => {
  const parse = (input: Record<string, string>) =>
    registerTheApplication
      .manual(setup)
      .asks?.parse(Object.fromEntries(Object.entries(input).map(([name, value]) => [name, [value]])), setup)

  test('are taken when each is what it says', () => {
    expect(parse({ appId, enterpriseObjectId: enterpriseId, applicationObjectId: ownId })).toMatchObject({
      ok: true,
      value: { appId, enterpriseObjectId: enterpriseId, applicationObjectId: ownId }
    })
    expect(parse({ appId })).toMatchObject({ ok: true, value: { appId, enterpriseObjectId: undefined } })
  })

  test.each([
    ['the client ID', { appId, enterpriseObjectId: appId }, 'This is the application (client) ID'],
    [
      'the application’s own Object ID',
      { appId, enterpriseObjectId: ownId, applicationObjectId: ownId },
      'This is the application’s own Object ID'
    ],
    ['the tenant ID', { appId, enterpriseObjectId: tenantId }, 'This is the directory (tenant) ID'],
    [
      'a client secret',
      { appId, enterpriseObjectId: 'abc8Q~Zx0123456789_-.abcdefghijKLMNOPQRst' },
      'This looks like a client secret'
    ],
    ['the tenant ID as the client ID', { appId: tenantId }, 'This is the directory (tenant) ID']
  ])('are refused by name where they are %s', (_name, input, words) => {
    const parsed = parse(input)
    expect(parsed).toMatchObject({ ok: false })
    expect(JSON.stringify(parsed)).toContain(words)
  })

  test('that match nothing known are left to Microsoft', () => {
    expect(whichOtherId(enterpriseId, appId, undefined, tenantId)).toBeUndefined()
    expect(whichOtherId(enterpriseId, undefined, undefined, undefined)).toBeUndefined()
  })
})

describe('the tenant', () => {
  const parse = (text: string) => findTheTenant.manual(setup).asks?.parse({ tenant: [text] }, setup)

  test.each([
    ['contoso.com', 'contoso.com'],
    ['Ada@Contoso.com', 'contoso.com'],
    [tenantId.toUpperCase(), tenantId],
    ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com']
  ])('is read from “%s”', (text, tenant) => {
    expect(parse(text)).toMatchObject({ ok: true, value: { tenantId: tenant } })
  })

  test.each(['', 'contoso', 'contoso..com', '-a.com', 'a b.com', 'common/../x.com', 'x'.repeat(300)])(
    'is not read from “%s”',
    text => {
      expect(parse(text)).toMatchObject({ ok: false, problems: [{ field: 'tenant' }] })
    }
  )
})

describe('a CSV of mailboxes', () => {
  const csv = ['PrimarySmtpAddress\nscanner@contoso.example']
  const parse = (mailboxes: string, given: Setup = setup, file = csv) =>
    openTheMailboxes.asks?.parse({ mailboxes: [mailboxes], csv: file }, given)
  const fresh = { ...setup, mailboxes: [] }
  const suggested = openTheMailboxes.asks?.fields(fresh)[0]?.value[0] ?? ''

  test('takes the place of a suggestion that nobody saved, and it says so', () => {
    expect(suggested).toBe('ada@contoso.example')
    expect(parse(` ${suggested}\r\n`, fresh)).toMatchObject({
      ok: true,
      value: { mailboxes: ['scanner@contoso.example'] },
      notes: expect.arrayContaining([expect.stringContaining(`${suggested} was only a suggestion`)])
    })
  })

  test('is not said to leave out an address that it holds', () => {
    const parsed = parse(suggested, fresh, [`Mail\n${suggested}`])
    expect(parsed).toMatchObject({ ok: true, value: { mailboxes: [suggested] } })
    expect(JSON.stringify(parsed)).not.toContain('suggestion')
  })

  test('joins what was typed or saved, and a suggestion that comes alone is taken', () => {
    const both = { ok: true, value: { mailboxes: ['legacy@contoso.example', 'scanner@contoso.example'] } }
    expect(parse('legacy@contoso.example', fresh)).toMatchObject(both)
    const saved = { ...setup, mailboxes: [suggested] }
    expect(parse(suggested, saved)).toMatchObject({ value: { mailboxes: [suggested, 'scanner@contoso.example'] } })
    expect(parse(suggested, fresh, [])).toMatchObject({ ok: true, value: { mailboxes: [suggested] } })
  })
})

describe('a secret', () => {
  test.each(['30', '90', '180', '365', '730'])('may live %s days', days => {
    expect(createASecret.asks?.parse({ days: [days] }, setup)).toEqual({ ok: true, value: { days: Number(days) } })
  })

  test.each(['', '0', '-90', '36500', '90.5', '1e3', 'NaN'])('may not live “%s” days', days => {
    expect(createASecret.asks?.parse({ days: [days] }, setup)).toMatchObject({ ok: false })
  })
})

describe('the roles of Exchange Online', () => {
  const role = (value: string | null, id = value ?? '', more = {}) => ({
    id,
    value,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
    ...more
  })
  const exchange = (...appRoles: ExchangeOnline['appRoles']) => ({ appRoles }) as ExchangeOnline

  test('are read by name, one for each protocol and in its order', () => {
    const roles = mailRoles(exchange(role('SMTP.SendAsApp'), role('POP.AccessAsApp'), role('IMAP.AccessAsApp')), [
      'IMAP',
      'SMTP'
    ])
    expect(roles).toMatchObject([{ value: 'IMAP.AccessAsApp' }, { value: 'SMTP.SendAsApp' }])
  })

  test.each([
    ['missing', [role('POP.AccessAsApp')]],
    ['switched off', [role('IMAP.AccessAsApp', 'i', { isEnabled: false })]],
    ['only for people', [role('IMAP.AccessAsApp', 'i', { allowedMemberTypes: ['User'] })]],
    ['there twice', [role('IMAP.AccessAsApp', 'i'), role('IMAP.AccessAsApp', 'j')]]
  ])('say what to do where one is %s', (_name, roles) => {
    expect(mailRoles(exchange(...roles), ['IMAP'])).toMatchObject({
      id: 'role-id-not-on-resource',
      title: expect.stringContaining('IMAP.AccessAsApp')
    })
  })
})

test('permissions that an application asks for already are merged with, never narrowed', () => {
  const graph = { resourceAppId: 'graph', resourceAccess: [{ id: 'g', type: 'Scope' as const }] }
  const exchange = { resourceAppId: exchangeOnlineAppId, resourceAccess: [{ id: 'e', type: 'Scope' as const }] }
  expect(merged([graph, exchange], [{ protocol: 'IMAP', value: 'IMAP.AccessAsApp', id: 'i' }])).toEqual([
    graph,
    {
      resourceAppId: exchangeOnlineAppId,
      resourceAccess: [
        { id: 'e', type: 'Scope' },
        { id: 'i', type: 'Role' }
      ]
    }
  ])
})
