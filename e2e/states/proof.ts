// The test of the connection in every state, and the receipts on the pages of Exchange.
import { expect } from '@playwright/test'
import type { Walk } from './walk.ts'

const mailboxes = ['invoices@contoso.example', 'scanner@contoso.example']

export async function proof({ wizard, practice, visit }: Walk) {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  const secret = await wizard.readSecret()
  await wizard.secretIsStored()
  await wizard.open(`${setup}/test-the-connection`)
  await visit('test-without-mailboxes')
  await wizard.open(`${setup}/register-in-exchange`)
  await wizard.pasteReceipt(
    'AppId    : 58d827e0-c69c-401f-8deb-b1224d129dc8\nObjectId : bf822882-b0bf-4acc-a606-7da6b107a435'
  )
  await visit('receipt-of-another')
  const { applications, enterprise } = await practice.left()
  const [application, principal] = [applications[0], enterprise[0]]
  if (!application || !principal) throw new Error('The wizard has left no application')
  await wizard.pasteReceipt(
    `AppId    : ${application.appId}\nObjectId : ${application.id}\nDisplayName : Invoice reader`
  )
  await expect(wizard.problem('Exchange knows the application by another Object ID')).toBeVisible()
  await visit('receipt-wrong-object-id')
  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes(mailboxes.join('\n'))
  await wizard.open(`${setup}/test-the-connection`)
  await visit('test-fresh')
  await wizard.test('Test the connection')
  await visit('test-refused')
  await wizard.link(/^Why SMTP invoices/).click()
  await expect(wizard.page.getByRole('heading', { name: 'SMTP for invoices@contoso.example' })).toBeVisible()
  await visit('test-why')
  await practice.exchange({ servicePrincipal: { appId: application.appId, objectId: principal.id } })
  for (const mailbox of mailboxes) {
    await practice.exchange({ grant: { mailbox, appId: application.appId, fullAccess: true } })
    await practice.exchange({
      mailbox: { address: mailbox, smtpClientAuthenticationDisabled: mailbox === mailboxes[0] ? null : false }
    })
  }
  await wizard.test('Test everything again')
  await visit('test-one-named')
  await wizard.link('Test again every 5 minutes while this page is open').click()
  await visit('test-by-itself')
  await practice.exchange({ mailbox: { address: 'invoices@contoso.example', smtpClientAuthenticationDisabled: false } })
  await wizard.test('Test again what failed')
  await visit('test-logins-accepted')
  await wizard.press('Send 2 test messages')
  await expect(wizard.result('SMTP', 'scanner@contoso.example')).toContainText('message accepted')
  await visit('test-proved')
  await wizard.field('Value of the client secret').fill(`x${secret}`)
  await wizard.press('Use it for the test')
  await expect(wizard.errors).toBeVisible()
  await visit('test-secret-refused')
  await wizard.field('Show').selectOption('failed')
  await wizard.press('Show these')
  await visit('test-none-fits')
  await wizard.open(`${setup}/connect-your-program`)
  for (const line of await wizard.page.locator('main summary').all()) await line.click()
  await visit('connect-unfolded')
}
