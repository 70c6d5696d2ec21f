// A client secret pasted into the wrong field: every form of every page is found on the page itself, and the secret is put into
// each of its fields in turn. It comes back in no answer, no address, no page that is opened afterwards, and no row.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { steps } from '../lib/steps/index.ts'
import { type Answer, Visitor } from '../scripts/ordeal/visitor.ts'
import { controlOf } from './fixtures/practice.ts'
import { expect, type Product, test } from './fixtures/product.ts'

const secret = 'Abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789a'
/** In the shapes of older portals. */
const older = ['qZ3vT8mK1xW+pL5nR7bY/cD9fG2hJ4sA6eU0iO8tVwM=', 'K.8aB_cD3eF-gH5iJ7kL9mN_oP1qR2sT4u']
const secrets = [secret, ...older]

/** As it is pasted: alone, or with what sticks to it. */
const pasted = [
  secret,
  `${secret},`,
  `"${secret}"`,
  `secret=${secret}`,
  `Value:${secret}`,
  `ada@contoso.com;${secret}`,
  `My secret ${secret}`,
  ...older.flatMap(secret => [secret, `secret=${secret}`])
]
const holds = (text = '') => secrets.some(secret => text.toLowerCase().includes(secret.toLowerCase()))
const inAddress = (location = '') => decodeURIComponent(location)

type Spot = { button: string; field: string; kind: string }

/** The fields of a page that text is typed into, with a button of their form. Searches put what was typed into an address
 *  (method get) and take no ID. */
function spotsOn({ html }: Answer): readonly Spot[] {
  return [...html.matchAll(/(<form\b[^>]*>)(.*?)<\/form>/gs)].flatMap(([, open = '', inner = '']) => {
    if (/method="get"/i.test(open)) return []
    const button =
      /<button\b[^>]*>(.*?)<\/button>/s
        .exec(inner)?.[1]
        ?.replace(/<[^>]*>/g, '')
        .trim() ?? ''
    const tags = inner.match(/<(input|textarea)\b[^>]*>/g) ?? []
    return tags.flatMap(tag => {
      const kind = /\stype="(\w+)"/.exec(tag)?.[1] ?? 'text'
      const field = /\sname="([^"]*)"/.exec(tag)?.[1] ?? ''
      return ['text', 'email', 'password', 'search'].includes(kind) && field ? [{ button, field, kind }] : []
    })
  })
}

/** A setup walked by hand until every step is open. */
async function walked(visitor: Visitor): Promise<string> {
  await visitor.signIn('Ada Lindqvist')
  const begun = await visitor.press(await visitor.open('/setups/new'), 'Continue', { name: 'Pasted' })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  await visitor.press(begun, 'Look up the tenant', { tenant: 'contoso.example' })
  const ids = { appId: randomUUID(), enterpriseObjectId: randomUUID() }
  await visitor.press(await visitor.open(`${setup}/register-the-application`), 'Check these IDs', ids)
  return setup
}

test('a secret pasted into any field of any page comes back nowhere', async ({ product }) => {
  await controlOf(product).reset()
  const visitor = new Visitor(product.url)
  const setup = await walked(visitor)
  const pages = [
    '/setups/new',
    ...steps.map(({ id }) => `${setup}/${id}`),
    '/tools/powershell',
    '/tools/check-output',
    '/tools/explain',
    '/tools/own-application'
  ]
  const tried: string[] = []
  for (const path of pages) {
    const fresh = await visitor.open(path)
    for (const { button, field } of spotsOn(fresh)) {
      const spot = `${path.replace(setup, '')} ${button}: ${field}`
      for (const text of pasted) {
        const page = await visitor.open(path)
        const answer = await visitor.formOn(page, button)({ [field]: text })
        const said = `${spot}: ${text}`
        expect([said, answer.status === 200 || answer.status === 303]).toEqual([said, true])
        expect([said, holds(answer.html), holds(inAddress(answer.location))]).toEqual([said, false, false])
        const after = await visitor.open(answer.location ?? path)
        expect([said, holds(after.html)]).toEqual([said, false])
      }
      tried.push(spot)
    }
  }
  // What takes an ID or a secret is among them: of the steps, of what is pasted, of the test, of the tools.
  for (const spot of [
    'register-the-application.*: appId',
    'register-the-application.*: enterpriseObjectId',
    'register-the-application.*: applicationObjectId',
    'find-the-tenant.*: tenant',
    'register-in-exchange.*: output',
    'tools/powershell .*: appId',
    'tools/powershell .*: objectId',
    'tools/powershell .*: tenantId',
    'tools/check-output .*: objectId',
    'tools/check-output .*: output',
    'tools/explain .*: error'
  ])
    expect(tried.join('\n')).toMatch(new RegExp(spot))
  for (const each of secrets) expect(await rowsWith(product, each)).toEqual([])
  expect(holds(product.said())).toBe(false)
  // The search of the rows finds what is there.
  expect((await rowsWith(product, 'Pasted')).length).toBeGreaterThan(0)
})

async function rowsWith(product: Product, text: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
    const found: string[] = []
    for (const { tablename } of rows) {
      const all = await client.query(`SELECT t::text AS text FROM "${tablename}" t`)
      if (all.rows.some(row => row.text.toLowerCase().includes(text.toLowerCase()))) found.push(tablename)
    }
    return found
  } finally {
    await client.end()
  }
}
