// Who may see and do what: every door of the product (access/routes.ts) times every kind of visitor. A refusal never tells
// whether there is something behind the door: it is the very answer that an ID gets which never was anybody's.
import pg from 'pg'
import { connectionOf } from '../lib/db/connection.ts'
import { absoluteLimitMs, idleLimitMs } from '../lib/session/lifetime.ts'
import { idOfCookie } from '../lib/session/seal.ts'
import { builtAs, builtDoors, doorsIn, doorsOf } from './access/routes.ts'
import { type Row, rows } from './access/rows.ts'
import { type Answer, Visitor } from './access/visitor.ts'
import { controlOf } from './fixtures/practice.ts'
import { expect, type Product, test as withProduct } from './fixtures/product.ts'

/** Who began the setup, with its Entra steps done, so that every door of it stands open to her. */
type World = { ada: Visitor; setupId: string }

const never = '00000000-0000-4000-8000-000000000000'

const test = withProduct.extend<object, { world: World }>({
  world: [
    async ({ product }, use) => {
      await controlOf(product).reset()
      const ada = new Visitor(product)
      await ada.signIn('Ada Lindqvist')
      const setupId = await ada.begin('Invoice reader')
      await ada.enter(setupId, 'Ada Lindqvist')
      await runAll(ada, setupId)
      await use({ ada, setupId })
    },
    { scope: 'worker', timeout: 120_000 }
  ]
})

/** All Entra steps, and her word that the secret is stored. */
async function runAll(visitor: Visitor, setupId: string) {
  for (let round = 0; round < 20; round++) {
    const form = { all: 'yes', since: '' }
    const { location } = await visitor.ask(`/setups/${setupId}/find-the-tenant/run`, { form })
    if (location?.includes('create-a-secret')) break
  }
  const { text } = await visitor.ask(`/setups/${setupId}/create-a-secret`)
  const keyId = /name="keyId" value="([^"]+)"/.exec(text)?.[1] ?? 'no secret is shown'
  await visitor.ask(`/setups/${setupId}/create-a-secret/secret`, { form: { word: 'stored', keyId } })
}

const knock = (visitor: Visitor, row: Row, setupId: string, headers = {}): Promise<Answer> =>
  visitor.ask(row.path(setupId), { ...row.sending?.(setupId), headers })

const posts = (row: Row) => row.sending !== undefined && Object.keys(row.sending(never)).length > 0

/** An answer without what is another in every answer: the setup's ID as it was sent, the nonce, Next's keys of a request,
 *  and in which order and pieces React's rows came. */
