// Two tabs, or two people, on one setup: one run at a time, and the other is told who and since when.
// The rule it proves: what the second one presses changes nothing, and nothing is there twice.
import { setTimeout } from 'node:timers/promises'
import { expect, test } from './test.ts'
import { WizardPage } from './wizard-page.ts'

const told = /^ada@contoso\.example began it at \d\d:\d\d:\d\d UTC\./

test('while one tab makes the application the other is told who began and when, and makes nothing', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  const other = new WizardPage(await context.newPage())
  await other.open(`${setup}/find-the-tenant`)
  await other.expectLooked()

  const write = { method: 'PATCH', path: '^/v1.0/applications\\(uniqueName=' }
  await practice.faults([{ match: write, kind: 'slow', waitMs: 6_000 }])
  await wizard.doAll()
  await expect.poll(async () => (await practice.requests()).requests.some(({ fault }) => fault === 'slow')).toBe(true)
  await other.doAll()
  await expect(other.notice('Another run is at work on this setup')).toBeVisible()
  await expect(other.notice(told)).toBeVisible()

  await expect(wizard.secretSection).toBeVisible({ timeout: 40_000 })
  await wizard.secretIsStored()
  const left = await practice.left()
  expect(left.applications).toHaveLength(1)
  expect(left.enterprise).toHaveLength(1)
  expect(left.secrets).toHaveLength(1)
  await other.open(`${setup}/find-the-tenant?busy=1`)
  await expect(other.notice('It has ended meanwhile. Carry on.')).toBeVisible()
})

test('while one tab tests the mailboxes the other is told so, and no login is made twice', async ({
  wizard,
  practice,
  context
}) => {
  const mailboxes = Array.from({ length: 300 }, (_, index) => `box-${index}@contoso.example`)
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  await expect(wizard.secretSection).toBeVisible({ timeout: 40_000 })
  await wizard.secretIsStored()
  await wizard.itRanThen('open-the-mailboxes')
  await wizard.fillMailboxes(mailboxes.join('\n'))
  await wizard.itRanThen('test-the-connection')
  const other = new WizardPage(await context.newPage())
  await other.open(`${setup}/test-the-connection`)
  await expect(other.button('Test the connection')).toBeVisible()

  await wizard.press('Test the connection')
  await expect(wizard.runLog).toContainText('Asking Microsoft for a token')
  await other.press('Test the connection')
  await expect(other.notice('Another run is at work on this setup')).toBeVisible()
  await expect(other.notice(told)).toBeVisible()
  await wizard.stop()

  const logins = (await practice.logins()).map(({ protocol, mailbox }) => `${protocol} ${mailbox}`)
  expect(logins.length).toBeGreaterThan(0)
  expect(logins.length).toBeLessThan(3 * mailboxes.length)
  // Long enough for dozens more, if the server went on.
  await setTimeout(3_000)
  expect(await practice.logins()).toHaveLength(logins.length)
  expect(logins).toHaveLength(new Set(logins).size)
})

test('a sign-in in one tab ends the run in the other without a fault, and no secret is lost unseen', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  const other = new WizardPage(await context.newPage())
  await other.open('/setups')
  await other.begin({ name: 'Order reader' })
  await other.enterWithAnotherAccount()
  await expect(other.microsoft.accounts).toBeVisible()

  await practice.faults([{ match: { method: 'POST', path: 'addPassword$' }, kind: 'slow', waitMs: 12_000 }])
  await wizard.doAll()
  await expect
    .poll(async () => (await practice.requests()).requests.some(({ fault }) => fault === 'slow'), { timeout: 30_000 })
    .toBe(true)
  await other.microsoft.pick('Ada Lindqvist')
  await other.expectStep('find-the-tenant')

  await expect(wizard.notice('You signed in in another window')).toBeVisible({ timeout: 40_000 })
  await expect(wizard.page.getByText(/This is a fault of the wizard/)).toHaveCount(0)
  await wizard.carryOnUntilTheSecret()
  await wizard.secretIsStored()
  expect((await practice.left()).secrets).toHaveLength(1)
})

test('a list of mailboxes that was saved in one tab is not replaced unseen by the other', async ({
  wizard,
  context
}) => {
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.open(`${setup}/register-the-application`)
  await wizard.tellIds({
    appId: '11111111-1111-4111-8111-111111111111',
    enterpriseObjectId: '22222222-2222-4222-8222-222222222222'
  })
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.open(`${setup}/open-the-mailboxes`)
  const other = new WizardPage(await context.newPage())
  await other.open(`${setup}/open-the-mailboxes`)
  await wizard.fillMailboxes('ada@contoso.example\nben@contoso.example')

  await other.typeMailboxes('cas@contoso.example')
  const problem = other.page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(problem).toContainText('This list was changed in another window meanwhile, and yours was not saved.')
  await expect(problem).toContainText('Only in the newer list: ada@contoso.example, ben@contoso.example.')
  await expect(other.field('Mailboxes')).toHaveValue('cas@contoso.example')
  await wizard.open(`${setup}/open-the-mailboxes`)
  await expect(wizard.field('Mailboxes')).toHaveValue('ada@contoso.example\nben@contoso.example')

  // With the newer list seen, it is replaced.
  await other.press('Save the mailboxes')
  await expect(problem).toHaveCount(0)
  await expect(other.notice('Saved')).toBeVisible()
  await expect(other.field('Mailboxes')).toHaveValue('cas@contoso.example')
})
