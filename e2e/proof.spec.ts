// The proof: real logins, a gate that is shut and named, its script, and green again.
import { setTimeout } from 'node:timers/promises'
import { ConsolePage } from './console-page.ts'
import { expect, test } from './test.ts'
import type { WizardPage } from './wizard-page.ts'

const invoices = 'invoices@contoso.example'
const admin = 'ada@contoso.example'

/** Until it is taken back. */
const noToken = [{ match: { path: '/oauth2/v2.0/token' }, kind: 'lost-request', times: 100 }] as const

type Ready = { console: ConsolePage; secret: string }

/** A setup whose two Exchange scripts ran and whose receipts were pasted; the page of the test is open. */
async function untilTheTest(
  wizard: WizardPage,
  http: string,
  newPage: () => Promise<ConsolePage['page']>
): Promise<Ready> {
  await wizard.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await wizard.signIn('Ada Lindqvist')
  const { secret } = await wizard.doEntra({ name: 'Invoice reader' })
  const console = new ConsolePage(await newPage())
  const runScript = async (label: string) => {
    await console.run(http, await wizard.copy(label), admin)
    await console.expectNoErrors()
    await wizard.pasteReceipt(await console.output.innerText())
  }
  await runScript('The script for this step')
  await expect(wizard.fact('Object ID in Exchange')).toBeVisible()
  await wizard.continueTo('open-the-mailboxes')
  await wizard.fillMailboxes(invoices)
  await runScript('The script for this step')
  await expect(wizard.fact('Mailboxes that are open')).toContainText('1')
  await wizard.continueTo('test-the-connection')
  await wizard.test('Test the connection')
  return { console, secret }
}

test('from the scripts’ receipts to green; what breaks is named by a diagnosis, and its script mends it', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard()
  const { console, secret } = await untilTheTest(wizard, practice.http, () => context.newPage())
  await expect(wizard.result('IMAP', invoices)).toContainText('Proved')
  await expect(wizard.result('IMAP', invoices)).toContainText('messages in the inbox')
  await expect(wizard.result('POP', invoices)).toContainText('Proved')
  await expect(wizard.result('SMTP', invoices)).toContainText('login accepted, sending not proved')
  await expect(wizard.fact('Permissions (roles)')).toContainText('IMAP.AccessAsApp')
  await practice.faults(noToken)
  await wizard.press('Send a test message')
  await expect(wizard.problem('Microsoft’s token endpoint did not answer')).toBeVisible()
  await practice.faults([])
  await wizard.press('Send a test message')
  await expect(wizard.result('SMTP', invoices)).toContainText('login and message accepted')
  expect((await practice.mail()).submissions).toMatchObject([{ from: invoices, to: [invoices], outcome: 'accepted' }])
  expect((await practice.mail()).changes).toEqual([])

  // Everything is proved, so the secret is gone; then somebody takes the mailbox away.
  const { applications } = await practice.left()
  const appId = applications[0]?.appId ?? ''
  await practice.exchange({ grant: { mailbox: invoices, appId, fullAccess: false } })
  await wizard.giveSecret(secret)
  await wizard.test('Test everything again')
  await expect(wizard.result('IMAP', invoices)).toContainText('Refused')
  await expect(wizard.page.getByRole('heading', { name: 'Which gate is shut' })).toBeVisible()
  const named = wizard.page.getByRole('heading', { level: 3, name: 'The mailbox is not open to the application' })
  await expect(named).toHaveCount(0)
  await console.run(practice.http, await wizard.copy('Find the shut gate'), admin)
  await wizard.pasteReceipt(await console.output.innerText())
  await expect(named).toBeVisible()

  await console.run(practice.http, await wizard.copy('Open these mailboxes'), admin)
  await console.expectNoErrors()
  await wizard.pasteReceipt(await console.output.innerText())
  await wizard.test('Test again what failed')
  await expect(wizard.result('IMAP', invoices)).toContainText('Proved')
  await expect(wizard.result('POP', invoices)).toContainText('Proved')
})

test('a wrong Object ID in Exchange is named by a pasted output, mended by the repair script, and then proved', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await wizard.signIn('Ada Lindqvist')
  const { setup } = await wizard.doEntra({ name: 'Invoice reader' })
  const { applications, enterprise } = await practice.left()
  const [appId, own, right] = [applications[0]?.appId, applications[0]?.id, enterprise[0]?.id]
  // As the tutorials' readers do it: the application's own Object ID.
  const console = new ConsolePage(await context.newPage())
  const byHand = `Connect-ExchangeOnline -ShowBanner:$false
New-ServicePrincipal -AppId ${appId} -ObjectId ${own} -DisplayName 'Invoice reader'
Get-ServicePrincipal | Format-List AppId,ObjectId,DisplayName,Sid`
  await console.run(practice.http, byHand, admin)
  await wizard.pasteReceipt(await console.output.innerText())
  await expect(wizard.problem('Exchange knows the application by another Object ID')).toBeVisible()
  await expect(wizard.page.getByText('the one that App registrations shows').first()).toBeVisible()

  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes(invoices)
  await wizard.open(`${setup}/test-the-connection`)
  await wizard.test('Test the connection')
  await expect(
    wizard.page.getByRole('heading', { level: 3, name: 'Exchange Online has another Object ID' })
  ).toBeVisible()
  await console.run(practice.http, await wizard.copy('Give Exchange the right Object ID'), admin)
  await console.expectNoErrors()
  await wizard.pasteReceipt(await console.output.innerText())
  await wizard.test('Test again what failed')
  await expect(wizard.result('IMAP', invoices)).toContainText('Proved')
  expect((await practice.left()).exchange?.servicePrincipals).toMatchObject([{ appId, objectId: right }])
  await wizard.open(`${setup}/register-in-exchange`)
  await expect(wizard.fact('Object ID in Exchange')).toContainText('Proved by a login')
})

