// `kill -9` of the server while "Do all of it for me" waits for Microsoft's answer to a write, at each kind of write.
// The rule it proves: the tenant is the only truth, so carrying on makes nothing twice.
import { expect, test } from './test.ts'

const writes = [
  { what: 'the application', method: 'PATCH', path: '^/v1.0/applications\\(uniqueName=' },
  { what: 'its enterprise application', method: 'PATCH', path: '^/v1.0/servicePrincipals\\(appId=' },
  { what: 'the permissions', method: 'PATCH', path: '^/v1.0/applications/' },
  { what: 'one of the grants', method: 'POST', path: 'appRoleAssignments$', skip: 1 },
  { what: 'the secret', method: 'POST', path: 'addPassword$' }
]

for (const { what, ...match } of writes)
  test(`the server killed while ${what} is on its way: carry on, and nothing is there twice`, async ({
    wizard,
    practice,
    product
  }) => {
    await practice.allowTheWizard()
    await wizard.signIn('Ada Lindqvist')
    const setup = await wizard.begin({ name: 'Invoice reader' })
    await wizard.enterMyTenant(false)

    const { skip, ...where } = match
    await practice.faults([{ match: where, kind: 'slow', waitMs: 60_000, skip }])
    await wizard.doAll()
    await expect.poll(async () => (await practice.requests()).requests.some(({ fault }) => fault === 'slow')).toBe(true)
    await product.killServer()
    await expect(wizard.notice('The connection was interrupted. Nothing is lost: carry on.')).toBeVisible()
    await product.restart()

    await wizard.open(setup)
    await wizard.expectLooked()
    await wizard.carryOnUntilTheSecret()
    await wizard.secretIsStored()

    const left = await practice.left()
    expect(left.applications).toHaveLength(1)
    expect(left.enterprise).toHaveLength(1)
    expect(left.grants).toEqual(['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'])
    expect(left.secrets).toHaveLength(1)
  })
