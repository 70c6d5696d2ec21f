// After the whole story no secret and no token is left anywhere: not in what was printed, not in any page, not in any row,
// and in no byte of the database's files.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { steps } from '../lib/steps/index.ts'
import { ConsolePage } from './console-page.ts'
import { expect, test } from './test.ts'

/** Two parts of a JWT: what every token here begins with. The practice tenant has its own; the wizard's rows have none. */
const token = /eyJ[\w-]{12,}\.eyJ[\w-]{12,}/
/** A SASL string in Base64: `user=`. */
const sasl = /dXNlcj[0-9a-zA-Z+/=]{30,}/

/** What a text or a file gives away, by name. */
function leaks(bytes: string, secret: string): readonly string[] {
  const needles = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]
  return [
    ...(needles.some(needle => bytes.includes(needle)) ? ['the secret'] : []),
    ...(token.test(bytes) ? ['a token'] : []),
    ...(sasl.test(bytes) ? ['a SASL string'] : [])
  ]
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    const kind = statSync(path)
    return kind.isDirectory() ? filesBelow(path) : kind.isFile() ? [path] : []
  })
}

/** Every row of every table, as text. */
async function everyRow(databaseUrl: string): Promise<readonly { table: string; text: string }[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const tables = await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
    )
    const rows: { table: string; text: string }[] = []
    for (const { tablename } of tables.rows) {
      const found = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${tablename}" t`)
      rows.push(...found.rows.map(({ text }) => ({ table: tablename, text })))
    }
    return rows
  } finally {
    await client.end()
  }
}

test('no secret and no token is left in a log, a page, a row or a byte of the database', async ({
  wizard,
  practice,
  product,
  context
}) => {
  await practice.allowTheWizard()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await wizard.signIn('Ada Lindqvist')
  const setup = await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(false)
  await wizard.doAll()
  const secret = await wizard.readSecret()
  expect(leaks(await wizard.page.content(), secret)).toEqual(['the secret'])
  await wizard.secretIsStored()
  const console = new ConsolePage(await context.newPage())
  await wizard.goOnTo('open-the-mailboxes')
  await wizard.fillMailboxes('invoices@contoso.example\nscanner@contoso.example')
  await wizard.unfold('Both Exchange steps as one script')
  await console.run(practice.http, await wizard.copy('Both Exchange steps as one script'), 'ada@contoso.example')
  // The secret among what is pasted is not even read.
  await wizard.pasteReceipt(`${await console.output.innerText()}\n${secret}`)
  await wizard.open(`${setup}/test-the-connection`)
  await wizard.test('Test the connection')
  await expect(wizard.result('IMAP', 'invoices@contoso.example')).toContainText('Proved')
  await wizard.press('Send 2 test messages')
  await expect(wizard.result('SMTP', 'scanner@contoso.example')).toContainText('message accepted')

  for (const path of [...steps.map(({ id }) => `/${id}`), '/diary', '/test-the-connection/results.csv']) {
    const page = await wizard.page.request.get(setup + path)
    expect([path, page.status(), leaks(await page.text(), secret)]).toEqual([path, 200, []])
  }
  const rows = await everyRow(product.databaseUrl)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ text }) => leaks(text, secret).length > 0).map(({ table }) => table)).toEqual([])
  const files = filesBelow(product.databaseDir)
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter(file => leaks(readFileSync(file, 'latin1'), secret).length > 0)).toEqual([])
  expect(product.said()).toContain('ready')
  expect(leaks(product.said(), secret)).toEqual([])
})

test('the search finds what is there', () => {
  const secret = 'abc8Q~0123456789abcdefghijklmnopqrstuvwx'
  const part = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')
  expect(leaks(`x ${secret} y`, secret)).toEqual(['the secret'])
  expect(leaks(`Bearer ${part}.${part}.z`, secret)).toEqual(['a token'])
  expect(
    leaks(Buffer.from(`user=a@b.c\u0001auth=Bearer ${'x'.repeat(40)}\u0001\u0001`).toString('base64'), secret)
  ).toEqual(['a SASL string'])
  expect(leaks('nothing of the kind', secret)).toEqual([])
})
