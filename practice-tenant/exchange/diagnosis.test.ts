// The diagnosis and the scripts for one fix, run as the product prints them, and what their receipts are evidence of.
import { describe, expect, it } from 'vitest'
import { diagnosisScript } from '../../lib/powershell/diagnosis.ts'
import type { ExchangeEvidence, MailboxEvidence } from '../../lib/powershell/evidence.ts'
import { evidenceOf } from '../../lib/powershell/output/evidence.ts'
import { judge } from '../../lib/powershell/output/judge.ts'
import { readOutput } from '../../lib/powershell/output/read.ts'
import { type PowerShell, textOf } from '../../lib/powershell/quote.ts'
import { repairScript } from '../../lib/powershell/repair.ts'
import { mailboxesScript, registerScript, undoScript, wholeScript } from '../../lib/powershell/script.ts'
import type { ScriptInput } from '../../lib/powershell/script-input.ts'
import { sendAsScript } from '../../lib/powershell/send-as.ts'
import { switchesScript } from '../../lib/powershell/switches.ts'
import { addRecipient } from './state.ts'
import { openTestWindow, sample, type TestWindow } from './testing.ts'

const wrong = '11111111-2222-4333-8444-555555555555'
const invoices = 'invoices@contoso.example'
const scanner = 'scanner@contoso.example'
const input = (window: TestWindow, more: Partial<ScriptInput> = {}): ScriptInput => ({
  setupId: 'setup-1',
  name: 'Invoice reader',
  tenantId: window.contoso.id,
  initialDomain: 'contosopractice.onmicrosoft.com',
  ...sample,
  protocols: ['IMAP', 'POP', 'SMTP'],
  mailboxes: [invoices],
  admin: 'ada@contoso.example',
  ...more
})

type Make = (input: ScriptInput) => PowerShell
type Edition = '5.1' | '7.6'

/** Runs a script and reads its receipt back: the only look of its output. */
async function lookOf(window: TestWindow, make: Make, more: Partial<ScriptInput> = {}, edition: Edition = '7.6') {
  const given = input(window, more)
  const result = window.run(textOf(make(given)), { edition })
  expect(result.failed).toBe(false)
  const expected = { ...sample, tenantId: window.contoso.id, setupId: 'setup-1', mailboxes: given.mailboxes }
  const looks = await evidenceOf(readOutput(result.output), expected, '2026-08-20T09:31:00.000Z')
  expect(looks).toHaveLength(1)
  const verdicts = await judge(readOutput(result.output), { ...expected, applicationObjectId: wrong })
  return { look: looks[0] as ExchangeEvidence, verdicts }
}

/** What a diagnosis says, and that it changed nothing. */
async function diagnose(window: TestWindow, more: Partial<ScriptInput> = {}, edition: Edition = '7.6') {
  const changes = window.changes()
  const state = JSON.stringify(window.exchange)
  const found = await lookOf(window, diagnosisScript, more, edition)
  expect(window.changes()).toBe(changes)
  expect(JSON.stringify(window.exchange)).toBe(state)
  expect(found.look).toMatchObject({ script: 'diagnosis', changed: false })
  const verdicts = found.verdicts.filter(({ kind }) => kind !== 'right')
  return { ...found, notRight: verdicts.map(({ about, kind, subject }) => `${about} ${kind} ${subject}`), verdicts }
}

/** A window where the whole script ran. */
function ready(more: Partial<ScriptInput> = {}): TestWindow {
  const window = openTestWindow()
  expect(window.run(textOf(wholeScript(input(window, more)))).failed).toBe(false)
  return window
}

const sidOf = (window: TestWindow) => window.exchange.servicePrincipals[0]?.sid
/** What the whole script leaves behind. */
const open: MailboxEvidence = {
  address: invoices,
  recipient: 'mailbox',
  grant: true,
  imap: true,
  pop: true,
  smtpAuth: true,
  sendAs: false
}