test('while the page is open it tests again by itself, waits while somebody types, and turns green when the gate opens', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await wizard.page.clock.install()
  await wizard.signIn('Ada Lindqvist')
  const { setup } = await wizard.doEntra({ name: 'Invoice reader', without: ['POP', 'SMTP'] })
  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes(invoices)
  const { applications, enterprise } = await practice.left()
  const [appId = '', objectId = ''] = [applications[0]?.appId, enterprise[0]?.id]
  await practice.exchange({ servicePrincipal: { appId, objectId } })
  await wizard.open(`${setup}/test-the-connection`)
  await practice.faults(noToken)
  await wizard.press('Test the connection')
  await expect(wizard.fact('Token')).toContainText('No answer')
  await wizard.testByItself()
  await wizard.passFiveMinutes()
  await wizard.page.waitForURL(/[?&]tested=1/)
  await wizard.expectNextRound()
  await practice.faults([])
  await wizard.passFiveMinutes()
  await expect(wizard.result('IMAP', invoices)).toContainText('Refused')
  await wizard.expectNextRound()
  const rounds = async () => (await practice.logins()).map(({ outcome }) => outcome)
  await practice.clearMail()
  await wizard.passFiveMinutes()
  await expect.poll(rounds).toEqual(['refused'])
  await wizard.expectNextRound()
  await wizard.passFiveMinutes()
  await expect.poll(rounds).toEqual(['refused', 'refused'])
  await wizard.expectNextRound()

  await practice.exchange({ grant: { mailbox: invoices, appId, fullAccess: true } })
  await wizard.press('Show these')
  await wizard.page.waitForURL(/[?&]show=all/)
  await wizard.expectNextRound()
  await wizard.follow(/^Why IMAP/)
  await wizard.page.waitForURL(/[?&]why=/)
  await wizard.expectNextRound()
  for (const label of ['What the PowerShell window shows', 'Part of an address']) {
    await wizard.field(label).fill('half a word')
    await wizard.passFiveMinutes()
    await expect(wizard.button('Test again what failed')).toBeVisible()
    await wizard.field(label).clear()
  }
  expect(await rounds()).toHaveLength(2)
  await wizard.passFiveMinutes()
  await expect(wizard.result('IMAP', invoices)).toContainText('Proved')
  expect(await rounds()).toEqual(['refused', 'refused', 'accepted'])
  await expect(wizard.byItself).toHaveCount(0)
})

test('of many mailboxes results come as they are made, and Stop ends the logins far from their end', async ({
  wizard,
  practice
}) => {
  const mailboxes = Array.from({ length: 1_000 }, (_, index) => `box-${index}@contoso.example`)
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const { setup } = await wizard.doEntra({ name: 'Invoice reader', without: ['SMTP'] })
  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes(mailboxes.join('\n'))
  await wizard.open(`${setup}/test-the-connection`)
  await wizard.press('Test the connection')
  await expect(wizard.runLog).toContainText('IMAP box-0@contoso.example: refused: NO AUTHENTICATE failed.')
  await expect(wizard.runLog).toContainText(/\d+ of 2,000 tried: 0 accepted, \d+ failed\./)
  await wizard.stop()
  const stopped = (await practice.logins()).length
  // Long enough for dozens more, if the server went on.
  await setTimeout(3_000)
  expect(await practice.logins()).toHaveLength(stopped)
  expect(stopped).toBeGreaterThan(60)
  expect(stopped).toBeLessThan(1_000)
  await expect(wizard.result('IMAP', 'box-0@contoso.example')).toContainText('Refused')
  await expect(wizard.button('Test again what failed')).toBeVisible()
})

test('results are filtered, and exported without formulas', async ({ wizard, practice }) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const { setup } = await wizard.doEntra({ name: '=Invoice', without: ['SMTP'] })
  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes(`=cmd@contoso.example\n${invoices}\nscanner@contoso.example`)
  await wizard.open(`${setup}/test-the-connection`)
  await wizard.test('Test the connection')
  await wizard.field('Protocol').selectOption('POP')
  await wizard.field('Part of an address').fill('scan')
  await wizard.press('Show these')
  await expect(wizard.page.getByText('1 of 6 results fit.')).toBeVisible()
  await expect(wizard.result('POP', 'scanner@contoso.example')).toContainText('Refused')
  await expect(wizard.result('POP', invoices)).toHaveCount(0)
  const file = await wizard.page.request.get(`${setup}/test-the-connection/results.csv`)
  const text = await file.text()
  expect(file.headers()['content-disposition']).toContain('attachment')
  expect(text.trimEnd().split('\r\n')).toHaveLength(7)
  expect(text).not.toMatch(/(^|,|\n)"?=/)

  const exported = await wizard.page.request.get(`${setup}/diary/export.csv`)
  expect(await exported.text()).toMatch(/Downloaded diary-[\w-]+\.csv/)
  await wizard.page.request.get(`${setup}/diary/export.json`)
  await wizard.page.request.head(`${setup}/test-the-connection/results.csv`)
  await wizard.open(`${setup}/diary`)
  for (const name of [
    /^Downloaded invoice-results\.csv$/,
    /^Downloaded diary-.*\.csv$/,
    /^Downloaded diary-.*\.jsonl$/
  ])
    await expect(wizard.page.getByText(name)).toHaveCount(1)
  const token = wizard.page.getByRole('listitem').filter({ hasText: 'Microsoft gave a token for the application' })
  await expect(token).toContainText(/request ID [\w-]{8,}/)
})