function comparable({ status, location, text }: Answer, setupId: string) {
  const plain = (said: string) => said.replaceAll(setupId, 'ID').replaceAll(/nonce(=\\?"|\\?":\\?")[\w+/=]+/g, 'nonce')
  const whole = plain(text).replaceAll(/"\]\)<\/script><script nonce">self\.__next_f\.push\(\[1,"/g, '')
  const pieces = whole.split(/\\?\n|\\n/).map(line =>
    line
      .replace(/^[0-9a-f]+:/, '')
      .replaceAll(/\$[L@]?[0-9a-f]+\b/g, '$')
      .replaceAll(/"[\w-]{21}[vm]"/g, 'key')
  )
  return { status, location: location && plain(location), pieces: pieces.sort() }
}

/** The answers of a whole column, door by door; owner's doors also as an ID that never was would be answered. */
async function column(visitor: () => Visitor | Promise<Visitor>, { setupId }: World, headers = {}) {
  const answers: [row: Row, answer: Answer][] = []
  for (const row of rows) {
    const answer = await knock(await visitor(), row, setupId, headers)
    answers.push([row, answer])
    if (row.for !== 'owner') continue
    const none = await knock(await visitor(), row, never, headers)
    expect([row.door, comparable(answer, setupId)]).toEqual([row.door, comparable(none, never)])
    expect([row.door, answer.text.includes('Invoice reader')]).toEqual([row.door, false])
  }
  return answers
}

/** How a closed door leads elsewhere: Next's actions tell their page by a header, and that is no redirect. */
const awayFrom = (row: Row) => (row.sending?.(never).action ? 200 : posts(row) ? 303 : 307)

function expectStranger(answers: readonly [Row, Answer][]) {
  for (const [row, answer] of answers) {
    const opens = row.for === 'all'
    expect([row.door, answer.status]).toEqual([row.door, opens ? row.opens : awayFrom(row)])
    if (!opens) expect([row.door, answer.location]).toEqual([row.door, expect.stringMatching(/\/\?signed-out=1(;|$)/)])
  }
}

test('every page, handler and action has a row, and no row is left of what is gone', () => {
  expect(rows.map(({ door }) => door).sort()).toEqual(doorsOf())
})

test('nothing answers in the build that the route tree does not show: no address, and no action', () => {
  const built = builtDoors()
  const doors = doorsOf()
  const addresses = new Set(doors.filter(door => !door.startsWith('ACTION ')).map(builtAs))
  expect([...addresses].sort()).toEqual(built.addresses)
  expect(doors.filter(door => door.startsWith('ACTION '))).toEqual(built.actions)
})

test('a new page, handler or action is noticed', () => {
  expect(doorsIn('app/x/page.tsx', 'export default function X() {}')).toEqual(['PAGE /x'])
  expect(doorsIn('app/x/[y]/route.ts', 'export async function PUT() {}\nexport const GET = 1')).toEqual([
    'GET /x/[y]',
    'PUT /x/[y]'
  ])
  expect(doorsIn('app/x/actions.ts', "'use server'\n\nexport async function win() {}")).toEqual([
    'ACTION app/x/actions.ts#win'
  ])
})

test('who has no session gets what is everybody’s, and is led to the start from everything else', async ({
  product,
  world
}) => {
  expectStranger(await column(() => new Visitor(product), world))
})

const cookies: [kind: string, change: (value: string) => string][] = [
  ['that was made up', () => 'A'.repeat(43)],
  ['that differs in one character', value => (value.startsWith('A') ? 'B' : 'A') + value.slice(1)],
  ['that is the database’s name for the session', idOfCookie],
  ['that is too long for one', value => value.repeat(50)]
]
for (const [kind, change] of cookies)
  test(`a cookie ${kind} is none`, async ({ product, world }) => {
    expectStranger(await column(() => world.ada.withSession(product, change), world))
  })

test('a cookie from before signing in, before entering a tenant, or from before signing out is none', async ({
  product,
  world
}) => {
  const ada = new Visitor(product)
  const going = await ada.ask('/sign-in', { form: { cloud: 'practice', way: 'own' } })
  const beforeSignIn = ada.withSession(product, value => value)
  await ada.comeBackFrom(going, 'Ada Lindqvist')
  const beforeEntering = ada.withSession(product, value => value)
  await ada.enter(await ada.begin('Another'), 'Ada Lindqvist', { as: 'me' })
  const beforeSignOut = ada.withSession(product, value => value)
  await ada.ask('/sign-out', { form: {} })
  const old = [beforeSignIn, beforeEntering, beforeSignOut]
  expect(new Set(old.map(({ session }) => session)).size).toBe(3)
  for (const visitor of old) expectStranger(await column(() => visitor.withSession(product, value => value), world))
})

test('a session that idled too long, or is older than a session may be, is none', async ({ product, world }) => {
  const limits = [
    ['"seenAt"', Date.now() - idleLimitMs - 1000],
    ['"expiresAt"', Date.now() - 1000]
  ] as const
  for (const [name, at] of limits) {
    const ada = new Visitor(product)
    await ada.signIn('Ada Lindqvist')
    const opened = await ada.ask('/setups')
    expect(opened.status).toBe(200)
    await sql(product, `UPDATE "Session" SET ${name} = $1 WHERE "id" = $2`, [
      new Date(at),
      idOfCookie(ada.session ?? '')
    ])
    expectStranger(await column(() => ada.withSession(product, value => value), world))
  }
  expect(idleLimitMs).toBeLessThan(absoluteLimitMs)
})

test('another owner learns nothing: not of what there is, nor that there is anything', async ({ product, world }) => {
  const ben = new Visitor(product)
  await ben.signIn('Ben Okafor')
  await ben.begin('Mine')
  const mine = ben.withSession(product, value => value)
  for (const [row, answer] of await column(() => mine.withSession(product, value => value), world)) {
    if (row.ends && row.for === 'all') continue
    expect([row.door, answer.status]).toEqual([row.door, row.for === 'owner' ? 404 : row.opens])
  }
})

const origins: [kind: string, headers: Record<string, string>][] = [
  ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['of another port of this machine', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
  ['of a frame without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['of a program that says nothing', { origin: '', 'sec-fetch-site': '' }]
]
for (const [kind, headers] of origins)
  test(`a form ${kind} presses nothing with the owner’s own cookie`, async ({ product, world }) => {
    for (const row of rows.filter(posts)) {
      const answer = await knock(
        world.ada.withSession(product, value => value),
        row,
        world.setupId,
        headers
      )
      const open = row.door === 'POST /tools/powershell/[file]'
      expect([row.door, answer.status]).toEqual([row.door, open ? row.opens : 403])
      expect([row.door, answer.text.includes('Invoice reader')]).toEqual([row.door, false])
    }
    expect((await world.ada.ask(`/setups/${world.setupId}/diary`)).text).toContain('Invoice reader')
  })

for (const site of ['cross-site', 'same-site'])
  test(`a ${site} link downloads nothing with the owner’s own cookie, and writes nothing into the diary`, async ({
    product,
    world
  }) => {
    const noted = () => rowsOfSetup(product, world.setupId).then(all => all.LogEntry)
    const before = await noted()
    const downloads = rows.filter(row => row.for === 'owner' && row.door.startsWith('GET '))
    expect(downloads.length).toBeGreaterThan(3)
    const ada = () => world.ada.withSession(product, value => value)
    for (const row of downloads) {
      const answer = await knock(ada(), row, world.setupId, { 'sec-fetch-site': site })
      const none = await knock(ada(), row, never, { 'sec-fetch-site': site })
      expect([row.door, answer.status]).toEqual([row.door, 403])
      expect([row.door, comparable(answer, world.setupId)]).toEqual([row.door, comparable(none, never)])
    }
    expect(await noted()).toEqual(before)
  })

test('a state of another session is none, and neither is one that was used', async ({ product }) => {
  const ada = new Visitor(product)
  const going = await ada.ask('/sign-in', { form: { cloud: 'practice', way: 'own' } })
  const back = await ada.throughMicrosoft(going, 'Ada Lindqvist')
  const ben = new Visitor(product)
  await ben.signIn('Ben Okafor')
  for (const thief of [ben, new Visitor(product)]) {
    const before = thief.session
    const stolen = await thief.ask(back)
    expect([stolen.status, stolen.location]).toEqual([303, `${product.url}/?problem=stale`])
    expect(thief.session).toBe(before)
  }
  expect((await ada.ask(back)).location).toBe(`${product.url}/setups`)
  expect((await ada.ask(back)).location).toBe(`${product.url}/?problem=stale`)
})

test('the right person who has entered another tenant only reads and changes nothing in this one', async ({
  product
}) => {
  const practice = controlOf(product)
  await practice.allowTheWizard('fabrikam.example')
  const noor = new Visitor(product)
  await noor.signIn('Noor Haddad')
  const fabrikam = await noor.begin('For Fabrikam')
  const form = { tenant: 'fabrikam.example' }
  const tell = {
    name: 'app/setups/[setupId]/[step]/actions.ts#tell',
    bound: [fabrikam, 'find-the-tenant'],
    form
  } as const
  expect((await noor.ask(`/setups/${fabrikam}/find-the-tenant`, { action: tell })).location).toContain('saved=1')
  await noor.enter(fabrikam, 'Noor Haddad')
  await runAll(noor, fabrikam)
  const later = new Visitor(product)
  await later.signIn('Noor Haddad')
  await later.enter(await later.begin('For Northwind'), 'Noor Haddad', { as: 'me' })
  await practice.clearRequests()
  const before = await rowsOfSetup(product, fabrikam)
  expect(before.Credential).toHaveLength(1)
  for (const row of rows.filter(one => one.for === 'owner' && !one.ends)) {
    const { status } = await knock(later, row, fabrikam)
    // The setup is theirs, so every door opens; what is behind it comes from the wizard's own rows alone.
    expect([row.door, status]).toEqual([row.door, row.opens])
  }
  const { LogEntry: saidAfter, ...after } = await rowsOfSetup(product, fabrikam)
  const { LogEntry: said, ...kept } = before
  expect(after).toEqual(kept)
  expect(saidAfter).toEqual(expect.arrayContaining(said))
  for (const entry of saidAfter.filter(one => !said.includes(one))) expect(entry).toContain('Downloaded ')
  const run = await later.ask(`/setups/${fabrikam}/find-the-tenant/run`, { form: { all: 'yes' } })
  expect(run.location).toContain('enter=1')
  const { requests } = await practice.requests()
  expect(requests.filter(({ path }) => path.startsWith('/v1.0/'))).toEqual([])
})

test('every door opens to whom it belongs, so that no row passes for want of a door', async ({ world }) => {
  for (const row of rows) {
    const { status, location } = await knock(world.ada, row, world.setupId)
    expect([row.door, status]).toEqual([row.door, row.opens])
    if (row.door !== 'POST /sign-out') expect(location ?? '').not.toContain('signed-out')
  }
})

/** Everything that hangs on a setup, by table, in an order of its own. */
async function rowsOfSetup(product: Product, setupId: string) {
  const client = new pg.Client(connectionOf(product.databaseUrl))
  await client.connect()
  const read = async (table: string, column = 'setupId') =>
    (
      await client.query(`SELECT t::text AS text FROM "${table}" t WHERE "${column}"::text = $1 ORDER BY 1`, [setupId])
    ).rows.map(({ text }) => String(text))
  const all = {
    Setup: await read('Setup', 'id'),
    Answer: await read('Answer'),
    Sighting: await read('Sighting'),
    Mailbox: await read('Mailbox'),
    Credential: await read('Credential'),
    Receipt: await read('Receipt'),
    Proof: await read('Proof'),
    LogEntry: await read('LogEntry')
  }
  await client.end()
  return all
}

async function sql(product: Product, text: string, values: unknown[]) {
  const client = new pg.Client(connectionOf(product.databaseUrl))
  await client.connect()
  const { rowCount } = await client.query(text, values)
  await client.end()
  expect(rowCount).toBe(1)
}