describe.each(['5.1', '7.6'] as const)('the diagnosis in PowerShell %s', edition => {
  it('where everything is right says exactly that', async () => {
    const window = ready()
    const { look, notRight } = await diagnose(window, {}, edition)
    expect(look).toMatchObject({
      principals: [{ objectId: sample.objectId, sid: sidOf(window) }],
      smtpAuthOfOrganization: false,
      mailboxes: [open],
      granted: { count: 1 },
      failures: []
    })
    expect(look.mailboxes).toEqual([open])
    expect(notRight).toEqual([])
  })

  it('where Exchange does not know the application says that, and still what the mailbox is', async () => {
    const { look, notRight } = await diagnose(openTestWindow(), {}, edition)
    expect(look.principals).toEqual([])
    const { grant: _, sendAs: __, ...rest } = open
    expect(look.mailboxes).toEqual([{ ...rest, smtpAuth: null }])
    expect(notRight).toEqual([
      `principal wrong ${sample.appId}`,
      `mailbox not-shown ${invoices}`,
      `switches wrong ${invoices}`
    ])
  })

  it('pasted line by line says the same', async () => {
    const window = ready()
    const { output } = window.run(textOf(diagnosisScript(input(window))), { edition, how: 'lines' })
    const [look] = await evidenceOf(readOutput(output), sample, '2026-08-20T09:31:00.000Z')
    expect(look?.mailboxes).toEqual([open])
  })
})

