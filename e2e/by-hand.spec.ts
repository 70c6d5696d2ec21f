// The whole walk of somebody who lets no tool into their directory: every step by hand in the portal.
// The rule it keeps: the wizard never enters the tenant, so Microsoft Graph hears nothing at all.
import { PortalPage } from './portal-page.ts'
import { expect, test } from './test.ts'

const permissions = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']

test('every step can be done by hand, and the pasted secret proves the right Object ID', async ({
  wizard,
  practice,
  context
}) => {
  const portal = new PortalPage(await context.newPage(), practice.http)
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })

  await wizard.lookUpTenant('invoices@contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  await expect(wizard.fact('Directory (tenant) ID')).toContainText((await practice.tenant()).id)
  await wizard.continueTo('register-the-application')
  await portal.openAs('Ada Lindqvist')
  await portal.register('Invoice reader')
  const ids = await portal.readIds('Invoice reader')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.enterpriseObjectId })
  await expect(wizard.notice('Saved')).toBeVisible()
  await expect(wizard.notice('The Object ID is unchecked')).toBeVisible()
  await wizard.continueTo('add-permissions')
  await portal.addPermissions(permissions)
  await wizard.doneByHandThen('grant-consent')
  await portal.grantConsent()
  await wizard.doneByHandThen('create-a-secret')
  const secret = await portal.newSecret()
  await wizard.tellSecret(secret.value)
  await expect(wizard.notice('Saved')).toBeVisible()
  await expect(wizard.page.getByText(secret.value)).toHaveCount(0)
  await wizard.continueTo('register-in-exchange')
  await expect(wizard.script('The script for this step')).toContainText(`$objectId = '${ids.enterpriseObjectId}'`)
  await wizard.itRanThen('open-the-mailboxes')
  await wizard.fillMailboxes('invoices@contoso.example')
  await wizard.itRanThen('test-the-connection')
  await wizard.itRanThen('connect-your-program')
  await expect(wizard.fact('Application (client) ID')).toContainText(ids.appId)

  await wizard.goToStep('register-the-application')
  await expect(wizard.notice(/^By a token,/)).toBeVisible()
  await expect(wizard.notice('The Object ID is unchecked')).toHaveCount(0)
  expect((await practice.requests()).count).toBe(0)
})
