// The start page: it asks first whether this is the right way, and names all that signing in asks Microsoft for.
import { expect, test } from './test.ts'

test('whether this is the right way is asked before anybody signs in', async ({ wizard, page }) => {
  await wizard.open()
  const question = page.getByRole('heading', { name: 'Is this the right way for you?' })
  const answers = page.getByText('This is the right wizard. Go on.')
  await expect(wizard.signInButton).toBeVisible()
  const [asked, answered, signIn] = [question, answers, wizard.signInButton].map(one => one.boundingBox())
  const top = async (box: typeof asked) => (await box)?.y ?? Number.NaN
  expect(await top(asked)).toBeLessThan(await top(answered))
  expect(await top(answered)).toBeLessThan(await top(signIn))
})

test('every permission that signing in asks for is named on the start page', async ({ wizard, page }) => {
  await wizard.open()
  const says = await page.getByRole('main').innerText()
  await wizard.signInButton.click()
  await expect(wizard.microsoft.accounts).toBeVisible()
  const asked = new URL(page.url()).searchParams.get('scope')?.split(' ') ?? []
  expect(asked).toContain('openid')
  expect(asked.filter(scope => !says.includes(scope))).toEqual([])
})