describe('the diagnosis', () => {
  it('names a wrong Object ID, and whose it is', async () => {
    const window = ready({ objectId: wrong })
    const { look, verdicts, notRight } = await diagnose(window)
    expect(look.principals).toEqual([{ objectId: wrong, sid: sidOf(window) }])
    expect(notRight).toEqual([`principal wrong ${sample.appId}`, `mailbox wrong ${invoices}`])
    expect(verdicts[0]?.is).toBe('application-object-id')
  })

  it.each([
    ['IMAP', { imap: false }, { imapEnabled: false }],
    ['POP', { pop: false }, { popEnabled: false }],
    ['SMTP AUTH', { smtpAuth: false }, { smtpClientAuthenticationDisabled: true }]
  ])('shows %s off for a mailbox, and nothing else', async (name, seen, state) => {
    const window = ready()
    Object.assign(window.recipient(invoices), state)
    const { look, verdicts, notRight } = await diagnose(window)
    expect(look.mailboxes).toEqual([{ ...open, ...seen }])
    expect(notRight).toEqual([`switches wrong ${invoices}`])
    expect(verdicts[0]?.says).toBe(`Off for this mailbox: ${name}.`)
  })

  it('tells SMTP AUTH that follows the organization from its own value, and the organization from both', async () => {
    const window = ready()
    window.recipient(invoices).smtpClientAuthenticationDisabled = null
    const off = await diagnose(window)
    expect(off.look).toMatchObject({ smtpAuthOfOrganization: false, mailboxes: [{ ...open, smtpAuth: null }] })
    expect(off.notRight).toEqual([`switches wrong ${invoices}`])
    window.exchange.transport.smtpClientAuthenticationDisabled = false
    const on = await diagnose(window)
    expect(on.look).toMatchObject({ smtpAuthOfOrganization: true, mailboxes: [{ ...open, smtpAuth: null }] })
    expect(on.notRight).toEqual([])
  })

  it('shows a grant that is missing, one that is denied, and one to somebody of the same name', async () => {
    const window = ready()
    const box = window.recipient(invoices)
    const [grant] = box.grants
    box.grants = []
    expect((await diagnose(window)).look.mailboxes).toEqual([{ ...open, grant: false }])
    const twin = addRecipient(window.exchange, { address: 'twin@contoso.example', displayName: 'Invoice reader' })
    box.grants = [{ sid: twin.sid, rights: ['FullAccess'], deny: false, autoMapping: false }]
    expect((await diagnose(window)).look.mailboxes).toEqual([{ ...open, grant: false }])
    box.grants = grant ? [grant, { ...grant, deny: true }] : []
    const denied = await diagnose(window)
    expect(denied.look.mailboxes).toEqual([{ ...open, grant: false, denied: true }])
    expect(denied.verdicts[0]?.says).toContain('a denial wins')
  })

  it('shows Send As where the application has it', async () => {
    const window = ready()
    window.recipient(invoices).sendAs = [sidOf(window) ?? '']
    expect((await diagnose(window)).look.mailboxes).toEqual([{ ...open, sendAs: true }])
  })

  it('tells a mail user, a group and an unknown address from mailboxes, and goes on', async () => {
    const mailboxes = ['legacy@contoso.example', 'nobody@contoso.example', 'sales@contoso.example', invoices]
    const { look, notRight } = await diagnose(ready(), { mailboxes })
    expect(look.mailboxes).toEqual([
      open,
      { address: 'legacy@contoso.example', recipient: 'elsewhere' },
      { address: 'nobody@contoso.example', recipient: 'none' },
      { address: 'sales@contoso.example', recipient: 'group' }
    ])
    expect(look.failures).toEqual([])
    expect(notRight).toEqual(mailboxes.slice(0, 3).map(mailbox => `mailbox wrong ${mailbox}`))
  })

  it('notes what it cannot tell, and goes on', async () => {
    const window = ready()
    addRecipient(window.exchange, {
      address: 'a@contoso.example',
      displayName: 'Twin',
      otherAddresses: ['both@contoso.example']
    })
    addRecipient(window.exchange, {
      address: 'b@contoso.example',
      displayName: 'Twin',
      otherAddresses: ['both@contoso.example']
    })
    const { look, notRight } = await diagnose(window, { mailboxes: ['both@contoso.example', invoices] })
    expect(look.mailboxes).toEqual([open])
    expect(look.failures[0]).toContain('both@contoso.example: ')
    expect(notRight).toEqual(['mailbox not-shown both@contoso.example'])
  })

  it('without mailboxes looks at the entry and the organization', async () => {
    const { look } = await diagnose(ready(), { mailboxes: [] })
    expect(look).toMatchObject({
      principals: [{ objectId: sample.objectId }],
      smtpAuthOfOrganization: false,
      mailboxes: []
    })
  })

  it('in the wrong tenant, or without the role, stops before it looks', () => {
    const window = ready()
    for (const as of ['noor@northwind.example', 'dev@contoso.example']) {
      const { exitCode, output } = window.run(textOf(diagnosisScript(input(window))), { as })
      expect(exitCode).toBe(1)
      expect(output).not.toContain('BEGIN MAIL OAUTH RECEIPT')
    }
  })

  it('of more than 200 mailboxes says how many are open, and writes the rest to a file that is read as well', async () => {
    const window = openTestWindow()
    const mailboxes = Array.from({ length: 201 }, (_, index) => `box${index}@contoso.example`)
    for (const address of mailboxes) addRecipient(window.exchange, { address, displayName: address })
    window.run(textOf(wholeScript(input(window, { mailboxes }))))
    const { look, verdicts } = await lookOf(window, diagnosisScript, { mailboxes })
    expect(look).toMatchObject({ mailboxes: [], granted: { count: 201 } })
    expect(verdicts.map(({ kind }) => kind)).toEqual(['right', 'right', 'right', 'not-shown'])
    const [file] = window.run(textOf(diagnosisScript(input(window, { mailboxes })))).files
    const [detailed] = await evidenceOf(readOutput(file?.text ?? ''), sample, '2026-08-20T09:31:00.000Z')
    expect(detailed?.mailboxes).toHaveLength(201)
    expect(detailed?.mailboxes[0]).toMatchObject({ recipient: 'mailbox', grant: true })
  })
})

