// The samples that the page says our tests run: run here, as the page shows them, against the practice tenant's servers.
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../../practice-tenant/testing.ts'
import { type Bench, openBench, type Ran } from '../../test-data/run-sample.ts'
import { type Cloud, protocols } from '../steps/step.ts'
import type { SampleFile } from './sample.ts'
import { samplesFor } from './samples.ts'

const mailbox = 'invoices@contoso.example'
const seeded = ['Reminder', 'Invoice 4711', 'Your order has shipped']

let practice: PracticeTenant
/** Another one, whose certificate nobody trusts. */
let stranger: PracticeTenant
let bench: Bench
const undo: (() => unknown)[] = []
let secret: string
let files: readonly SampleFile[]
/** The files for a cloud that differs in what is given. */
let filesFor: (other: Partial<Cloud>) => readonly SampleFile[]

beforeAll(async () => {
  bench = openBench()
  undo.push(bench.remove)
  practice = await startPracticeTenant()
  undo.push(practice.stop)
  stranger = await startPracticeTenant()
  undo.push(stranger.stop)
})
afterAll(async () => {
  for (const step of undo) await step()
})

beforeEach(() => {
  const ids = practice.control.reset({ world: 'finished' })
  secret = ids?.secrets[0]?.secretText ?? ''
  expect(secret).toMatch(/.{16}/)
  filesFor = other => {
    const cloud = { ...cloudOf(practice), ...other }
    const input = { clientId: ids?.appId ?? '', tenantId: tenantIds.contoso, cloud, mailbox, protocols }
    return samplesFor(input)
      .filter(({ tested }) => tested)
      .flatMap(sample => sample.files)
  }
  files = filesFor({})
})

const cloudOf = (tenant: PracticeTenant): Cloud => ({
  ...JSON.parse(readFileSync(tenant.cloudFile, 'utf8')),
  unconfirmed: []
})
const fileNamed = (name: string, from = files) => from.find(file => file.name === name) as SampleFile
const trusting = () => ({
  MAIL_CLIENT_SECRET: secret,
  CURL_CA_BUNDLE: practice.certificateFile,
  NODE_EXTRA_CA_CERTS: practice.certificateFile
})

/** Neither what it printed nor any argument of a program holds the secret, a token, or a login made of one. */
function expectNothingTold({ out, err, started }: Ran, file: SampleFile) {
  expect(started).toContain(file.name.endsWith('.sh') ? 'curl ' : 'node ')
  for (const text of [out, err, started]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(encodeURIComponent(secret))
    expect(text).not.toMatch(/eyJ[\w-]{10}|dXNlcj/)
  }
}

const readers = ['read-imap.sh', 'read-pop.sh', 'read-imap.mjs']
const senders = ['send-smtp.sh', 'send-smtp.mjs']

test('every file that the page says is run is run here', () => {
  expect(files.map(({ name }) => name).sort()).toEqual([...readers, ...senders].sort())
})

describe.each(readers)('%s', name => {
  test('prints what is in the inbox', async () => {
    const file = fileNamed(name)
    const ran = await bench.run(file, trusting())
    expect(ran).toMatchObject({ status: 0, err: '' })
    expect(ran.out).toMatch(/3 messages|MESSAGES 3/)
    // POP has a whole message to show and not a list: the newest one.
    for (const subject of file.protocol === 'POP' ? seeded.slice(-1) : seeded) expect(ran.out).toContain(subject)
    const accepted = { protocol: file.protocol.toLowerCase(), mailbox, outcome: 'accepted' }
    const logins = practice.control.logins()
    expect(logins.length).toBeGreaterThan(0)
    expect(logins).toMatchObject(logins.map(() => accepted))
    // curl alone marks as read what it fetches by IMAP, and says so.
    if (file.code.includes('marks as read')) expect(practice.control.mail().changes).not.toEqual([])
    else expect(practice.control.mail().changes).toEqual([])
    expectNothingTold(ran, file)
  })
})

