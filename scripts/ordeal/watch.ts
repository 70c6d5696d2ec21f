// The log of the built product on a real walk, with seeded secrets and a database that goes away and comes back.
// The rule it keeps: whatever was secret on the walk is looked for in all that the product printed, the client secret too;
// a control prints one of them and has to find it.
import { randomUUID } from 'node:crypto'
import { openServerDatabase, type ServerDatabase } from '../database/server-for-tests.ts'
import type { Kind } from './kind.ts'
import { type Product, startProduct } from './product.ts'
import { Visitor } from './visitor.ts'

/** Plain words, so that no shape gives them away. */
const seeded = {
  APP_KEY: 'seeded key of the app in plain words',
  AZURE_CLIENT_SECRET: 'seeded client secret in plain words',
  password: 'seeded-password-in-plain-words'
}

type Event = { event: string; [name: string]: unknown }
type Check = [says: string, holds: boolean]

export const watch: Kind = {
  name: 'watch',
  proves: 'The log tells of every request with its IDs and of every fault with its stack, and of no secret.',
  leastMs: 25_000,
  async run({ say }) {
    const database = await openServerDatabase()
    const url = database.url.replace('postgres@', `postgres:${seeded.password}@`)
    const { APP_KEY, AZURE_CLIENT_SECRET } = seeded
    const azure = { AZURE_CLIENT_ID: randomUUID(), AZURE_TENANT_ID: randomUUID(), AZURE_CLIENT_SECRET }
    const product = await startProduct({ DATABASE_URL: url, APP_KEY, ...azure, LOG_LEVEL: 'debug' })
    try {
      const visitor = new Visitor(product.url)
      const walked = await walk(visitor)
      const faulty = await takeDatabaseAway(visitor, product, database, walked.setup)
      const checks = [...walked.checks, ...faulty, ...judge(product.said(), [...visitor.secrets, walked.secret])]
      for (const [says, holds] of checks) say(`${holds ? 'ok    ' : 'FAILED'} ${says}`)
      return {
        cases: checks.length,
        failures: checks.filter(([, holds]) => !holds).map(([says]) => says),
        figures: { 'secrets looked for': visitor.secrets.size + 1 + Object.keys(seeded).length }
      }
    } finally {
      await product.stop()
      await database.close()
    }
  }
}

async function walk(visitor: Visitor): Promise<{ setup: string; secret: string; checks: Check[] }> {
  await visitor.signIn('Ada Lindqvist')
  const begun = await visitor.press(await visitor.open('/setups/new'), 'Continue', { name: 'Watched' })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  const entered = await visitor.press(await visitor.press(begun, 'Enter your tenant as'), 'Accept')
  const ended = await visitor.press(entered, 'Do all of it for me')
  const secret = secretIn(ended.html)
  const csv = await visitor.open(`${setup}/diary/export.csv`)
  const json = await visitor.open(`${setup}/diary/export.json`)
  const stale = await visitor.send('/auth/callback?code=seeded-code-in-plain-words&state=seeded-state-in-plain-words')
  for (const each of ['seeded-code-in-plain-words', 'seeded-state-in-plain-words']) visitor.secrets.add(each)
  return {
    setup,
    secret,
    checks: [
      ['the walk ended with a client secret', secret.length > 20],
      ['the diary is there as CSV', csv.html.split('\r\n').length > 7 && csv.html.includes('Grant IMAP.AccessAsApp')],
      ['the diary is there as lines of JSON', json.html.trim().split('\n').length > 6],
      ['the diary tells no secret', !csv.html.includes(secret) && !json.html.includes(secret)],
      ['a stale way back is refused', stale.location?.endsWith('?problem=stale') ?? false]
    ]
  }
}

/** The value beside its label: the longest run on the page that has a tilde. */
function secretIn(html: string): string {
  const runs = html.match(/[\w~.-]*~[\w~.-]*/g) ?? []
  return runs.toSorted((a, b) => b.length - a.length)[0] ?? ''
}

async function takeDatabaseAway(visitor: Visitor, product: Product, database: ServerDatabase, setup: string) {
  const ready = () => visitor.send('/health/ready')
  const before = await ready()
  await database.kill()
  const away = await ready()
  const alive = await visitor.send('/health')
  const page = await visitor.send(`${setup}/find-the-tenant`)
  await database.start()
  const after = await ready()
  const references = [...page.html.matchAll(/(?:data-dgst="|digest\\?":\\?")(\d+)/g)].map(([, digest]) => digest)
  const faults = eventsIn(product.said()).filter(({ event }) => event === 'unexpected error')
  const checks: Check[] = [
    ['ready while the database is there', before.status === 200],
    ['not ready, and why, while it is away', away.status === 503 && away.html.includes('["database"]')],
    ['alive all the same', alive.status === 200],
    ['ready again when it is back', after.status === 200],
    ['a page without a database is an error with a reference', page.status === 500 && references.length > 0],
    ['the reference stands in the log', faults.some(({ reference }) => references.includes(String(reference)))],
    ['with a stack', faults.some(({ error }) => JSON.stringify(error ?? '').includes('    at '))]
  ]
  return checks
}

function eventsIn(said: string): Event[] {
  const lines = said.split('\n').filter(line => line.startsWith('{'))
  return lines.map(line => JSON.parse(line) as Event)
}

function judge(said: string, given: readonly string[]): Check[] {
  const events = eventsIn(said)
  const calls = events.filter(({ event }) => event === 'microsoft answered')
  const graph = calls.filter(({ path }) => String(path).startsWith('/v1.0/'))
  const secrets = [...given, ...Object.values(seeded)]
  const leaked = (text: string) =>
    secrets.filter(secret => text.includes(secret) || text.includes(encodeURIComponent(secret)))
  return [
    ['the start is told', events.some(({ event }) => event === 'server started')],
    ['both sign-ins are told', events.filter(({ event }) => event === 'signed in').length === 2],
    ['the refused one is told', events.some(({ event }) => event === 'sign-in refused')],
    ['Graph was asked', graph.length > 10],
    [
      'each request to Graph has its IDs, whose and which setup it was for, and how long it took',
      graph.every(
        ({ requestId, personId, setupId, microsoftRequestId, ms }) =>
          requestId && personId && setupId && microsoftRequestId && typeof ms === 'number'
      )
    ],
    ['no address of anybody is in the log', !events.some(each => /@contoso\.example/.test(JSON.stringify(each)))],
    [`no secret was printed (${leaked(said).length} of ${secrets.length})`, leaked(said).length === 0],
    ['control: one that is printed is found', leaked(`${said}${secrets[0]}`).length === 1]
  ]
}
