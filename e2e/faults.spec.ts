// What Microsoft and the network do to people, as people see it: said in words, waited for, carried on from.
import { productTag } from '../lib/steps/directory.ts'
import type { Fault } from '../practice-tenant/faults.ts'
import type { PracticeControl } from './fixtures/practice.ts'
import { expect, test } from './test.ts'

/** Signed in as Ada, her tenant entered: one press before everything. */
test.beforeEach(async ({ wizard, practice }) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
})

const clean = { applications: 1, enterprise: 1, grants: 3, secrets: 1 }

async function counts(practice: { left(): Promise<Record<keyof typeof clean, readonly unknown[]>> }) {
  const { applications, enterprise, grants, secrets } = await practice.left()
  return {
    applications: applications.length,
    enterprise: enterprise.length,
    grants: grants.length,
    secrets: secrets.length
  }
}

test('copying that lags behind is said while it is waited for, and one press is enough', async ({
  wizard,
  practice
}) => {
  await practice.settings({ copyDelayReads: 3, flickerReads: 2 })
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  await expect(wizard.runLog).toContainText('Microsoft is still copying')
  await expect(wizard.secretSection).toBeVisible({ timeout: 60_000 })
  await wizard.page.waitForURL('**/create-a-secret', { timeout: 120_000 })
  await wizard.secretIsStored()
  expect(await counts(practice)).toEqual(clean)
})

const transient: readonly { name: string; fault: Fault }[] = [
  {
    name: 'throttling with a time to wait',
    fault: {
      match: { method: 'POST', path: 'appRoleAssignments$' },
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 1,
      times: 2
    }
  },
  {
    name: 'a connection reset in the middle of an answer',
    fault: { match: { method: 'PATCH', path: '^/v1.0/servicePrincipals' }, kind: 'reset' }
  },
  {
    name: 'a gateway that gives up on a write that landed',
    fault: { match: { method: 'PATCH', path: '^/v1.0/applications/' }, kind: 'status', status: 504, landed: true }
  },
  {
    name: 'an answer that is a proxy’s page',
    fault: { match: { method: 'GET', path: '^/v1.0/applications' }, kind: 'not-json' }
  }
]

for (const { name, fault } of transient)
  test(`${name} costs the person nothing but a moment`, async ({ wizard, practice }) => {
    await wizard.begin()
    await wizard.enterMyTenant(false)
    await practice.faults([fault])
    await wizard.doAll()
    await wizard.carryOnUntilTheSecret()
    await wizard.secretIsStored()
    expect(await practice.pendingFaults()).toHaveLength(0)
    expect(await counts(practice)).toEqual(clean)
  })

test('a policy that wants a shorter life is named, and a shorter life mends it', async ({ wizard, practice }) => {
  await practice.settings({ secretPolicy: { id: 'f0000000-0000-4000-8000-000000000001', maxDays: 90 } })
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  await wizard.expectStep('create-a-secret')
  await expect(wizard.problem('Your tenant’s policy wants a shorter life for secrets')).toBeVisible()
  await wizard.chooseLifetime('3 months')
  await wizard.expectLooked()
  await wizard.doThisStep()
  await wizard.secretIsStored()
  expect(await counts(practice)).toEqual(clean)
})

test('a policy that blocks secrets is named, with the way around it', async ({ wizard, practice }) => {
  await practice.settings({ secretPolicy: { id: 'f0000000-0000-4000-8000-000000000001', blocked: true } })
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  await expect(wizard.problem('Your tenant’s policy does not allow client secrets')).toBeVisible()
  expect(await counts(practice)).toEqual({ ...clean, secrets: 0 })
})

test('where secrets are blocked, a certificate and the person’s word lead on', async ({ wizard, practice }) => {
  await practice.settings({ secretPolicy: { id: 'f0000000-0000-4000-8000-000000000001', blocked: true } })
  const certificates = [{ displayName: 'CN=invoices', days: 365 }]
  const existing = await practice.seed({ displayName: 'With a certificate', servicePrincipal: true, certificates })
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.continueTo('register-the-application')
  await wizard.adopt(existing.appId)
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.expectLooked()
  await wizard.continueTo('add-permissions')
  await wizard.doAll()
  await expect(wizard.problem('Your tenant’s policy does not allow client secrets')).toBeVisible()
  await wizard.expectStep('create-a-secret')
  await wizard.doneByHandThen('register-in-exchange')
  await wizard.goToStep('create-a-secret')
  await wizard.lookAgain()
  await expect(wizard.fact('In place of a client secret')).toContainText('A certificate, as you said')
  await expect(wizard.fact('Certificate ID')).toBeVisible()
  expect((await practice.left()).secrets).toEqual([])
})

