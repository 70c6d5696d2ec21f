// The error explainer: one cause, several, none; what was pasted gets nowhere, and what may be a secret does not come back.
import type { Page } from '@playwright/test'
import { violationsInEveryLook } from './axe.ts'
import { expect, test } from './test.ts'

const trace = '1f6a92a9-f3a8-4071-889a-6a2ea88d9500'
const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJvdXRsb29rIn0.c2lnbmF0dXJlLW9mLWE'
const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'

const field = (page: Page) => page.getByLabel('Paste the error')
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })

async function explain(page: Page, text: string) {
  await field(page).fill(text)
  await page.getByRole('button', { name: 'Explain it' }).click()
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a code with one cause gets its meaning, what to do, and Microsoft’s reference', async ({ page }) => {
      await page.goto('/tools')
      await page.getByRole('link', { name: 'Explain an error' }).click()
      await explain(page, `AADSTS7000222: The provided client secret keys are expired. Trace ID: ${trace}`)
      await expect(heading(page, 'This client secret has expired')).toBeVisible()
      await expect(page.getByText('Create a new client secret')).toBeVisible()
      await expect(page.getByRole('definition').filter({ hasText: trace })).toBeVisible()
      await expect(page.getByRole('definition').filter({ hasText: 'AADSTS7000222' })).toBeVisible()
    })

    test('a text that several causes share gets them in order, each with what to do', async ({ page }) => {
      await page.goto('/tools/explain')
      await explain(page, '535 5.7.3 Authentication unsuccessful [LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM]')
      await expect(heading(page, /has 8 possible causes/)).toBeVisible()
      await expect(heading(page, /^1\. The token is meant for Microsoft Graph/)).toBeVisible()
      await expect(heading(page, /^3\. Exchange Online knows the application by the wrong Object ID/)).toBeVisible()
      await expect(page.getByText('Set-ServicePrincipal cannot change')).toBeHidden()
      await page.getByText('What to do about cause 3').click()
      await expect(page.getByText('Set-ServicePrincipal cannot change')).toBeVisible()
    })

    test('what is not known is said, with Microsoft’s own look-up for its number', async ({ page }) => {
      await page.goto('/tools/explain')
      await explain(page, 'AADSTS50034: The user account does not exist.')
      await expect(page.getByText('Not known here', { exact: true })).toBeVisible()
      await expect(page.getByRole('link', { name: /AADSTS50034/ })).toHaveAttribute(
        'href',
        'https://login.microsoftonline.com/error?code=50034'
      )
    })

    test('a token and a secret come back covered, and get into no address', async ({ page }) => {
      const addresses: string[] = []
      page.on('request', request => addresses.push(decodeURIComponent(request.url())))
      await page.goto('/tools/explain')
      await explain(page, `AADSTS7000215: Invalid client secret provided. ${secret}\nAuthorization: Bearer ${token}`)
      await expect(heading(page, /has 3 possible causes/)).toBeVisible()
      await expect(field(page)).toHaveValue(/AADSTS7000215: .*\[covered\]/s)
      const html = await page.content()
      for (const hidden of [secret, token, token.slice(-20)]) {
        expect(html).not.toContain(hidden)
        await expect(field(page)).not.toHaveValue(new RegExp(hidden.replaceAll('.', '\\.')))
        expect(addresses.filter(url => url.includes(hidden))).toEqual([])
      }
      expect(new URL(page.url()).search).toBe('')
    })

    test('an empty field says what to do', async ({ page }) => {
      await page.goto('/tools/explain')
      await explain(page, '  ')
      await expect(page.getByRole('link', { name: 'Paste the error.' })).toBeVisible()
    })
  })

test('markup that was pasted stays text', async ({ page }) => {
  await page.goto('/tools/explain')
  const text = '</textarea><h2>Planted</h2><script>document.title = "planted"</script> AADSTS7000222'
  await explain(page, text)
  await expect(heading(page, 'This client secret has expired')).toBeVisible()
  await expect(field(page)).toHaveValue(text)
  await expect(heading(page, 'Planted')).toHaveCount(0)
  await expect(page).not.toHaveTitle('planted')
})

test('no violation on the page in any state', async ({ page }) => {
  const texts = {
    one: 'AADSTS7000222',
    several: '535 5.7.3 Authentication unsuccessful',
    none: 'AADSTS50034',
    empty: ' '
  }
  for (const [state, text] of Object.entries(texts)) {
    await page.goto('/tools/explain')
    await explain(page, text)
    await expect(
      page.getByText(/What it means|possible causes|Not known here|There is a problem/).first()
    ).toBeVisible()
    expect.soft(await violationsInEveryLook(page), state).toEqual([])
  }
})
