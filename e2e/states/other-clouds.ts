// Setups in other Microsoft clouds than the one of the person's sign-in: entered by Microsoft's public client, by nothing, and
// by hand to the pages that name hosts.
// The rule it keeps: it needs the clouds of e2e/fixtures/other-clouds.ts, which nothing outside this machine answers for.
import { expect } from '@playwright/test'
import { cloudWithoutWay } from '../fixtures/other-clouds.ts'
import type { WizardPage } from '../wizard-page.ts'
import type { Walk } from './walk.ts'

export async function otherClouds({ wizard, practice, visit }: Walk) {
  const ids = await practice.seed({ displayName: 'Invoice reader', servicePrincipal: true })
  await wizard.signIn('Ada Lindqvist')
  await beginIn(wizard, cloudWithoutWay.title)
  await expect(wizard.notice('The wizard has no application in this cloud')).toBeVisible()
  await visit('other-cloud-no-way-in')
  await beginIn(wizard, 'Global (and US Government GCC)')
  await expect(wizard.button('Enter another tenant')).toBeVisible()
  await visit('other-cloud-global')
  const setup = await beginIn(wizard, 'US Government (DoD)')
  await expect(wizard.button('Enter another tenant')).toBeVisible()
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  await visit('other-cloud-dod')
  await wizard.continueTo('register-the-application')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.servicePrincipalId ?? '' })
  await wizard.continueTo('add-permissions')
  await wizard.doneByHandThen('grant-consent')
  await wizard.doneByHandThen('create-a-secret')
  await wizard.doneByHandThen('register-in-exchange')
  for (const step of ['test-the-connection', 'connect-your-program'] as const) {
    await wizard.open(`${setup}/${step}`)
    await wizard.expectStep(step)
    await expect(wizard.notice('Not confirmed by a Microsoft source').first()).toBeVisible()
    await visit(`other-cloud-dod-${step}`)
  }
}

async function beginIn(wizard: WizardPage, cloud: string): Promise<string> {
  await wizard.open('/setups')
  return wizard.begin({ name: 'Invoice reader', cloud })
}
