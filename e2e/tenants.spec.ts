// Several tenants: a setup belongs to one and cannot be continued in another; guests and partners name the client.
import { tenantIds } from '../practice-tenant/worlds/people.ts'
import { ConsolePage } from './console-page.ts'
import { expect, test } from './test.ts'
import { WizardPage } from './wizard-page.ts'

test('a setup of one tenant entered with an account of another is refused, and nothing is read there', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await practice.allowTheWizard('fabrikam.example')
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()

  // From here on nothing is read; what the story before this one still read does not count.
  await practice.clearRequests()
  await wizard.enterWithAnotherAccount()
  await wizard.microsoft.openOtherAccounts()
  await wizard.microsoft.pick('Fatima Rossi')
  await expect(wizard.microsoft.refusal('AADSTS50020')).toBeVisible()
  await wizard.open(setup)
  await wizard.expectStep('register-the-application')
  await expect(wizard.button(/^Enter your tenant as /)).toBeVisible()
  expect((await practice.requests()).count).toBe(0)
})

test('a way back that leads into another tenant than the setup names meanwhile is refused, and nothing is read', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard('fabrikam.example')
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.enterWithAnotherAccount()
  await expect(wizard.microsoft.accounts).toBeVisible()

  const second = new WizardPage(await context.newPage())
  await second.open(setup)
  await second.lookUpTenant('contoso.example')
  await expect(second.notice('Saved')).toBeVisible()

  await wizard.microsoft.pick('Fatima Rossi')
  await expect(wizard.notice('That account belongs to another tenant')).toBeVisible()
  await expect(wizard.notice('Nothing was read in the other tenant')).toBeVisible()
  await expect(wizard.tenantBar).toContainText('contoso.example')
  expect((await practice.requests()).count).toBe(0)
})

test('a second setup entered in another tenant keeps apart from the first', async ({ wizard, practice }) => {
  await practice.allowTheWizard()
  await practice.allowTheWizard('fabrikam.example')
  await wizard.signIn('Noor Haddad')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterWithAnotherAccount()
  await wizard.microsoft.pick('Ada Lindqvist')
  await wizard.expectStep('find-the-tenant')
  await expect(wizard.tenantBar).toContainText('Contoso Ltd')

  await wizard.open('/setups')
  const other = await wizard.begin({ name: 'Order reader' })
  await wizard.enterWithAnotherAccount()
  await wizard.microsoft.pick('Fatima Rossi')
  await wizard.expectStep('find-the-tenant')
  await expect(wizard.tenantBar).toContainText('Fabrikam Inc')
  await wizard.doAll()
  await wizard.secretIsStored()

  await wizard.open(setup)
  await expect(wizard.tenantBar).toContainText('Contoso Ltd')
  expect((await practice.left()).applications).toHaveLength(0)
  expect((await practice.left('fabrikam.example')).applications.map(one => one.displayName)).toEqual(['Order reader'])
  await wizard.open('/setups')
  await expect(wizard.page.getByRole('listitem').filter({ hasText: 'Invoice reader' })).toContainText('Contoso Ltd')
  await expect(wizard.page.getByRole('listitem').filter({ hasText: 'Order reader' })).toContainText('Fabrikam Inc')
  expect(other).not.toBe(setup)

  // Who it was, and with whose account.
  await wizard.open(`${other}/diary`)
  const entry = (says: string) => wizard.page.getByRole('listitem').filter({ hasText: says })
  for (const says of ['Entered the tenant', 'Create the application Order reader'])
    await expect(entry(says)).toContainText(', noor@northwind.example as fatima@fabrikam.example,')
  await expect(entry('Create the application Order reader')).toHaveCount(1)
})

test('a guest enters the client’s tenant by its domain, and the scripts, run as the guest, land in that tenant', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard('fabrikam.example')
  await wizard.signIn('Noor Haddad')
  await wizard.begin({ name: 'Order reader' })
  await wizard.lookUpTenant('orders@fabrikam.example')
  await expect(wizard.fact('Directory (tenant) ID')).toContainText(tenantIds.fabrikam)
  await wizard.enterWithAnotherAccount()
  await wizard.microsoft.pick('Noor Haddad')
  await wizard.expectStep('find-the-tenant')
  await expect(wizard.tenantBar).toContainText('Fabrikam Inc')
  await wizard.doAll()
  await wizard.secretIsStored()
  const script = wizard.script('The script for this step')
  await expect(script).toContainText("-UserPrincipalName 'noor@northwind.example'")
  await expect(script).toContainText("-DelegatedOrganization 'fabrikampractice.onmicrosoft.com'")
  const console = new ConsolePage(await context.newPage())
  await console.run(practice.http, await script.innerText(), 'noor@northwind.example')
  expect(await console.receipt()).toMatchObject({ tenantId: tenantIds.fabrikam, principal: 'created', failed: 0 })

  await wizard.itRanThen('open-the-mailboxes')
  await wizard.fillMailboxes('orders@fabrikam.example')
  await console.run(practice.http, await script.innerText(), 'noor@northwind.example')
  expect(await console.receipt()).toMatchObject({ tenantId: tenantIds.fabrikam, granted: 1, failed: 0 })
  const { enterprise, grants, exchange } = await practice.left('fabrikam.example')
  expect(grants).toHaveLength(3)
  expect(exchange?.servicePrincipals.map(one => one.objectId)).toEqual([enterprise[0]?.id])
  expect(exchange?.recipients['orders@fabrikam.example']?.grants).toHaveLength(1)
  expect((await practice.left('northwind.example')).applications).toHaveLength(0)
})

test('a script for one tenant, run by an admin of another, stops before it writes', async ({
  wizard,
  practice,
  context
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  await wizard.doEntra()
  const console = new ConsolePage(await context.newPage())
  const script = await wizard.script('The script for this step').innerText()
  await console.run(practice.http, script, 'fatima@fabrikam.example')
  await expect(console.ending).toContainText('The script showed errors.')
  await expect(console.output).toContainText('Nothing was changed')
  expect((await practice.left('fabrikam.example')).exchange?.servicePrincipals).toEqual([])
  expect((await practice.left()).exchange?.servicePrincipals).toEqual([])
})
