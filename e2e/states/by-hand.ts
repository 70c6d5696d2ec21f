// The manual path, open on every step, with what was told and what was refused.
import { expect } from '@playwright/test'
import type { Walk } from './walk.ts'

const permissions = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']
const made = { displayName: 'Invoice reader', servicePrincipal: true, permissions, grants: permissions }

export async function byHand({ wizard, practice, visit }: Walk) {
  const ids = await practice.seed({ ...made, secrets: [{ displayName: 'By hand' }] })
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.lookUpTenant('no-tenant-has-this.example')
  await expect(wizard.errors).toBeVisible()
  await visit('tenant-by-hand-errors')
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  await visit('tenant-by-hand-told')
  await wizard.continueTo('register-the-application')
  await wizard.byHand()
  await visit('register-by-hand')
  await wizard.tellIds({ appId: ids.appId })
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.goToStep('register-in-exchange')
  await visit('exchange-object-id-unknown')
  await wizard.goToStep('register-the-application')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.applicationId })
  await expect(wizard.notice('The Object ID is unchecked')).toBeVisible()
  await visit('register-by-hand-unchecked')
  await wizard.continueTo('add-permissions')
  await wizard.byHand()
  await visit('permissions-by-hand')
  await wizard.doneByHandThen('grant-consent')
  await wizard.byHand()
  await visit('consent-by-hand')
  await wizard.doneByHandThen('create-a-secret')
  await wizard.tellSecret(ids.secrets[0]?.secretText ?? '')
  await expect(wizard.errors).toBeVisible()
  await visit('secret-by-hand-errors')
  await wizard.goToStep('register-in-exchange')
  await visit('exchange-unchecked')
  await wizard.goToStep('register-the-application')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.servicePrincipalId ?? '' })
  await wizard.continueTo('add-permissions')
  await wizard.doneByHandThen('grant-consent')
  await wizard.doneByHandThen('create-a-secret')
  await wizard.tellSecret(ids.secrets[0]?.secretText ?? '')
  await expect(wizard.notice('Saved')).toBeVisible()
  await visit('secret-by-hand-told')
}

export async function toldApart({ wizard, visit }: Walk) {
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.lookUpTenant('contoso.example')
  await wizard.continueTo('register-the-application')
  const id = '58d827e0-c69c-401f-8deb-b1224d129dc8'
  await wizard.tellIds({ appId: 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a', enterpriseObjectId: 'nothing' })
  await expect(wizard.errors).toBeVisible()
  await visit('register-by-hand-errors')
  await wizard.tellIds({ appId: id, enterpriseObjectId: id })
  await expect(wizard.errors).toContainText('This is the application (client) ID')
  await visit('register-by-hand-told-apart')
}
