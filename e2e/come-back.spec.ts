// Closing the browser in the middle: everything is where it was, with the cookie and without it.
import { expect, test } from './test.ts'

test('a setup is where it was, whether the browser kept its cookie or the person signs in again', async ({
  wizard,
  practice,
  context,
  openBrowser
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const { setup } = await wizard.doEntra({ name: 'Reader that comes back' })
  await wizard.itRanThen('open-the-mailboxes')
  await wizard.fillMailboxes('invoices@contoso.example\nscanner@contoso.example')
  const cookies = await context.storageState()
  await context.close()

  const kept = await openBrowser(cookies)
  await kept.open()
  await kept.follow('Carry on with your setups')
  await kept.follow('Reader that comes back')
  await kept.expectStep('open-the-mailboxes')
  expect(new URL(kept.page.url()).pathname).toContain(setup)
  await expect(kept.field('Mailboxes')).toHaveValue('invoices@contoso.example\nscanner@contoso.example')
  await expect(kept.script('The script for this step')).toContainText('scanner@contoso.example')

  const anew = await openBrowser()
  await anew.open(`${setup}/open-the-mailboxes`)
  await expect(anew.signInButton).toBeVisible()
  await anew.signIn('Ada Lindqvist')
  await anew.follow('Reader that comes back')
  await anew.expectStep('open-the-mailboxes')
  await expect(anew.field('Mailboxes')).toHaveValue('invoices@contoso.example\nscanner@contoso.example')
  await anew.itRanThen('test-the-connection')
  await anew.itRanThen('connect-your-program')
})

test('a secret that was not stored yet is still shown in its browser, and in no other; a lost one is replaced', async ({
  wizard,
  practice,
  context,
  openBrowser
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  const secret = await wizard.readSecret()
  const cookies = await context.storageState()
  await context.close()

  const kept = await openBrowser(cookies)
  await kept.open(setup)
  expect(await kept.readSecret()).toBe(secret)

  const anew = await openBrowser()
  await anew.signIn('Ada Lindqvist')
  await anew.open(setup)
  await expect(anew.notice('This browser cannot show the secret')).toBeVisible()
  expect(await anew.page.content()).not.toContain(secret)
  await anew.press('I have lost its value')
  await anew.expectStep('create-a-secret')
  await anew.press(/^Enter your tenant as /)
  await anew.expectLooked()
  await anew.doThisStep()
  expect(await anew.readSecret()).not.toBe(secret)
  await anew.secretIsStored()
  expect((await practice.left()).secrets).toHaveLength(1)
})
