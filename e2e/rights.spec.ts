// Who may do which half: ordinary people, the two half administrators, and whom Microsoft asks for an approval.
// The rule it proves: a role that seems missing only warns; Microsoft's refusal blocks, and then the way out is named.
import { roleTemplates } from '../practice-tenant/state.ts'
import { expect, test } from './test.ts'

test('somebody who may not allow the wizard is told whom to ask, and the steps by hand stay open', async ({
  wizard,
  practice
}) => {
  await wizard.signIn('Dev Patel')
  await wizard.begin()
  await wizard.press(/^Enter your tenant as /)
  await expect(wizard.microsoft.approval).toBeVisible()
  await wizard.microsoft.returnWithoutConsent()
  await wizard.expectStep('find-the-tenant')
  await expect(wizard.notice('Microsoft wants an administrator’s approval')).toBeVisible()
  await wizard.lookUpTenant('contoso.example')
  await wizard.continueTo('register-the-application')
  expect((await practice.requests()).count).toBe(0)
})

test('an ordinary user is warned of both missing roles, and Microsoft’s refusal names the roles', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Dev Patel')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await expect(wizard.notice(/You do not seem to hold Cloud Application Administrator/)).toBeVisible()
  await expect(wizard.notice(/You do not seem to hold Exchange Administrator/)).toBeVisible()
  await wizard.doAll()
  await wizard.expectStep('register-the-application')
  await expect(wizard.problem('Microsoft did not allow this for your account')).toBeVisible()
  await expect(wizard.notice(/Hold one of these roles: Cloud Application Administrator/)).toBeVisible()
  await expect(wizard.notice('Authorization_RequestDenied')).toBeVisible()
  expect((await practice.left()).applications).toHaveLength(0)
})

test('an Exchange Administrator is refused in Entra, activates a role, and goes on with a new token', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Chloe Martin')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await expect(wizard.notice(/You do not seem to hold Cloud Application Administrator/)).toBeVisible()
  await expect(wizard.notice(/You do not seem to hold Exchange Administrator/)).toHaveCount(0)
  await wizard.doAll()
  await expect(wizard.problem('Microsoft did not allow this for your account')).toBeVisible()

  await practice.setRoles('chloe@contoso.example', [
    roleTemplates.exchangeAdministrator,
    roleTemplates.cloudApplicationAdministrator
  ])
  await wizard.press('I have activated it, try again')
  await wizard.expectStep('register-the-application')
  await wizard.expectLooked()
  await wizard.doAll()
  await expect(wizard.secretSection).toBeVisible()
  await wizard.secretIsStored()
  const left = await practice.left()
  expect(left.applications).toHaveLength(1)
  expect(left.grants).toHaveLength(3)
})

test('a Cloud Application Administrator does the Entra half, and is warned of the Exchange half', async ({
  wizard,
  practice
}) => {
  await wizard.signIn('Ben Okafor')
  await wizard.begin()
  await wizard.enterMyTenant(true)
  await expect(wizard.notice(/You do not seem to hold Exchange Administrator/)).toBeVisible()
  await expect(wizard.notice(/You do not seem to hold Cloud Application Administrator/)).toHaveCount(0)
  await wizard.doAll()
  await expect(wizard.secretSection).toBeVisible()
  await wizard.secretIsStored()
  await wizard.somebodyElseRuns('chloe@contoso.example')
  await expect(wizard.script('The script for this step')).toContainText("'chloe@contoso.example'")
  expect((await practice.left()).grants).toHaveLength(3)
})

test('cancelling at Microsoft changes nothing, and the way in stays open', async ({ wizard, practice }) => {
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.press(/^Enter your tenant as /)
  await expect(wizard.microsoft.consent).toBeVisible()
  await wizard.microsoft.refuse()
  await wizard.expectStep('find-the-tenant')
  await expect(wizard.notice('The sign-in was cancelled')).toBeVisible()
  expect((await practice.tenant()).consents).toHaveLength(0)
  await wizard.enterMyTenant(true)
  await wizard.open(setup)
  await wizard.expectStep('register-the-application')
  // What this page still reads would be counted by the next story.
  await wizard.expectLooked()
})
