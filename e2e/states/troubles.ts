// What stands in the way, what was interrupted, and the remarks that an address brings up.
import { expect } from '@playwright/test'
import type { Walk } from './walk.ts'

export async function blocked({ wizard, practice, visit }: Walk) {
  await practice.allowTheWizard()
  await wizard.signIn('Dev Patel')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await visit('tenant-roles-missing')
  await wizard.doAll()
  await expect(wizard.problem('Microsoft did not allow this for your account')).toBeVisible()
  await visit('register-refused')
  await wizard.signOut()
  await practice.settings({ secretPolicy: { id: 'f0000000-0000-4000-8000-000000000001', maxDays: 90 } })
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  await expect(wizard.problem('Your tenant’s policy wants a shorter life for secrets')).toBeVisible()
  await wizard.unfold('Choose another lifetime')
  await visit('secret-policy')
  await practice.reset({ world: 'no-exchange', tenant: 'contoso.example' })
  await practice.allowTheWizard()
  await wizard.open('/setups')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await visit('tenant-without-exchange')
}

export async function interrupted({ wizard, practice, visit }: Walk) {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.enterMyTenant(false)
  const page = wizard.page
  await practice.faults([{ match: { method: 'PATCH', path: '^/v1.0/' }, kind: 'hold', holds: 'request' }])
  await wizard.doAll()
  await expect(wizard.button('At work')).toBeVisible()
  await visit('run-at-work')
  // What was held is dropped: the engine looks, and sends it again.
  await practice.faults([])
  await expect(wizard.secretSection).toBeVisible({ timeout: 30_000 })
  await page.route('**/run', route => route.abort())
  await wizard.open(`${setup}/find-the-tenant`)
  await wizard.goToStep('register-the-application')
  await practice.reset({ tenant: 'contoso.example' })
  await practice.allowTheWizard()
  await wizard.lookAgain()
  // Before it is awake a connection that breaks off is the browser's to tell.
  await wizard.expectAwake('Do this step')
  await wizard.doThisStep()
  await expect(wizard.notice('The connection was interrupted. Nothing is lost: carry on.')).toBeVisible()
  await visit('run-interrupted')
  await page.unroute('**/run')
  await page.route('**/setups/new', route =>
    route.request().method() === 'POST' ? route.fulfill({ status: 500 }) : route.continue()
  )
  await wizard.open('/setups/new')
  await wizard.expectAwake('Continue')
  await wizard.press('Continue')
  await expect(wizard.title('Something went wrong in the wizard')).toBeVisible()
  await visit('error')
}

export async function notices({ wizard, practice, visit }: Walk) {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.lookUpTenant('contoso.example')
  await expect(wizard.notice('Saved')).toBeVisible()
  for (const remark of [
    'problem=wrong-tenant',
    'problem=needs-admin',
    'busy=1',
    'enter=1',
    'signed-in=1',
    'not-yet=1',
    'other-secret=1'
  ]) {
    await wizard.open(`${setup}/register-the-application?${remark}`)
    await visit(`register-${remark.replaceAll(/\W/g, '-')}`)
  }
  await wizard.press('Enter to look only')
  await wizard.microsoft.pick('Ada Lindqvist')
  await expect(wizard.microsoft.consent).toBeVisible()
  await wizard.microsoft.accept()
  await wizard.expectLooked()
  await visit('register-looks-only')
}
