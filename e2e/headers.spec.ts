// What every response carries, and that a page which breaks its policy is told of. The pages themselves are watched in every
// state in every-page.spec.ts.
import { type Complaint, listen, watch } from './policies.ts'
import { expect, test } from './test.ts'
import { WizardPage } from './wizard-page.ts'

const filePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

test('a page that asks another site, or breaks its policy, is told of', async ({ wizard, practice, product }) => {
  const { complaints, others } = await watch(wizard.page, product, practice)
  await wizard.open('/')
  await wizard.page.evaluate(() => fetch('https://evil.example/').catch(() => undefined))
  await expect.poll(() => complaints.map(({ says }) => says).join()).toContain('connect-src')
  // Nothing of the policy lets a request out, so the control goes where there is none: a document of ours without one.
  await wizard.page.route('**/nowhere', route =>
    route.fulfill({ contentType: 'text/html', body: '<img src="https://evil.example/x.png">' })
  )
  await wizard.page.route('https://evil.example/**', route => route.abort())
  await wizard.page.goto('/nowhere')
  await expect.poll(() => others.join()).toContain('evil.example')
  expect(complaints.map(({ says }) => says)).toContain('may stand in a frame')
})

test('a script or a style that got into a page does not run, and a form sends nothing elsewhere', async ({
  wizard
}) => {
  const complaints: Complaint[] = []
  await listen(wizard.page, complaints)
  await wizard.open('/')
  await expect(wizard.signInButton).toBeVisible()
  await wizard.page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<img src="x" onerror="noteViolation('nothing refused this')"><p style="color: red">x</p>
       <form method="post" action="https://evil.example/"></form>`
    )
    document.forms[document.forms.length - 1]?.submit()
    const outside = document.createElement('iframe')
    outside.src = 'https://evil.example/'
    document.body.append(outside)
  })
  const refused = () => new Set(complaints.map(({ says }) => says.split(' refused ')[0]))
  await expect(async () => {
    for (const directive of ['script-src-attr', 'style-src-attr', 'form-action', 'frame-src'])
      expect(refused()).toContain(directive)
  }).toPass()
  expect(refused()).not.toContain('nothing')
})

test('signing in leads on to Microsoft and back without a script too, under the same policy', async ({
  browser,
  product
}) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false })
  const wizard = new WizardPage(await context.newPage())
  await wizard.signIn('Ada Lindqvist')
  await context.close()
})

test('every kind of response carries the headers', async ({ product }) => {
  const ask = (path: string, init?: RequestInit) => fetch(product.url + path, { redirect: 'manual', ...init })
  const html = await (await ask('/')).text()
  const asset = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? ''
  const ids = 'appId=11111111-1111-4111-8111-111111111111&objectId=22222222-2222-4222-8222-222222222222'
  const download = `/tools/powershell/script.ps1?${ids}&tenantId=33333333-3333-4333-8333-333333333333`
  // What the proxy sees before a handler does gets a page's policy: it cannot know that no page will come.
  const responses: [kind: string, status: number, policy: 'page' | 'file', answer: Response][] = [
    ['a page', 200, 'page', await ask('/')],
    ['a page that was not found', 404, 'page', await ask('/nowhere')],
    ['a page for signed-in people', 307, 'page', await ask('/setups')],
    ['a handler', 200, 'page', await ask('/health')],
    ['a download', 200, 'page', await ask(download)],
    ['a refused form', 403, 'file', await ask('/sign-in', { method: 'POST' })],
    ['a refused action', 403, 'file', await ask('/tools/explain', { method: 'POST', headers: { 'next-action': 'x' } })],
    ['a script of the build', 200, 'file', await ask(asset)],
    ['a file of the build that is not there', 404, 'file', await ask('/_next/static/nothing.js')],
    ['an icon', 200, 'file', await ask('/icon.svg')],
    ['an address that cannot be read', 404, 'page', await ask('/%E0%A4%A')]
  ]
  for (const [kind, status, policy, answer] of responses) {
    expect([kind, answer.status]).toEqual([kind, status])
    const header = (name: string) => [kind, answer.headers.get(name)]
    expect(header('x-content-type-options')).toEqual([kind, 'nosniff'])
    expect(header('x-frame-options')).toEqual([kind, 'DENY'])
    expect(header('referrer-policy')).toEqual([kind, 'same-origin'])
    expect(header('cross-origin-opener-policy')).toEqual([kind, 'same-origin'])
    expect(header('cross-origin-resource-policy')).toEqual([kind, 'same-origin'])
    expect(header('permissions-policy')[1]).toContain('camera=()')
    expect(header('x-powered-by')).toEqual([kind, null])
    // On loopback a browser would ignore it, and other programs of this computer are not ours to move to https.
    expect(header('strict-transport-security')).toEqual([kind, null])
    const csp = answer.headers.get('content-security-policy') ?? ''
    if (policy === 'file') expect([kind, csp]).toEqual([kind, filePolicy])
    else expect([kind, csp]).toEqual([kind, expect.stringMatching(/'nonce-.*frame-ancestors 'none'$/)])
  }
})
