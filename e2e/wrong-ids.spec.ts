// The commonest failure of all: a wrong ID pasted on the manual path. Each is told apart by its name, by whatever can
// tell: the other fields, Microsoft Graph where it may be read, else the token that a pasted secret brings.
import type { SeededIds } from '../practice-tenant/worlds/applications.ts'
import { expect, test } from './test.ts'
import type { WizardPage } from './wizard-page.ts'

const madeByHand = {
  displayName: 'Invoice reader',
  servicePrincipal: true,
  permissions: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
  grants: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
  secrets: [{ displayName: 'By hand' }]
}
const idsOf = (seeded: SeededIds) => ({
  appId: seeded.appId,
  own: seeded.applicationId,
  enterprise: seeded.servicePrincipalId ?? '',
  secretId: seeded.secrets[0]?.keyId ?? '',
  secret: seeded.secrets[0]?.secretText ?? ''
})

/** To the page that asks for the IDs, without entering the tenant. */
async function toTheIdsUnentered(wizard: WizardPage) {
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin()
  await wizard.lookUpTenant('contoso.example')
  await wizard.continueTo('register-the-application')
}

test('without Graph the fields themselves tell the IDs apart, and what they cannot tell is marked unchecked', async ({
  wizard,
  practice
}) => {
  const ids = idsOf(await practice.seed(madeByHand))
  const tenantId = (await practice.tenant()).id
  await toTheIdsUnentered(wizard)

  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.own, applicationObjectId: ids.own })
  await expect(wizard.errors).toContainText('This is the application’s own Object ID, from App registrations')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.appId })
  await expect(wizard.errors).toContainText('This is the application (client) ID')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: tenantId })
  await expect(wizard.errors).toContainText('This is the directory (tenant) ID')
  await wizard.tellIds({ appId: 'Invoice reader', enterpriseObjectId: ids.enterprise })
  await expect(wizard.errors).toContainText('32 hexadecimal digits')
  await wizard.tellIds({ appId: tenantId, enterpriseObjectId: ids.enterprise })
  await expect(wizard.errors).toContainText('Paste the application (client) ID here')

  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.own })
  await expect(wizard.notice('Saved')).toBeVisible()
  await expect(wizard.notice('The Object ID is unchecked')).toBeVisible()
  expect((await practice.requests()).count).toBe(0)
})

test('without Graph the token of a pasted secret tells the application’s own Object ID from the right one', async ({
  wizard,
  practice
}) => {
  const ids = idsOf(await practice.seed(madeByHand))
  await toTheIdsUnentered(wizard)
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.own })
  await wizard.continueTo('add-permissions')
  await wizard.doneByHandThen('grant-consent')
  await wizard.doneByHandThen('create-a-secret')

  await wizard.tellSecret(ids.secretId)
  await expect(wizard.errors).toContainText('This is the secret’s ID')
  await wizard.tellSecret('this-is~not-the-secret-of-anything-here1')
  await expect(wizard.errors).toContainText('Microsoft does not accept this client secret')
  await expect(wizard.errors).toContainText('AADSTS7000215')
  await wizard.tellSecret(ids.secret)
  await expect(wizard.errors).toContainText(`The token names ${ids.enterprise}`)
  await expect(wizard.errors).toContainText(`${ids.own} was pasted before`)

  await wizard.goToStep('register-the-application')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.enterprise })
  await wizard.goToStep('add-permissions')
  expect((await practice.requests()).count).toBe(0)
})

test('where Graph may be read it names what was pasted, and the right ID beside it', async ({ wizard, practice }) => {
  const ids = idsOf(await practice.seed(madeByHand))
  const elsewhere = idsOf(await practice.seed(madeByHand, 'fabrikam.example'))
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.continueTo('register-the-application')

  await wizard.tellIds({ appId: elsewhere.appId })
  await expect(wizard.errors).toContainText('it belongs to another tenant, or to a secret')
  await wizard.tellIds({ appId: ids.enterprise })
  await expect(wizard.errors).toContainText('This is the Object ID of the enterprise application Invoice reader')
  await wizard.tellIds({ appId: ids.own })
  await expect(wizard.errors).toContainText('This is the Object ID of the application registration Invoice reader')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.own })
  await expect(wizard.errors).toContainText('This is the application’s own Object ID')
  await expect(wizard.errors).toContainText(`The right one for this application is ${ids.enterprise}`)
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.secretId })
  await expect(wizard.errors).toContainText('This is the ID of a client secret')
  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: elsewhere.enterprise })
  await expect(wizard.errors).toContainText('it belongs to another tenant, or to a secret')

  await wizard.tellIds({ appId: ids.appId, enterpriseObjectId: ids.enterprise })
  await expect(wizard.notice('Saved')).toBeVisible()
  await expect(wizard.notice('The Object ID is unchecked')).toHaveCount(0)
  expect((await practice.requests()).writes).toBe(0)
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a secret pasted where an ID belongs is refused, and comes back in no answer and no address', async ({
      wizard,
      practice,
      page
    }) => {
      const { secret } = idsOf(await practice.seed(madeByHand))
      await toTheIdsUnentered(wizard)
      const answers: Promise<string>[] = []
      page.on('response', answer => {
        expect(answer.url()).not.toContain(secret)
        answers.push(answer.text().catch(() => ''))
      })
      await wizard.tellIds({ appId: secret, enterpriseObjectId: secret, applicationObjectId: secret })
      await expect(wizard.errors.getByRole('listitem')).toHaveCount(3)
      await expect(wizard.errors).toContainText('This looks like a client secret, not the application (client) ID')
      await wizard.open(page.url().replace(/[?#].*/, ''))
      await wizard.adopt(secret)
      await expect(wizard.errors).toContainText('This looks like a client secret')
      expect(answers.length).toBeGreaterThan(1)
      expect(page.url()).not.toContain(secret)
      for (const answer of await Promise.all(answers)) expect(answer).not.toContain(secret)
    })
  })
