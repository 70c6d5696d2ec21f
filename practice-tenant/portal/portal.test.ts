// The practice portal: the manual path by hand.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, openBrowser } from '../identity/browser.ts'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'

let tenant: PracticeTenant
let browser: Browser

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(() => {
  tenant.control.reset()
  browser = openBrowser(tenant.http)
})

const homeOf = (mail: string) => {
  const person = tenant.control.tenant().people.find(one => one.mail === mail)
  return `${tenant.http}/portal/${tenantIds.contoso}/${person?.id}`
}
const form = (url: string, fields: [string, string][]) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: tenant.http } })

test('a deep link lands on the list of people', async () => {
  const { html } = await browser.open(`${tenant.http}/portal/#view/Microsoft_AAD_RegisteredApps/x`)
  expect(html).toContain('Ada Lindqvist')
  expect(html).toMatch(/<html lang="en">[\s\S]*<title>Practice portal - Practice tenant<\/title>/)
})

test('register, add permissions, consent and make a secret leave what the wizard would leave', async () => {
  const made = await form(`${homeOf('ada@contoso.example')}/applications`, [['name', 'By hand <1>']])
  expect(await made.text()).toContain('By hand &lt;1&gt;')
  await form(`${made.url}/permissions`, [
    ['permission', 'IMAP.AccessAsApp'],
    ['permission', 'SMTP.SendAsApp']
  ])
  const granted = await browser.press(await browser.open(made.url), 'Grant admin consent for Contoso Ltd')
  expect(granted.html).toContain('SMTP.SendAsApp,\nGranted for Contoso Ltd')
  const withSecret = await browser.press(granted, 'New client secret')
  const value = /<dt>Value<\/dt><dd><code>([^<]+)/.exec(withSecret.html)?.[1]
  expect(value).toHaveLength(40)
  expect((await browser.open(made.url)).html).not.toContain(value)

  const { applications, servicePrincipals, appRoleAssignments } = tenant.control.tenant()
  const [application] = applications
  const principal = servicePrincipals.find(({ appId }) => appId === application?.appId)
  expect(principal?.tags).toEqual(['WindowsAzureActiveDirectoryIntegratedApp'])
  expect(appRoleAssignments.map(({ principalId }) => principalId)).toEqual([principal?.id, principal?.id])
  const enterprise = await browser.open(`${homeOf('ada@contoso.example')}/enterprise/${principal?.id}`)
  expect(enterprise.html).toContain(`<dt>Object ID</dt><dd><code>${principal?.id}</code>`)
})

test("somebody without the role reads Graph's refusal", async () => {
  const refused = await form(`${homeOf('dev@contoso.example')}/applications`, [['name', 'A']])
  expect(await refused.text()).toContain('Insufficient privileges to complete the operation.')
  expect(tenant.control.tenant().applications).toEqual([])
})

test('a foreign page cannot post to it', async () => {
  const url = `${homeOf('ada@contoso.example')}/applications`
  const body = new URLSearchParams({ name: 'A' })
  const answer = await fetch(url, { method: 'POST', body, headers: { origin: 'http://localhost:3000' } })
  expect(answer.status).toBe(403)
})
