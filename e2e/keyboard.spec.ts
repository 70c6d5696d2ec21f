// The easy path with Tab, Space and Enter alone. The rule it proves: whatever has the focus shows it.
import type { Page } from '@playwright/test'
import { expect, test } from './test.ts'

const mostTabs = 60

/** Tabs on until the focus is on what has this role and name, and sees that it shows there. */
async function tabTo(page: Page, role: 'link' | 'button' | 'textbox', name: string | RegExp) {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' }).first()
  await expect(wanted).toBeVisible()
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate(element => element === document.activeElement)) {
      const outline = await wanted.evaluate(element => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
      })
      expect(outline, `the focus on ${name} shows`).toBeGreaterThan(0)
      return
    }
  }
  throw new Error(`${mostTabs} tabs did not reach the ${role} ${name}`)
}

async function enter(page: Page, role: 'link' | 'button', name: string | RegExp) {
  await tabTo(page, role, name)
  await page.keyboard.press('Enter')
}

test('the whole easy path works by keyboard alone, with the focus in sight', async ({ wizard, practice, page }) => {
  await wizard.open()
  await page.keyboard.press('Tab')
  await expect(wizard.link('Skip to the content')).toBeFocused()
  await expect(wizard.link('Skip to the content')).toBeInViewport()
  await enter(page, 'button', 'Sign in: Practice tenant')
  await enter(page, 'button', /^Ada Lindqvist,/)
  await enter(page, 'link', 'Begin a setup')
  await expect(wizard.title('Begin a setup')).toBeVisible()
  await tabTo(page, 'textbox', 'Name of the application')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Invoice reader')
  await enter(page, 'button', 'Continue')
  await enter(page, 'button', /^Enter your tenant as /)
  await enter(page, 'button', 'Accept')
  await wizard.expectLooked()
  await enter(page, 'button', 'Do all of it for me')
  await expect(wizard.secretSection).toBeVisible()
  await enter(page, 'button', 'I have stored it')
  await wizard.expectStep('register-in-exchange')
  await enter(page, 'button', 'Yes, it is done')
  await wizard.expectStep('open-the-mailboxes')
  await tabTo(page, 'textbox', 'Mailboxes')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('invoices@contoso.example')
  await enter(page, 'button', 'Save the mailboxes')
  await expect(wizard.notice('Saved')).toBeVisible()
  await enter(page, 'button', 'Yes, it is done')
  await wizard.expectStep('test-the-connection')
  await enter(page, 'button', 'Test the connection')
  await expect(page.getByRole('heading', { name: 'Results' })).toBeVisible()
  expect((await practice.left()).grants).toHaveLength(3)
})

test('a form that was refused brings the focus to what is wrong, and from there to the field', async ({
  wizard,
  page
}) => {
  await wizard.signIn('Ada Lindqvist')
  await wizard.follow('Begin a setup')
  await wizard.field('Name of the application').fill('')
  await wizard.field('Name of the application').press('Enter')
  await expect(wizard.errors).toBeVisible()
  await enter(page, 'link', 'Give the application a name that its owner will recognise.')
  await expect(wizard.field('Name of the application')).toBeFocused()
})
