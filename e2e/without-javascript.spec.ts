// The easy path in a browser that runs no script: every form is a plain form, every button posts.
import { ConsolePage } from './console-page.ts'
import { expect, test } from './test.ts'

test.use({ javaScriptEnabled: false })

test('the whole easy path works without JavaScript', async ({ wizard, practice, context }) => {
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader', without: ['POP'] })
  await wizard.enterMyTenant(true)
  await wizard.doAll()
  await wizard.readSecret()
  await expect(wizard.button(/^Copy /)).toHaveCount(0)
  await wizard.secretIsStored()

  const console = new ConsolePage(await context.newPage())
  const script = wizard.script('The script for this step')
  await console.run(practice.http, await script.innerText(), 'ada@contoso.example')
  expect(await console.receipt()).toMatchObject({ principal: 'created', failed: 0 })
  await wizard.itRanThen('open-the-mailboxes')
  await wizard.typeMailboxes('nobody')
  await expect(wizard.errors).toContainText('nobody is not an email address')
  await expect(wizard.field('Mailboxes')).toHaveValue('nobody')
  await wizard.fillMailboxes('invoices@contoso.example')
  await console.run(practice.http, await script.innerText(), 'ada@contoso.example')
  expect(await console.receipt()).toMatchObject({ granted: 1, failed: 0, protocols: ['IMAP', 'SMTP'] })
  await wizard.itRanThen('test-the-connection')
  await wizard.itRanThen('connect-your-program')

  const { applications, grants, secrets } = await practice.left()
  expect(applications).toHaveLength(1)
  expect(grants).toEqual(['IMAP.AccessAsApp', 'SMTP.SendAsApp'])
  expect(secrets).toHaveLength(1)
})