test('a tenant without Exchange Online is blocked before anything is made', async ({ wizard, practice }) => {
  await practice.reset({ world: 'no-exchange', tenant: 'contoso.example' })
  await practice.allowTheWizard()
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await expect(wizard.problem('Exchange Online does not show in this tenant')).toBeVisible()
  await expect(wizard.button('Do all of it for me')).toHaveCount(0)
  expect((await practice.requests()).writes).toBe(0)
})

test('a deleted application is restored and not made again', async ({ wizard, practice }) => {
  await wizard.doEntra({ name: 'Invoice reader' })
  const before = await practice.left()
  await practice.deleteApplication(before.applications[0]?.id ?? '')
  expect((await practice.left()).applications).toHaveLength(0)

  await wizard.goToStep('register-the-application')
  await wizard.lookAgain()
  await expect(
    wizard.notice('Restore the application Invoice reader, which was deleted from this tenant')
  ).toBeVisible()
  await wizard.doThisStep()
  await expect(wizard.fact('Application (client) ID')).toContainText(before.applications[0]?.appId ?? '?')
  const after = await practice.left()
  expect(after.applications.map(one => one.id)).toEqual(before.applications.map(one => one.id))
})

test('an existing application is adopted by its client ID, and what it has is kept', async ({ wizard, practice }) => {
  const existing = await practice.seed({
    displayName: 'Old ticket system',
    servicePrincipal: { tags: [] },
    permissions: ['full_access_as_app'],
    grants: ['full_access_as_app', 'IMAP.AccessAsApp'],
    secrets: [{ displayName: 'In use' }]
  })
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  await wizard.continueTo('register-the-application')
  await wizard.adopt(existing.appId)
  await expect(wizard.notice('Saved')).toBeVisible()
  await wizard.expectLooked()
  await wizard.doAll()
  await wizard.secretIsStored()
  const { applications, grants, secrets } = await practice.left()
  expect(applications.map(one => one.displayName)).toEqual(['Old ticket system'])
  expect(grants).toEqual(['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp', 'full_access_as_app'])
  expect(applications[0]?.requiredResourceAccess[0]?.resourceAccess).toHaveLength(4)
  expect(secrets.map(one => one.displayName)).toContain('In use')
  expect(secrets).toHaveLength(2)
})

test('an application that the wizard made before is offered, and taken instead of a new one', async ({
  wizard,
  practice
}) => {
  await practice.seed({ displayName: 'Made last year', tags: [productTag], servicePrincipal: true })
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  await wizard.continueTo('register-the-application')
  await wizard.press('Use Made last year')
  await wizard.expectLooked()
  await expect(wizard.fact('Application')).toContainText('Made last year')
  expect((await practice.left()).applications).toHaveLength(1)
})

for (const [name, happens] of [
  ['that Microsoft has ended in the middle', (practice: PracticeControl) => practice.revoke('ada@contoso.example')],
  ['that is to be stronger', (practice: PracticeControl) => practice.challenge('ada@contoso.example', 'c1')]
] as const)
  test(`a sign-in ${name} asks to enter again, and loses nothing`, async ({ wizard, practice }) => {
    await wizard.begin()
    await wizard.enterMyTenant(false)
    await wizard.continueTo('register-the-application')
    await wizard.expectLooked()
    await happens(practice)
    await wizard.doAll()
    await expect(wizard.notice('Enter the tenant again')).toBeVisible()
    await wizard.press(/^Enter your tenant as /)
    await wizard.expectStep('register-the-application')
    await wizard.expectLooked()
    await wizard.doAll()
    await wizard.secretIsStored()
    expect(await counts(practice)).toEqual(clean)
  })

test('a time to wait that no request may last is said, and the page goes on by itself', async ({
  wizard,
  practice
}) => {
  await wizard.begin()
  await wizard.enterMyTenant(false)
  const match = { method: 'PATCH', path: '^/v1.0/applications' }
  await practice.faults([
    { match, kind: 'status', status: 429, code: 'TooManyRequests', message: 'Slow down', retryAfterSeconds: 20 }
  ])
  await wizard.doAll()
  await expect(wizard.runLog).toContainText('Microsoft asks to wait 20 s. This page goes on by itself then.')
  await wizard.page.waitForURL('**/create-a-secret', { timeout: 60_000 })
  await wizard.secretIsStored()
  expect(await counts(practice)).toEqual(clean)
})

test('signing out ends the session on the server, for the cookie that was kept as well', async ({
  wizard,
  context,
  openBrowser
}) => {
  const setup = await wizard.begin()
  const kept = await context.storageState()
  await wizard.signOut()
  const thief = await openBrowser(kept)
  await thief.open(setup)
  await expect(thief.signInButton).toBeVisible()
})

test('the back button to a sign-in that was used already leads to a plain sentence', async ({ wizard }) => {
  await wizard.begin()
  const callback = wizard.page.waitForRequest(/\/auth\/callback\?/)
  await wizard.enterMyTenant(false)
  await wizard.open((await callback).url())
  await expect(wizard.notice('That sign-in does not count any more')).toBeVisible()
})
