// A smoke of who may see and do what: other people's setups do not exist, strangers are led to the start, and no other
// site can press a button here.
import { expect, test } from './test.ts'

test('somebody else’s setup is not found, in the same words as one that never was', async ({ wizard, openBrowser }) => {
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Quarterly invoices' })

  const other = await openBrowser()
  await other.signIn('Ben Okafor')
  await expect(other.page.getByRole('main')).not.toContainText('Quarterly invoices')
  const paths = [
    '',
    '/find-the-tenant',
    '/diary',
    '/open-the-mailboxes/pick',
    '/register-in-exchange/scripts/register-in-exchange'
  ]
  for (const path of paths) {
    const theirs = await other.page.request.get(setup + path)
    const none = await other.page.request.get(`/setups/00000000-0000-4000-8000-000000000000${path}`)
    expect([path, theirs.status()]).toEqual([path, 404])
    expect([path, none.status()]).toEqual([path, 404])
    expect(await theirs.text()).not.toContain('Quarterly invoices')
  }
  await other.open(setup)
  await expect(other.title('Page not found')).toBeVisible()
})

test('who is signed out is led to the start page from every page of a setup', async ({ wizard, openBrowser }) => {
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  const stranger = await openBrowser()
  for (const path of ['/setups', '/setups/new', setup, `${setup}/find-the-tenant`, `${setup}/diary`]) {
    await stranger.open(path)
    await expect(stranger.signInButton).toBeVisible()
    expect(new URL(stranger.page.url()).pathname).toBe('/')
  }
})

test('a form of another site, or of another port of this machine, presses nothing here', async ({
  wizard,
  practice,
  product,
  page
}) => {
  await practice.allowTheWizard()
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin()
  await wizard.enterMyTenant(false)
  await practice.clearRequests()
  const targets = [`${setup}/find-the-tenant/run`, `${setup}/enter`, '/sign-in', '/sign-out']
  for (const path of targets) {
    // The practice tenant listens on another port of localhost: the same site, and not the same origin.
    await page.goto(`${practice.http}/portal`)
    await page.setContent(
      `<form method="post" action="${product.url}${path}"><input name="all" value="yes"><button>Win</button></form>`
    )
    const answer = page.waitForResponse(response => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Win' }).click()
    expect([path, (await answer).status()]).toEqual([path, 403])
  }
  await wizard.open(setup)
  await wizard.expectLooked()
  expect((await practice.requests()).writes).toBe(0)
})
