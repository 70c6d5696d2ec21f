// Every page in every state that it can stand in, as walks of a person. Two uses: axe and the narrow screen
// (accessibility.spec.ts), and pictures for people to look at (look.ts).
// The rule it keeps: a new page or state gets its line here, and both see it.

import { expect } from '@playwright/test'
import type { PracticeControl } from './fixtures/practice.ts'
import type { WizardPage } from './wizard-page.ts'

export type Walk = {
  wizard: WizardPage
  practice: PracticeControl
  /** Called at each state, with a name that no other state has. */
  visit(name: string): Promise<void>
}

type Walks = { readonly [name: string]: (walk: Walk) => Promise<void> }

export const walks: Walks = {
  'signed out': async ({ wizard, visit }) => {
    await wizard.open('/')
    await visit('start-signed-out')
    await wizard.open('/?problem=cancelled')
    await visit('start-cancelled')
    await wizard.open('/nothing-here')
    await expect(wizard.title('Page not found')).toBeVisible()
    await visit('not-found')
    await wizard.open()
    await wizard.signInButton.click()
    await visit('microsoft-accounts')
  },

  'the easy path': async ({ wizard, visit }) => {
    await wizard.signIn('Ada Lindqvist')
    await visit('setups-empty')
    await wizard.open('/')
    await visit('start-signed-in')
    await wizard.follow('Carry on with your setups')
    await wizard.follow('Begin a setup')
    await expect(wizard.title('Begin a setup')).toBeVisible()
    await visit('new')
    await wizard.field('Name of the application').fill('')
    await wizard.press('Continue')
    await expect(wizard.errors).toBeVisible()
    await visit('new-with-errors')
    await wizard.field('Name of the application').fill('Invoice reader')
    await wizard.press('Continue')
    await wizard.expectStep('find-the-tenant')
    await visit('tenant-fresh')
    await wizard.press(/^Enter your tenant as /)
    await expect(wizard.microsoft.consent).toBeVisible()
    await visit('microsoft-consent')
    await wizard.microsoft.accept()
    await wizard.expectStep('find-the-tenant')
    await wizard.expectLooked()
    await visit('tenant-done')
    await wizard.continueTo('register-the-application')
    await wizard.expectLooked()
    await visit('register-todo')
    await wizard.doThisStep()
    await expect(wizard.link('Continue')).toBeVisible()
    await visit('register-done')
    await wizard.continueTo('add-permissions')
    await wizard.expectLooked()
    await visit('permissions-todo')
    await wizard.doAll()
    await expect(wizard.secretSection).toBeVisible()
    await visit('secret-shown')
    await wizard.secretIsStored()
    await visit('exchange-todo')
    await wizard.itRanThen('open-the-mailboxes')
    await visit('mailboxes-empty')
    await wizard.field('Mailboxes').fill('nobody\nada@contoso.example')
    await wizard.press('Save the mailboxes')
    await expect(wizard.errors).toBeVisible()
    await visit('mailboxes-with-errors')
    await wizard.fillMailboxes('invoices@contoso.example\nscanner@contoso.example')
    await visit('mailboxes-script')
    await wizard.itRanThen('connect-your-program')
    await visit('connect')
    const setup = wizard.page.url().replace(/\/[^/]+$/, '')
    for (const step of [
      'add-permissions',
      'grant-consent',
      'create-a-secret',
      'register-in-exchange',
      'open-the-mailboxes'
    ]) {
      await wizard.open(`${setup}/${step}?look=now`)
      await visit(`${step}-done`)
    }
    await wizard.open('/setups')
    await visit('setups-one')
  }
}
