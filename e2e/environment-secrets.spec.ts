// What the environment keeps secret stays there: a wizard with its own application, by a secret and by a certificate, is
// refused by Microsoft, falls over unexpected errors, and is searched - all that it printed, every page that was seen, every
// row, and every byte of its database. What people are told of such an error is a reference that leads to the log.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { tenantIds } from '../practice-tenant/worlds/people.ts'
import { wizardAppId } from '../practice-tenant/worlds/seed.ts'
import { type Product, startProduct } from '../scripts/ordeal/product.ts'
import { type Answer, Visitor } from '../scripts/ordeal/visitor.ts'
import { wizardCertificate } from '../test-data/wizard-certificate.ts'
import { type OwnMicrosoft, openOwnMicrosoft, signInHost } from './fixtures/own-microsoft.ts'

/** Of plain words: no shape gives them away, so they have to be known by their value. */
const appKey = 'seeded application key of plain words'
const clientSecret = 'seeded client secret of plain words'

let folder: string
let microsoft: OwnMicrosoft
let key: string
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mow-own-'))
  microsoft = await openOwnMicrosoft(join(folder, 'microsoft.pem'))
  const own = await wizardCertificate('wizard.example')
  key = own.private
  writeFileSync(join(folder, 'wizard.pem'), `${own.private}\n${own.cert}`)
})
test.afterAll(() => {
  microsoft.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A key's own lines, without the words around them. */
const linesOf = (pem: string) => pem.split('\n').filter(line => line.length > 30 && !line.includes('-----'))

function leaksIn(text: string, secrets: readonly string[]): readonly string[] {
  const forms = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    Buffer.from(secret).toString('base64').replace(/=+$/, '')
  ]
  return secrets.filter(secret => forms(secret).some(form => text.includes(form)))
}

const proofs = [
  {
    by: 'a secret',
    environment: () => ({ AZURE_CLIENT_SECRET: clientSecret }),
    secrets: () => [clientSecret],
    sends: { name: 'client_secret', value: clientSecret },
    refusal: 'AADSTS7000215'
  },
  {
    by: 'a certificate',
    environment: () => ({ AZURE_CLIENT_CERTIFICATE_PATH: join(folder, 'wizard.pem') }),
    secrets: () => linesOf(key),
    sends: { name: 'client_assertion', value: expect.stringMatching(/^eyJ/) },
    refusal: 'AADSTS700027'
  }
]

for (const proof of proofs)
  test(`nothing that is secret in the environment comes out: ${proof.by}`, async () => {
    const product = await startProduct({
      APP_KEY: appKey,
      AZURE_CLIENT_ID: wizardAppId,
      AZURE_TENANT_ID: tenantIds.contoso,
      ...proof.environment(),
      HTTPS_PROXY: microsoft.proxy,
      NODE_EXTRA_CA_CERTS: join(folder, 'microsoft.pem'),
      LOG_LEVEL: 'debug'
    })
    try {
      const certificate = join(product.dataDir, 'practice', 'certificate.pem')
      microsoft.leadTo({ https: product.practice.https, certificate })
      const seen: Answer[] = []
      await beRefused(product, seen)
      const token = microsoft.asked.at(-1)
      expect(new URLSearchParams(token?.body).get(proof.sends.name)).toEqual(proof.sends.value)
      expect(token?.answer).toContain(proof.refusal)
      expect(seen.at(-1)?.url).toMatch(/[?&]problem=own-credential$/)
      const references = await fall(product, seen)
      const faults = product
        .said()
        .split('\n')
        .filter(line => line.includes('"unexpected error"'))
      for (const reference of references) {
        const told = faults.filter(line => line.includes(`"reference":"${reference}"`))
        expect([reference, told.length]).toEqual([reference, 1])
        expect(JSON.parse(told[0] ?? '{}').error.stack).toContain('    at ')
      }

      const assertion = new URLSearchParams(token?.body).get('client_assertion')
      const secrets = [appKey, ...proof.secrets(), ...(assertion ? [assertion] : [])]
      const text = seen.map(({ html, location }) => `${location}\n${html}`).join('\n')
      expect(seen.length).toBeGreaterThan(10)
      expect(leaksIn(text, secrets)).toEqual([])
      expect(leaksIn(product.said(), secrets)).toEqual([])
      expect(leaksIn(await rowsOf(product), secrets)).toEqual([])
      const files = filesBelow(join(product.dataDir, 'database'))
      expect(files.length).toBeGreaterThan(100)
      expect(files.filter(file => leaksIn(readFileSync(file, 'latin1'), secrets).length > 0)).toEqual([])
      // The search finds what is there.
      for (const secret of secrets) expect(leaksIn(`${product.said()}${secret}`, secrets)).toEqual([secret])
    } finally {
      await product.stop()
    }
  })

/** Signs in to the global cloud as far as Microsoft lets the wizard: the person is let in, its proof of itself is not. */
async function beRefused(product: Product, seen: Answer[]) {
  const visitor = watched(product, seen)
  const start = await visitor.open('/')
  const going = await visitor.formOn(start, 'Sign in: Global')()
  const to = new URL(going.location ?? '')
  expect(to.host).toBe(signInHost)
  const accounts = await visitor.open(`${product.practice.http}${to.pathname}${to.search}`)
  const picked = await visitor.press(accounts, 'Ada Lindqvist,')
  // Allowing what is asked is a page of its own, unless everybody in the tenant has been allowed already.
  if (picked.html.includes('Accept')) await visitor.press(picked, 'Accept')
}

/** Takes a table away under the wizard, and gives it back. Every kind of answer is told by a reference of its own. */
async function fall(product: Product, seen: Answer[]): Promise<readonly string[]> {
  const visitor = watched(product, seen)
  await visitor.signIn('Ada Lindqvist')
  const begun = await visitor.press(await visitor.open('/setups/new'), 'Continue', { name: 'Falls' })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  await sql(product, 'ALTER TABLE "Setup" RENAME TO "SetupAway"')
  const page = await visitor.send('/setups')
  const file = await visitor.send(`${setup}/diary/export.csv`)
  const form = new FormData()
  form.set('all', 'no')
  const posted = await visitor.send(`${setup}/find-the-tenant/run`, form)
  await sql(product, 'ALTER TABLE "SetupAway" RENAME TO "Setup"')
  expect((await visitor.send('/setups')).status).toBe(200)
  expect([page.status, file.status, posted.status]).toEqual([500, 500, 500])
  expect(file.html).toMatch(/^Something went wrong in the wizard\. This is a fault of the wizard\./)
  expect(posted.html).toContain('<h1>Something went wrong in the wizard</h1>')
  for (const { html } of [page, file, posted]) expect(html).not.toMatch(/prisma|SetupAway|relation|node_modules/i)
  const references = [
    /(?:data-dgst="|digest\\?":\\?")(\d+)/.exec(page.html)?.[1],
    /runs this wizard: ([0-9a-f-]{36})\.$/.exec(file.html.trim())?.[1],
    /runs this wizard: ([0-9a-f-]{36})\.</.exec(posted.html)?.[1]
  ]
  expect(references.filter(reference => reference === undefined)).toEqual([])
  return references.map(String)
}

/** A visitor whose every answer of the wizard is kept. */
function watched(product: Product, seen: Answer[]): Visitor {
  const visitor = new Visitor(product.url)
  const send = visitor.send.bind(visitor)
  visitor.send = async (url, body) => {
    const answer = await send(url, body)
    if (answer.url.startsWith(product.url)) seen.push(answer)
    return answer
  }
  return visitor
}

async function sql(product: Product, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

async function rowsOf(product: Product): Promise<string> {
  const tables = await sql(product, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  const rows: string[] = []
  for (const { tablename } of tables)
    rows.push(...(await sql(product, `SELECT t::text AS text FROM "${tablename}" t`)).map(({ text }) => String(text)))
  expect(rows.length).toBeGreaterThan(3)
  return rows.join('\n')
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    const kind = statSync(path)
    return kind.isDirectory() ? filesBelow(path) : kind.isFile() ? [path] : []
  })
}
