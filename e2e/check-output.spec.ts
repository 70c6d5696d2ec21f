// The checker of pasted output: its answers with and without JavaScript, the repair it offers, and what it never does.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { violationsInEveryLook } from './axe.ts'
import { expect, test } from './test.ts'

const ids = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435'
}
const wrong = '11111111-2222-4333-8444-555555555555'
const tenantId = '0a1b2c3d-1111-4222-8333-444455556666'
const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'
const output = (name: string) => readFileSync(new URL(`../test-data/outputs/${name}.txt`, import.meta.url), 'utf8')

type Given = { output: string; objectId?: string; own?: string; tenant?: string; mailboxes?: string }

async function check(
  page: Page,
  { output: text, objectId = ids.objectId, own = '', tenant = '', mailboxes = '' }: Given
) {
  await page.getByLabel('What PowerShell printed').fill(text)
  await page.getByLabel('Application (client) ID').fill(ids.appId)
  await page.getByLabel('Object ID of the enterprise application').fill(objectId)
  await page.getByLabel('The application’s own Object ID').fill(own)
  await page.getByLabel('Directory (tenant) ID').fill(tenant)
  await page.getByLabel('Mailboxes').fill(mailboxes)
  await page.getByRole('button', { name: 'Check the output' }).click()
}

const finding = (page: Page, name: string | RegExp) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name }) })

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('the tutorials’ two outputs are right', async ({ page }) => {
      await page.goto('/tools/check-output')
      for (const name of ['list-tutorial', 'table-tutorial']) {
        await check(page, { output: output(name) })
        await expect(finding(page, `Right: Application ${ids.appId}`)).toContainText('the right Object ID')
      }
    })

    test('the application’s own Object ID is called by its name, and the script that repairs it is shown and downloaded', async ({
      page
    }) => {
      await page.goto('/tools/check-output')
      await check(page, { output: output('list-wrong-object-id'), own: wrong })
      await expect(finding(page, /^Wrong: Application/)).toContainText('the application’s own Object ID')
      await expect(page.getByRole('group', { name: 'Repair script' })).toHaveCount(0)
      await check(page, {
        output: output('list-wrong-object-id'),
        own: wrong,
        tenant: tenantId,
        mailboxes: 'invoices@contoso.com'
      })
      await expect(page.getByText('Compare the Object IDs before you change Exchange')).toBeVisible()
      await expect(page.getByRole('group', { name: 'Repair script' })).toBeHidden()
      await page.getByText(`Enterprise applications shows ${ids.objectId}: repair the entry`).click()
      const script = await page.getByRole('group', { name: 'Repair script' }).innerText()
      expect(script).toContain('Remove-ServicePrincipal')
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download the repair script' }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toMatch(/-repair\.ps1$/)
      const file = readFileSync(await download.path(), 'utf8')
      expect(file.replaceAll('\r\n', '\n').trimEnd()).toBe(script.trimEnd())
      await page.getByRole('link', { name: 'Make the Exchange PowerShell' }).click()
      await expect(page.getByText('Nothing has checked these IDs')).toBeVisible()
    })

    test('what was cut is asked, and the answers typed stay', async ({ page }) => {
      await page.goto('/tools/check-output')
      await check(page, { output: output('table-51-cut') })
      await expect(finding(page, /^Cannot be told: Application/)).toContainText('Line 5 of the pasted text')
      await expect(page.getByLabel('Application (client) ID')).toHaveValue(ids.appId)
    })

    test('nothing gets into an address, and a secret into no page', async ({ page }) => {
      const addresses: string[] = []
      page.on('request', request => addresses.push(decodeURIComponent(request.url())))
      await page.goto('/tools/check-output')
      await check(page, {
        output: `the secret is ${secret}\n${output('list-tutorial')}`,
        mailboxes: 'invoices@contoso.com'
      })
      await expect(finding(page, /^Right: Application/)).toBeVisible()
      expect(await page.content()).not.toContain(secret)
      expect(new URL(page.url()).search).toBe('')
      for (const pasted of [secret, ids.appId, 'invoices@contoso.com', 'Invoice reader'])
        expect(addresses.filter(url => url.includes(pasted))).toEqual([])
      await check(page, { output: 'x', objectId: secret })
      await expect(page.getByRole('alert').filter({ hasText: 'looks like a client secret' })).toBeVisible()
      expect(await page.content()).not.toContain(secret)
    })
  })

test('the page is found among the tools, and has no violation before and after, however it is shown', async ({
  page
}) => {
  await page.goto('/tools')
  await page.getByRole('link', { name: 'Check what PowerShell printed' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Check what PowerShell printed' })).toBeVisible()
  const states: readonly (readonly [string, Given])[] = [
    ['problems', { output: '', objectId: '' }],
    [
      'questions',
      {
        output: `${output('table-51-cut')}\n${output('error-7-between').split('PS> Get-Serv')[0]}`,
        mailboxes: 'invoices@contoso.com'
      }
    ],
    [
      'receipt',
      {
        output: output('receipt-plain'),
        tenant: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
        mailboxes: 'invoices@contoso.example, sales@contoso.example'
      }
    ],
    ['repair', { output: `${output('list-wrong-object-id')}\n${output('cas-table')}`, own: wrong, tenant: tenantId }]
  ]
  expect.soft(await violationsInEveryLook(page), 'empty').toEqual([])
  for (const [state, given] of states) {
    await check(page, given)
    const answer =
      state === 'problems'
        ? page.getByRole('alert').first()
        : page.getByRole('heading', { name: 'What the output says' })
    await expect(answer).toBeVisible()
    expect.soft(await violationsInEveryLook(page), state).toEqual([])
  }
})