describe('a script for one fix', () => {
  /** The fix mends it, a second run writes nothing, and the diagnosis afterwards finds nothing wrong. */
  async function mends(window: TestWindow, make: Make, more: Partial<ScriptInput> = {}) {
    const first = await lookOf(window, make, more)
    expect(first.look.changed).toBe(true)
    const changes = window.changes()
    const second = await lookOf(window, make, more)
    expect(second.look.changed).toBe(false)
    expect(window.changes()).toBe(changes)
    expect((await diagnose(window, more)).notRight).toEqual([])
    return first
  }

  it('turns on what is off for the mailbox, of the chosen protocols, and leaves the organization alone', async () => {
    const window = ready()
    Object.assign(window.recipient(invoices), {
      imapEnabled: false,
      popEnabled: false,
      smtpClientAuthenticationDisabled: true
    })
    const { look, verdicts } = await mends(window, switchesScript, { protocols: ['IMAP', 'SMTP'] })
    expect(look.mailboxes).toEqual([{ address: invoices, recipient: 'mailbox', imap: true, smtpAuth: true }])
    expect(verdicts.at(-1)?.says).toBe('Turned on for this mailbox: IMAP, SMTP AUTH.')
    expect(window.recipient(invoices).popEnabled).toBe(false)
    expect(window.exchange.transport.smtpClientAuthenticationDisabled).toBe(true)
  })

  it('turns on SMTP AUTH where only the organization has it off', async () => {
    const window = ready()
    window.recipient(invoices).smtpClientAuthenticationDisabled = null
    await mends(window, switchesScript)
    expect(window.recipient(invoices).smtpClientAuthenticationDisabled).toBe(false)
  })

  it('leaves SMTP AUTH that follows an organization where it is on', async () => {
    const window = openTestWindow()
    window.exchange.transport.smtpClientAuthenticationDisabled = false
    const { look } = await lookOf(window, switchesScript)
    expect(look).toMatchObject({ changed: false, principals: [], smtpAuthOfOrganization: true })
    expect(look.mailboxes[0]?.smtpAuth).toBeNull()
    expect(window.changes()).toBe(0)
  })

  it('goes on past what is no mailbox, and says so', async () => {
    const window = ready()
    window.recipient(invoices).imapEnabled = false
    const { look, verdicts } = await lookOf(window, switchesScript, { mailboxes: ['legacy@contoso.example', invoices] })
    expect(look.failures[0]).toContain('legacy@contoso.example: ')
    expect(look.mailboxes.map(({ address }) => address)).toEqual([invoices])
    expect(verdicts.filter(({ about }) => about === 'switches').map(({ kind }) => kind)).toEqual(['wrong', 'right'])
  })

  it('gives Send As where it is missing', async () => {
    const window = ready()
    const { look } = await mends(window, sendAsScript)
    expect(look.mailboxes).toEqual([{ address: invoices, sendAs: true }])
    expect(window.recipient(invoices).sendAs).toEqual([sidOf(window)])
  })

  it('gives Send As to nobody while Exchange does not know the application, or by another Object ID', () => {
    for (const window of [openTestWindow(), ready({ objectId: wrong })]) {
      const changes = window.changes()
      expect(window.run(textOf(sendAsScript(input(window)))).exitCode).toBe(1)
      expect(window.changes()).toBe(changes)
    }
  })

  it('opens, registers and repairs, each seen in its own receipt', async () => {
    const window = openTestWindow()
    expect((await lookOf(window, registerScript)).look).toMatchObject({
      changed: true,
      principals: [{ objectId: sample.objectId, sid: sidOf(window) }],
      mailboxes: []
    })
    expect((await mends(window, mailboxesScript)).look.mailboxes[0]).toMatchObject({ grant: true, smtpAuth: true })
    const broken = ready({ objectId: wrong })
    const { look } = await mends(broken, repairScript)
    expect(look.principals).toEqual([{ objectId: sample.objectId, sid: sidOf(broken) }])
  })

  it('that takes everything back leaves no entry and no grant', async () => {
    const { look } = await lookOf(ready(), undoScript)
    expect(look).toMatchObject({ principals: [], changed: true })
    expect(look.mailboxes).toEqual([{ address: invoices, recipient: 'mailbox', grant: false, sendAs: false }])
    const again = await lookOf(openTestWindow(), undoScript, { mailboxes: [invoices, scanner] })
    expect(again.look).toMatchObject({ principals: [], changed: false })
  })
})
