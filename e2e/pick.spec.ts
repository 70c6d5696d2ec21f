// Picking mailboxes from the directory: asked for when it is opened, searched, ticked, added to the list.
import { expect, test } from './test.ts'
import type { WizardPage } from './wizard-page.ts'

async function reachTheMailboxes(wizard: WizardPage): Promise<string> {
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.enterMyTenant(true)
  await wizard.doAll()
  await wizard.readSecret()
  await wizard.secretIsStored()
  await wizard.itRanThen('open-the-mailboxes')
  return setup
}

test('the directory is read only after one more permission, and what is ticked joins the list', async ({
  wizard,
  practice
}) => {
  const setup = await reachTheMailboxes(wizard)
  await wizard.fillMailboxes('legacy@contoso.example')
  await practice.clearRequests()
  await wizard.open(`${setup}/open-the-mailboxes/pick`)
  await expect(wizard.title('Pick mailboxes from the directory')).toBeVisible()
  expect((await practice.requests()).requests).toEqual([])

  await wizard.press(/^Continue as ada@/)
  await expect(wizard.microsoft.consent).toBeVisible()
  await expect(wizard.page.getByText('User.ReadBasic.All')).toBeVisible()
  await expect(wizard.page.getByText('Application.ReadWrite.All')).toHaveCount(0)
  await wizard.microsoft.accept()

  await wizard.page.getByRole('searchbox', { name: 'Search' }).fill('inv')
  await wizard.press('Search')
  await wizard.page.getByRole('checkbox', { name: 'Invoices' }).check()
  await wizard.press('Add to the list')
  await expect(wizard.notice('One address was added')).toBeVisible()
  await expect(wizard.page.getByRole('checkbox', { name: 'Invoices' })).toHaveCount(0)
  await wizard.follow('Back to Open the mailboxes')
  await expect(wizard.field('Mailboxes')).toHaveValue('legacy@contoso.example\ninvoices@contoso.example')
})

test('a CSV file of Windows PowerShell takes the place of a mailbox that is only suggested, and joins a saved list', async ({
  wizard
}) => {
  await reachTheMailboxes(wizard)
  await expect(wizard.field('Mailboxes')).toHaveValue('ada@contoso.example')
  const type = '#TYPE Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox'
  await wizard.uploadMailboxes(`${type}\r\n"Name","PrimarySmtpAddress"\r\n"Invoices","Invoices@contoso.example"\r\n`)
  await expect(wizard.field('Mailboxes')).toHaveValue('invoices@contoso.example')
  await expect(wizard.notice(/ada@contoso\.example was only a suggestion/)).toBeVisible()
  await wizard.uploadMailboxes('sep=;\r\nName;Mail\r\nScanner;scanner@contoso.example\r\n')
  await expect(wizard.field('Mailboxes')).toHaveValue('invoices@contoso.example\nscanner@contoso.example')
})

test('picking with another account leaves the wizard’s own way into the tenant as it was', async ({
  wizard,
  practice
}) => {
  const setup = await reachTheMailboxes(wizard)
  await wizard.open(`${setup}/open-the-mailboxes/pick`)
  await wizard.press('Continue with another account')
  await wizard.microsoft.pick('Chloe Martin')
  await wizard.microsoft.accept()
  await expect(wizard.page.getByRole('checkbox', { name: 'Invoices' })).toBeVisible()
  await practice.clearRequests()
  await wizard.open(`${setup}/register-the-application`)
  await wizard.lookAgain()
  const { requests } = await practice.requests()
  expect(requests.length).toBeGreaterThan(0)
  expect(requests.filter(({ status }) => status >= 400)).toEqual([])
  await expect(wizard.link('Continue')).toBeVisible()
})

test('no other step has a directory, and nobody else’s setup has one', async ({ wizard, openBrowser }) => {
  const setup = await reachTheMailboxes(wizard)
  await wizard.open(`${setup}/find-the-tenant/pick`)
  await expect(wizard.title('Page not found')).toBeVisible()
  const other = await openBrowser()
  await other.signIn('Ben Okafor')
  await other.open(`${setup}/open-the-mailboxes/pick`)
  await expect(other.title('Page not found')).toBeVisible()
})
