// The practice tenant's own pages: people see them beside the wizard's, so they are held to the same.
import { expect } from '@playwright/test'
import { ConsolePage } from '../console-page.ts'
import { PortalPage } from '../portal-page.ts'
import type { Walk } from './walk.ts'

export async function microsoftsSide({ wizard, visit }: Walk) {
  await wizard.open('/')
  await wizard.signInButton.click()
  await expect(wizard.microsoft.accounts).toBeVisible()
  await visit('microsoft-accounts')
  await wizard.microsoft.pick('Dev Patel')
  await wizard.begin()
  await wizard.press(/^Enter your tenant as /)
  await expect(wizard.microsoft.approval).toBeVisible()
  await visit('microsoft-approval')
  await wizard.microsoft.returnWithoutConsent()
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.enterWithAnotherAccount()
  await wizard.microsoft.openOtherAccounts()
  await visit('microsoft-accounts-of-a-tenant')
  await wizard.microsoft.pick('Fatima Rossi')
  await expect(wizard.microsoft.refusal('AADSTS50020')).toBeVisible()
  await visit('microsoft-error')
}

export async function practicePages({ wizard, practice, visit }: Walk) {
  const portal = new PortalPage(wizard.page, practice.http)
  await wizard.page.goto(`${practice.http}/portal`)
  await visit('portal')
  await portal.openAs('Ada Lindqvist')
  await visit('portal-tenant')
  await portal.register('Invoice reader')
  await portal.addPermissions(['IMAP.AccessAsApp'])
  await portal.newSecret()
  await visit('portal-application')
  await wizard.page.getByRole('definition').getByRole('link', { name: 'Invoice reader' }).click()
  await expect(wizard.page.getByRole('heading', { name: 'Properties of the enterprise application' })).toBeVisible()
  await visit('portal-enterprise')
  await wizard.page.goto(`${practice.http}/exchange`)
  await visit('console')
  const console = new ConsolePage(wizard.page)
  await console.run(practice.http, 'Get-Module -ListAvailable\nNew-Nothing -At all', 'ada@contoso.example')
  await visit('console-output')
}
