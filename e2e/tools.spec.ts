// The tools that need no sign-in: scripts from pasted IDs, by form, by link and by file.
import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { expect, test } from './test.ts'

const ids = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  tenantId: '0a1b2c3d-1111-4222-8333-444455556666'
}
const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'
const address = `/tools/powershell/script.ps1?${new URLSearchParams(ids)}`

async function fill(page: Page, more: Partial<typeof ids> & { mailboxes?: string } = {}) {
  const { mailboxes = '', ...given } = more
  const { appId, objectId, tenantId } = { ...ids, ...given }
  await page.getByLabel('Application (client) ID').fill(appId)
  await page.getByLabel('Object ID of the enterprise application').fill(objectId)
  await page.getByLabel('Directory (tenant) ID').fill(tenantId)
  await page.getByLabel('Mailboxes', { exact: true }).fill(mailboxes)
  await page.getByRole('button', { name: 'Make the scripts' }).click()
}

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8')
const ready = (page: Page) => page.getByText('Nothing has checked these IDs')

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('pasted IDs become scripts, a file, and a link that gives the same again', async ({ page }) => {
      await page.goto('/tools/powershell')
      await fill(page, { mailboxes: 'invoices@contoso.com; support@contoso.com' })
      await expect(ready(page)).toBeVisible()
      const script = await page.getByRole('group', { name: 'The whole script', exact: true }).innerText()
      expect(script).toContain(`$objectId = '${ids.objectId}'`)
      const downloading = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download mail-connector-exchange.ps1' }).click()
      const file = await textOf(await downloading)
      expect(file.replaceAll('\r\n', '\n').trimEnd()).toBe(script.trimEnd())
      await page.goto(page.url())
      await expect(page.getByRole('group', { name: 'The whole script', exact: true })).toHaveText(script, {
        useInnerText: true
      })
    })

    test('a secret pasted by mistake is refused, and gets into no page and no address', async ({ page }) => {
      const addresses: string[] = []
      page.on('request', request => addresses.push(decodeURIComponent(request.url())))
      await page.goto('/tools/powershell')
      await fill(page, { objectId: secret })
      await expect(page.getByRole('alert').filter({ hasText: 'looks like a client secret' })).toBeVisible()
      expect(await page.content()).not.toContain(secret)
      expect(addresses.filter(url => url.includes(secret))).toEqual([])
      await expect(page.getByLabel('Application (client) ID')).toHaveValue(ids.appId)
      await fill(page)
      await expect(ready(page)).toBeVisible()
    })

    test('a list too long for a link gives the same files by POST', async ({ page }) => {
      await page.goto('/tools/powershell')
      await fill(page, { mailboxes: Array.from({ length: 300 }, (_, index) => `m${index}@contoso.com`).join('\n') })
      await expect(page.getByRole('heading', { name: 'Your scripts are ready' })).toBeVisible()
      for (const [name, holds] of [
        ['Download the whole script', 'New-ServicePrincipal'],
        ['Undo', 'Remove-ServicePrincipal']
      ] as const) {
        const downloading = page.waitForEvent('download')
        await page.getByRole('button', { name, exact: true }).click()
        const file = await textOf(await downloading)
        expect(file).toContain("'m299@contoso.com'")
        expect(file).toContain(holds)
      }
    })
  })

test('an address that asks for what there is not says so, and keeps the rest', async ({ page }) => {
  await page.goto(`/tools/powershell?${new URLSearchParams(ids)}&utm=1`)
  await expect(page.getByText('Unknown: utm')).toBeVisible()
  await page.getByRole('button', { name: 'Make the scripts' }).click()
  await expect(ready(page)).toBeVisible()
})

test('the file is an attachment, and what is wrong with a query comes as a list', async ({ request }) => {
  const file = await request.get(address)
  expect(file.status()).toBe(200)
  expect(file.headers()['content-disposition']).toContain('attachment; filename="mail-connector-exchange.ps1"')
  expect(file.headers()['cache-control']).toBe('no-store')
  const wrong = await request.get(`${address}&objectId=${encodeURIComponent(secret)}&mailbox=nobody`)
  expect(wrong.status()).toBe(400)
  const problems: { parameter: string; problem: string }[] = await wrong.json()
  expect(problems.map(({ parameter }) => parameter)).toEqual(['objectId', 'mailbox'])
  expect(await wrong.text()).not.toContain(secret)
  expect((await request.get('/tools/powershell/other.ps1')).status()).toBe(404)
})

test('the file comes by POST as well, up to ten thousand mailboxes, from anywhere', async ({ request }) => {
  const data = new URLSearchParams(ids)
  for (let index = 0; index < 10_000; index++) data.append('mailbox', `m${index}@contoso.com`)
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const path = '/tools/powershell/script.ps1'
  expect((await request.post(path, { headers, data: data.toString() })).status()).toBe(200)
  data.append('mailbox', 'one@more.com')
  expect((await request.post(path, { headers, data: data.toString() })).status()).toBe(400)
  expect((await request.post(path, { headers, data: 'a'.repeat(3_000_001) })).status()).toBe(413)
  expect((await request.post(path, { data: ids })).status()).toBe(415)
})

test('the wizard’s own application is explained with this wizard’s own address', async ({ page, product }) => {
  await page.goto('/tools')
  await page.getByRole('link', { name: 'Register an application for the wizard' }).click()
  await expect(page.getByText(`${product.url}/auth/callback`, { exact: true })).toBeVisible()
  await expect(page.getByText('ALLOWED_TENANTS=')).toHaveCount(0)
  await page.getByRole('link', { name: /For clients’ tenants/ }).click()
  await expect(page.getByText('ALLOWED_TENANTS=', { exact: false }).first()).toBeVisible()
})
