import { describe, expect, test } from 'vitest'
import { chinaCloud, globalCloud } from '../../test-data/sample-input.ts'
import { pickerPermission } from '../wizard/directory-search.ts'
import { connectYourProgram } from './connect-your-program.ts'
import { commandLineToolsAppId } from './directory.ts'
import { permissionsOf, permissionsToRead, steps } from './index.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Panel, Setup, Step } from './step.ts'

const tenantId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const appId = '11111111-2222-4333-8444-555555555555'

const setupWith = (given: Partial<Setup> = {}): Setup => ({
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP', 'SMTP'],
  cloud: globalCloud,
  tenantId,
  findsBy: 'uniqueName',
  wizardClientId: undefined,
  admin: undefined,
  mailboxes: ["o'neil@contoso.example", 'invoices@contoso.example'],
  secrets: [],
  exchange: [],
  proof: { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [] },
  now: new Date(0),
  nextAttemptId: 'attempt',
  answered: () => undefined,
  found: <A, F>(step: Step<A, F>) => (step.id === registerTheApplication.id ? ({ appId } as F) : undefined),
  lastFound: () => undefined,
  ...given
})

const panelsOf = (setup: Setup) => connectYourProgram.panels?.(setup) ?? []
function panel<K extends Panel['kind']>(setup: Setup, kind: K): Extract<Panel, { kind: K }> {
  const found = panelsOf(setup).find(one => one.kind === kind)
  if (!found) throw new Error(`There is no ${kind}`)
  return found as Extract<Panel, { kind: K }>
}
function takeBack(setup: Setup): readonly string[] {
  const found = panelsOf(setup).find(
    one => one.kind === 'notice' && one.title === 'Take back what the wizard was allowed'
  )
  return found?.kind === 'notice' ? found.says : []
}
const factOf = (setup: Setup, label: string) => panel(setup, 'facts').facts.find(fact => fact.label === label)

describe('Connect your program', () => {
  test('gives the values, then the code, then the programs, and last how to undo it', () => {
    expect(panelsOf(setupWith()).map(({ kind }) => kind)).toEqual(['facts', 'samples', 'programs', 'notice', 'notice'])
  })

  test('gives hosts, ports and security of the protocols chosen, and the string of the login', () => {
    const setup = setupWith()
    expect(factOf(setup, 'IMAP server')?.value).toBe('outlook.office365.com')
    expect(factOf(setup, 'SMTP port')?.value).toBe('587')
    expect(factOf(setup, 'SMTP security')?.value).toBe('STARTTLS')
    expect(factOf(setup, 'POP server')).toBeUndefined()
    expect(factOf(setup, 'Token endpoint')?.value).toBe(
      'https://login.microsoftonline.com/bf822882-b0bf-4acc-a606-7da6b107a435/oauth2/v2.0/token'
    )
    expect(factOf(setup, 'SASL string')?.value).toBe('base64("user=" + user name + "^Aauth=Bearer " + token + "^A^A")')
    expect(factOf(setup, 'SASL string for this mailbox')?.value).toBe(
      "user=o'neil@contoso.example^Aauth=Bearer <token>^A^A"
    )
  })

  test('gives every value alone, with a button to copy it', () => {
    const { facts } = panel(setupWith({ protocols: ['IMAP', 'POP', 'SMTP'] }), 'facts')
    expect(facts.length).toBeGreaterThan(15)
    for (const { label, copy } of facts) expect([label, copy]).toEqual([label, true])
  })

  test('tells of POP’s two lines where POP was chosen, and only there', () => {
    const note = (setup: Setup) => factOf(setup, 'SASL string for this mailbox')?.note
    expect(note(setupWith({ protocols: ['POP'] }))).toContain('send the string on a line of its own')
    expect(note(setupWith())).not.toContain('POP')
  })

  test('says of every value that no source confirms that none does', () => {
    const cloud = { ...chinaCloud, unconfirmed: ['outlookScope', 'imap', 'smtp'] }
    for (const label of ['Scope', 'IMAP server', 'SMTP server'])
      expect(factOf(setupWith({ cloud }), label)?.note).toBe('Not confirmed by a Microsoft source.')
    expect(factOf(setupWith(), 'IMAP server')?.note).toBeUndefined()
  })

  test('writes the code for the first mailbox, and for a made-up one where there is none', () => {
    const codeOf = (setup: Setup) => JSON.stringify(panel(setup, 'samples').samples)
    expect(codeOf(setupWith())).toContain('neil@contoso.example')
    expect(codeOf(setupWith({ mailboxes: [] }))).toContain('mailbox@example.com')
  })

  test('says what is left of an entrance, and says it of nobody who never entered', () => {
    for (const wizardClientId of [undefined, commandLineToolsAppId, appId])
      expect(takeBack(setupWith({ wizardClientId }))[0]).toMatch(/^If you entered the tenant here, /)
  })

  test('names every permission that may have been allowed to Command Line Tools, but for reading who one is', () => {
    const asked = [
      ...permissionsOf(steps),
      ...permissionsToRead,
      ...steps.flatMap(step => step.permissionsIfRefused ?? []),
      pickerPermission
    ].filter(name => name !== 'User.Read')
    const says = takeBack(setupWith({ wizardClientId: commandLineToolsAppId })).join(' ')
    for (const name of asked) expect(says).toContain(name)
    expect(says.match(/\w+\.[\w.]+\.All/g)).toHaveLength(new Set(asked).size)
  })

  test('gives nothing to enter while there is no application', () => {
    const kinds = panelsOf(setupWith({ found: () => undefined })).map(({ kind }) => kind)
    expect(kinds).toEqual(['notice', 'notice'])
  })
})
