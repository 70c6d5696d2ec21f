// What is too big, too deep or too often is refused in words, and the server goes on.
import { request as httpRequest } from 'node:http'
import { limits, windowSeconds } from '../lib/guards/limits.ts'
import { type Answer, actionIds, Visitor } from './access/visitor.ts'
import { controlOf } from './fixtures/practice.ts'
import { expect, type Product, test } from './fixtures/product.ts'
import { WizardPage } from './wizard-page.ts'

const megabyte = 1024 * 1024

/** Tries are counted in the server's memory: what the stories before have counted must not meet these, nor what is counted
 *  here the stories that come next in this worker. */
test.beforeAll(({ product }) => product.restart())
test.afterAll(({ product }) => product.restart())

test('too many sign-ins of one person are told to wait, by header and in words, and nobody else is', async ({
  product
}) => {
  await controlOf(product).reset()
  const ada = new Visitor(product)
  const ben = new Visitor(product)
  await ada.signIn('Ada Lindqvist')
  await ben.signIn('Ben Okafor')
  const form = { cloud: 'nowhere', way: 'own' }
  const often = await tryOften(limits['sign-in'].person * product.instances, () => ada.ask('/sign-in', { form }))
  const told = last(often, 429)
  const seconds = Number(told.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(windowSeconds)
  expect(told.text).toContain(`Too many tries. Wait ${seconds} second`)
  expect((await ben.ask('/sign-in', { form })).status).toBe(303)
  // Nobody gets around it by writing another address.
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-client-address': '203.0.113.9' }
  expect((await ada.ask('/sign-in', { form, headers })).status).toBe(429)
  expect((await ada.ask('/setups')).status).toBe(200)
})

test('too many rounds are told where a run is watched, and too much told by hand at its form', async ({ product }) => {
  const noor = new Visitor(product)
  await noor.signIn('Noor Haddad')
  const setupId = await noor.begin('Often')
  const headers = { accept: 'application/x-ndjson' }
  // Of a setup that is not there: the limit comes first, and nothing has to be looked at.
  const path = '/setups/00000000-0000-4000-8000-000000000000/find-the-tenant/run'
  const often = limits.run.person * product.instances
  const runs = await tryOften(often, () => noor.ask(path, { form: { all: 'no' }, headers }))
  const told = last(runs, 429)
  expect([told.status, JSON.parse(told.text).kind]).toEqual([429, 'note'])
  expect(JSON.parse(told.text).says).toMatch(/^Too many tries\. Wait \d+ seconds?, then carry on\.$/)
  const name = 'app/setups/[setupId]/[step]/actions.ts#tell'
  const tell = { name, bound: [setupId, 'find-the-tenant'], form: { tenant: '' } } as const
  const tells = await tryOften(limits.token.person * product.instances, () =>
    noor.ask(`/setups/${setupId}/find-the-tenant`, { action: tell })
  )
  expect(tells.filter(({ text }) => /Too many tries\. Wait \d+ seconds?, then carry on\./.test(text))).toHaveLength(1)
})

test('too many logins, too many ways into a tenant and too many pasted secrets are told to wait', async ({
  product
}) => {
  // Somebody else than above: what they tried counts for a while.
  const fatima = new Visitor(product)
  await fatima.signIn('Fatima Rossi')
  const setupId = await fatima.begin('Often')
  const nowhere = '/setups/00000000-0000-4000-8000-000000000000'
  const doors = [
    ['test', `${nowhere}/test-the-connection/prove`, { which: 'all' }],
    ['sign-in', `${nowhere}/enter`, { way: 'nowhere' }]
  ] as const
  for (const [limit, path, form] of doors) {
    // The sign-in above counts as one.
    const tries = limits[limit].person * product.instances
    const answers = await tryOften(tries, () => fatima.ask(path, { form }))
    const refused = answers.filter(({ status }) => status === 429)
    expect([path, refused.length > 0 && refused.length <= 2]).toEqual([path, true])
    expect(refused[0]?.text).toMatch(/Too many tries\. Wait \d+ seconds?/)
  }
  const name = 'app/setups/[setupId]/[step]/actions.ts#hold'
  const hold = { name, bound: [setupId, 'find-the-tenant'], form: { clientSecret: '' } } as const
  const holds = await tryOften(limits.token.person * product.instances, () =>
    fatima.ask(`/setups/${setupId}/find-the-tenant`, { action: hold })
  )
  expect(holds.filter(({ text }) => /Too many tries\. Wait \d+ seconds?, then carry on\./.test(text))).toHaveLength(1)
})

test('a run that comes too often is told to wait on its page, and is not called interrupted', async ({
  product,
  page
}) => {
  await controlOf(product).reset()
  const wizard = new WizardPage(page)
  await wizard.signIn('Ben Okafor')
  await wizard.begin()
  await wizard.enterMyTenant(true)
  const headers = { origin: product.url, 'sec-fetch-site': 'same-origin' }
  const path = '/setups/00000000-0000-4000-8000-000000000000/find-the-tenant/run'
  await tryOften(limits.run.person * product.instances, () => page.request.post(path, { form: { all: 'no' }, headers }))
  await wizard.doAll()
  await expect(wizard.runLog).toContainText(/Too many tries\. Wait \d+ seconds?, then carry on\./)
  await expect(wizard.button('Do all of it for me')).toBeVisible()
  await expect(wizard.notice(/The connection was interrupted/)).toHaveCount(0)
})

test('a form longer than a handler’s own is refused, with and without its length', async ({ product }) => {
  const own = { origin: product.url, 'content-type': 'application/x-www-form-urlencoded' }
  const long = `cloud=${'x'.repeat(megabyte)}`
  expect(await post(product, '/sign-in', own, [long], long.length)).toBe(413)
  expect(await post(product, '/sign-in', own, [long])).toBe(413)
  const longer = 'x'.repeat(4 * megabyte)
  expect(await post(product, '/tools/powershell/script.ps1', own, [longer], longer.length)).toBe(413)
  expect(await post(product, '/tools/powershell/script.ps1', own, [longer])).toBe(413)
  expect(await post(product, '/tools/powershell/script.ps1', own, ['x='])).toBe(400)
})

test('an action takes four megabytes and no more, and nothing that is nested without end', async ({ product }) => {
  const id = actionIds().get('app/tools/explain/actions.ts#explainPasted') ?? ''
  const own = { origin: product.url, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }
  const tooBig = JSON.stringify(['x'.repeat(5 * megabyte)])
  expect(await post(product, '/tools/explain', own, [tooBig], tooBig.length)).toBeGreaterThanOrEqual(400)
  expect(await post(product, '/tools/explain', own, [tooBig])).toBeGreaterThanOrEqual(400)
  // More than what is kept of a body for the proxy: cut off there, it is still longer than an action takes.
  const huge = Array.from({ length: 12 }, () => 'x'.repeat(megabyte))
  expect(await post(product, '/tools/explain', own, ['["', ...huge, '"]'])).toBeGreaterThanOrEqual(400)
  const deep = '['.repeat(1_900_000) + ']'.repeat(1_900_000)
  expect(await post(product, '/tools/explain', own, [deep], deep.length)).toBeGreaterThanOrEqual(400)
  const entries = JSON.stringify(Array.from({ length: 100_000 }, () => '$K1'))
  expect(await post(product, '/tools/explain', own, [entries], entries.length)).toBeGreaterThanOrEqual(400)
  expect(await (await fetch(`${product.url}/health`)).json()).toEqual({ status: 'ok' })
})

test('an address or a header without end is refused', async ({ product }) => {
  const status = async (path: string, headers = {}) => (await fetch(product.url + path, { headers })).status
  expect(await status(`/?${'x'.repeat(20_000)}`)).toBe(431)
  expect(await status('/', { cookie: 'x'.repeat(20_000) })).toBe(431)
  expect(await status(`/tools/powershell?mailbox=${'x'.repeat(10_000)}`)).toBe(200)
})

test('too many ways back from Microsoft, and too many texts to read, are told to wait', async ({ product }) => {
  const told = /Too many tries\. Wait \d+ seconds?/
  const refused = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 429)
  const noor = new Visitor(product)
  await noor.signIn('Noor Haddad')
  const { person } = limits['sign-in']
  const backs = await tryOften(person * product.instances, () => noor.ask('/?code=x&state=x'))
  expect(refused(backs.slice(0, person))).toEqual([])
  expect(refused(backs)[0]?.text).toMatch(told)
  // Nobody is signed in here, so it is the address that counts.
  const nobody = new Visitor(product)
  const { address } = limits.text
  const script = () => nobody.ask('/tools/powershell/script.ps1', { form: { x: '' } })
  const scripts = await tryOften(address * product.instances, script)
  // The stories before have posted a few, which count for half a minute.
  expect(refused(scripts.slice(0, address - 20)).length).toBe(0)
  expect(refused(scripts)[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
  const tools = [
    ['/tools/explain', 'app/tools/explain/actions.ts#explainPasted', { error: '535 5.7.3' }],
    ['/tools/check-output', 'app/tools/check-output/actions.ts#check', { output: 'x' }],
    ['/tools/powershell', 'app/tools/powershell/actions.ts#make', { mailboxes: 'x' }]
  ] as const
  for (const [path, name, form] of tools) {
    const tries = await tryOften(product.instances, () => nobody.ask(path, { action: { name, bound: [], form } }))
    expect([path, tries.some(({ text }) => told.test(text))]).toEqual([path, true])
  }
})

/** As many tries as a limit allows (each instance counts for itself) and one more, ten at a time, so that all of them are
 *  within its window. */
async function tryOften<T>(limit: number, once: () => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = []
  while (answers.length <= limit)
    answers.push(...(await Promise.all(Array.from({ length: Math.min(10, limit + 1 - answers.length) }, once))))
  return answers
}

/** The last answer, which alone has this status. */
function last(answers: readonly Answer[], status: number): Answer {
  const those = answers.filter(answer => answer.status === status)
  expect(those).toHaveLength(1)
  return those[0] as Answer
}

/** Sends a body in pieces, in chunks of unknown number unless its length is told. Gives the status. */
function post(
  product: Product,
  path: string,
  headers: Record<string, string>,
  pieces: readonly string[],
  length?: number
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(product.url + path, {
      method: 'POST',
      headers: { ...headers, ...(length !== undefined && { 'content-length': String(length) }) }
    })
    sent.on('response', response => {
      resolve(response.statusCode ?? 0)
      response.resume()
    })
    // Whoever refuses early closes early; what counts is the answer that came before.
    sent.on('error', reject)
    for (const piece of pieces) sent.write(piece)
    sent.end()
  })
}