describe.each(senders)('%s', name => {
  test('sends a message to the mailbox itself, and it arrives', async () => {
    const file = fileNamed(name)
    const ran = await bench.run(file, trusting())
    expect(ran).toMatchObject({ status: 0, err: '' })
    expect(ran.out).toContain(`Sent to ${mailbox}`)
    expect(practice.control.mail().submissions).toMatchObject([
      { mailbox, from: mailbox, to: [mailbox], outcome: 'accepted' }
    ])
    const messages = practice.control.tenant().exchange?.inboxes?.[mailbox]?.messages ?? []
    expect(messages).toHaveLength(seeded.length + 1)
    expect(messages.at(-1)?.text).toMatch(/^Subject: Sent with OAuth by /m)
    expect(messages.at(-1)?.text).toContain('with a token of the application itself.')
    expectNothingTold(ran, file)
  })
})

test.each(senders)('%s gives the token to no server that offers no encryption', async name => {
  const heard: string[] = []
  const plain = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', data => {
      heard.push(data.toString())
      socket.write(/^EHLO/.test(data.toString()) ? '250-localhost\r\n250 AUTH XOAUTH2\r\n' : '502 5.5.1 No\r\n')
    })
    socket.write('220 localhost\r\n')
  })
  const port = await new Promise<number>(resolve => {
    plain.listen(0, '127.0.0.1', () => resolve((plain.address() as AddressInfo).port))
  })
  const file = fileNamed(name, filesFor({ smtp: { host: 'localhost', port, security: 'STARTTLS' } }))
  const ran = await bench.run(file, trusting())
  plain.close()
  expect(ran.status).not.toBe(0)
  expect(heard.join('')).toContain('EHLO')
  expect(heard.join('')).not.toMatch(/^AUTH/m)
  expectNothingTold(ran, file)
})

test.each([...readers, ...senders])(
  '%s gives the token to no mail server whose certificate is not trusted',
  async name => {
    const { imap, pop, smtp } = cloudOf(stranger)
    const file = fileNamed(name, filesFor({ imap, pop, smtp }))
    const ran = await bench.run(file, trusting())
    expect(ran.status).not.toBe(0)
    expect(ran.err).toMatch(/self-signed certificate/)
    // It had the token by then: a second curl ran, and what failed in Node.js was not the fetch of one.
    if (name.endsWith('.sh')) expect(ran.started.match(/^curl /gm)?.length).toBeGreaterThan(1)
    expect(ran.err).not.toContain('fetch failed')
    expect(stranger.control.logins()).toEqual([])
    expectNothingTold(ran, file)
  }
)

/** Until they have a token all files of a language are the same. */
describe.each(['read-imap.sh', 'read-imap.mjs'])('%s', name => {
  test('says Microsoft’s reason when the secret is refused, and nothing of the secret', async () => {
    const file = fileNamed(name)
    secret = `wrong~${'x'.repeat(34)}`
    const ran = await bench.run(file, trusting())
    expect(ran.status).not.toBe(0)
    expect(ran.err).toContain('AADSTS7000215')
    expect(practice.control.logins()).toEqual([])
    expectNothingTold(ran, file)
  })

  test('gives the secret to no server whose certificate is not trusted', async () => {
    const file = fileNamed(name)
    const ran = await bench.run(file, { MAIL_CLIENT_SECRET: secret })
    expect(ran.status).not.toBe(0)
    expect(ran.err).toMatch(/self-signed certificate/)
    expect(practice.control.logins()).toEqual([])
    expectNothingTold(ran, file)
  })

  test('says which variable is missing, and asks nobody', async () => {
    const ran = await bench.run(fileNamed(name), { ...trusting(), MAIL_CLIENT_SECRET: '' })
    expect(ran.status).not.toBe(0)
    expect(ran.err).toMatch(/MAIL_CLIENT_SECRET:? is not set/)
    expect(ran.started).not.toContain('curl ')
  })
})
