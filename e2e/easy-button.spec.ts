// The main job as most people will do it: one form, one button, two scripts that are copied from the page and run.
import { ConsolePage } from './console-page.ts'
import { expect, test } from './test.ts'

test('one form, one button and two copied scripts open the mailboxes, and Exchange knows the right Object ID', async ({
  wizard,
  practice,
  context
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(true)
  await wizard.doAll()
  const secret = await wizard.copySecret()
  expect(secret).toBe(await wizard.readSecret())
  await wizard.secretIsStored()
  expect(await wizard.page.content()).not.toContain(secret)
  await wizard.page.goBack()
  await wizard.expectStep('create-a-secret')
  await expect(wizard.fact('The secret begins with')).toBeVisible()
  expect(await wizard.page.content()).not.toContain(secret)
  await wizard.page.goForward()
  await wizard.expectStep('register-in-exchange')

  const console = new ConsolePage(await context.newPage())
  await console.run(practice.http, await wizard.copy('The script for this step'), 'ada@contoso.example')
  await console.expectNoErrors()
  expect(await console.receipt()).toMatchObject({ principal: 'created', failed: 0 })
  await wizard.itRanThen('open-the-mailboxes')

  const mailboxes = ['invoices@contoso.example', 'scanner@contoso.example', 'support@contoso.example']
  await wizard.fillMailboxes(mailboxes.join('\n'))
  await console.run(practice.http, await wizard.copy('The script for this step'), 'ada@contoso.example')
  await console.expectNoErrors()
  expect(await console.receipt()).toMatchObject({ mailboxes: 3, granted: 3, failed: 0, failures: [] })
  await wizard.itRanThen('test-the-connection')
  await wizard.itRanThen('connect-your-program')

  const { applications, enterprise, grants, secrets, exchange } = await practice.left()
  expect(applications.map(one => one.displayName)).toEqual(['Invoice reader'])
  expect(grants).toEqual(['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'])
  expect(secrets).toHaveLength(1)
  const [known] = exchange?.servicePrincipals ?? []
  expect(exchange?.servicePrincipals).toHaveLength(1)
  expect(known?.objectId).toBe(enterprise[0]?.id)
  expect(known?.objectId).not.toBe(applications[0]?.id)
  for (const address of mailboxes) {
    const mailbox = exchange?.recipients[address]
    expect(mailbox?.grants).toEqual([{ sid: known?.sid, rights: ['FullAccess'], deny: false, autoMapping: false }])
    expect(mailbox).toMatchObject({ imapEnabled: true, popEnabled: true, smtpClientAuthenticationDisabled: false })
  }
  await expect(wizard.fact('Application (client) ID')).toContainText(applications[0]?.appId ?? '?')
})

test('Continue is enough on every page, and each page says what it will do before it does it', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  for (const [id, announced] of [
    ['register-the-application', 'Create the application Mail connector, for this tenant only'],
    ['add-permissions', 'Ask for IMAP.AccessAsApp, POP.AccessAsApp, SMTP.SendAsApp on Office 365 Exchange Online'],
    ['grant-consent', 'Grant SMTP.SendAsApp to the application']
  ] as const) {
    const { writes } = await practice.requests()
    await wizard.continueTo(id)
    await expect(wizard.notice(announced)).toBeVisible()
    expect((await practice.requests()).writes).toBe(writes)
    await wizard.doThisStep()
    await expect(wizard.link('Continue')).toBeVisible()
  }
  await wizard.continueTo('create-a-secret')
  await expect(wizard.notice(/^Create a client secret, valid until/)).toBeVisible()
  await wizard.doThisStep()
  await wizard.secretIsStored()
})

test('the button asks Microsoft Graph at most 20 times, at most 12 of them one after another', async ({
  wizard,
  practice
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin()
  await wizard.enterMyTenant(false)
  await practice.clearRequests()
  // Each answer takes a while, so that requests which do not wait for one another are seen to overlap.
  await practice.faults([{ match: { path: '^/v1.0/' }, kind: 'slow', waitMs: 200, times: 100 }])
  await wizard.doAll()
  await expect(wizard.secretSection).toBeVisible()
  const { count, longestChain, requests } = await practice.requests()
  const list = requests.map(({ method, path }) => `${method} ${path}`).join('\n')
  expect(count, list).toBeLessThanOrEqual(20)
  expect(longestChain, list).toBeLessThanOrEqual(12)
})
