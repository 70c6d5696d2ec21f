// SMTP: who may log in and who may send, in which words everybody else is refused, and where accepted mail goes.

import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Dialogue, dial, hiddenGates, invoices, type Kit, openKit, sasl, shutThen } from './testing.ts'

let kit: Kit
const open: Dialogue[] = []

beforeAll(async () => {
  kit = await openKit()
})
afterAll(() => kit.tenant.stop())
beforeEach(() => kit.finish())
afterEach(() => {
  for (const dialogue of open.splice(0)) dialogue.end()
})

const plain = /^535 5\.7\.3 Authentication unsuccessful \[\S+ \d{4}-\d\d-\d\dT\S+Z [0-9A-F]{16}\]$/

async function greet() {
  const dialogue = await dial(kit, 'smtp')
  open.push(dialogue)
  expect(await dialogue.hear()).toMatch(/^220 \S+ Microsoft ESMTP MAIL Service ready at /)
  return dialogue
}

async function hello(dialogue: Dialogue) {
  dialogue.say('EHLO client.example')
  return (await dialogue.hearUntil(/^250 /)).map(line => line.slice(4))
}

/** As far as TLS, ready for AUTH. */
async function secured() {
  const dialogue = await greet()
  await hello(dialogue)
  expect(await dialogue.ask('STARTTLS')).toBe('220 2.0.0 SMTP server ready')
  await dialogue.secure()
  await hello(dialogue)
  return dialogue
}

async function enter(mailbox = invoices) {
  const dialogue = await secured()
  const string = sasl(mailbox, await kit.token())
  expect(await dialogue.ask(`AUTH XOAUTH2 ${string}`)).toBe('235 2.7.0 Authentication successful')
  return dialogue
}

/** Sends a message and gives the answer to its last line. */
async function send(dialogue: Dialogue, from: string, header = from, to = invoices) {
  expect(await dialogue.ask(`MAIL FROM:<${from}>`)).toBe('250 2.1.0 Sender OK')
  expect(await dialogue.ask(`RCPT TO:<${to}>`)).toBe('250 2.1.5 Recipient OK')
  expect(await dialogue.ask('DATA')).toBe('354 Start mail input; end with <CRLF>.<CRLF>')
  for (const line of [`From: <${header}>`, `To: <${to}>`, 'Subject: Test', '', '..dot', 'end']) dialogue.say(line)
  return dialogue.ask('.')
}

function inbox(address: string) {
  return kit.tenant.control.tenant().exchange?.inboxes?.[address]?.messages ?? []
}

async function transport() {
  return createTransport({
    host: 'localhost',
    port: kit.ports.smtp,
    secure: false,
    requireTLS: true,
    tls: { ca: kit.tenant.certificatePem },
    auth: { type: 'OAuth2', user: invoices, accessToken: await kit.token() }
  })
}

describe('with every gate open', () => {
  test('the string may come on the same line or after a challenge', async () => {
    await enter()
    const dialogue = await secured()
    expect(await dialogue.ask('auth xoauth2')).toBe('334 ')
    expect(await dialogue.ask(sasl(invoices, await kit.token()))).toBe('235 2.7.0 Authentication successful')
    const accepted = { protocol: 'smtp', mailbox: invoices, outcome: 'accepted' }
    expect(kit.tenant.control.logins()).toMatchObject([accepted, accepted])
  })

  test('nodemailer sends, and the mailbox it was sent to holds it', async () => {
    const client = await transport()
    const { response } = await client.sendMail({
      from: invoices,
      to: [invoices, 'ada@contoso.example', 'somebody@elsewhere.example'],
      subject: 'Grüße',
      text: '.a dot first\r\nand more'
    })
    client.close()
    expect(response).toMatch(/^250 2\.0\.0 OK <\S+@\S+> \[Hostname=\S+\]$/)
    for (const address of [invoices, 'ada@contoso.example']) {
      const text = inbox(address).at(-1)?.text ?? ''
      expect(text).toMatch(/^Received: by /)
      expect(text).toContain('\r\n\r\n.a dot first\r\nand more')
    }
    expect(kit.tenant.control.mail().submissions).toMatchObject([
      { mailbox: invoices, from: invoices, outcome: 'accepted' }
    ])
  })

  test('another address of the mailbox is its own', async () => {
    kit.tenant.practice.state.tenants[0]?.exchange?.recipients[invoices]?.otherAddresses.push('bills@contoso.example')
    expect(await send(await enter(), 'bills@contoso.example')).toMatch(/^250 2\.0\.0 OK/)
  })

  test('the mailbox’s own switch wins over the organisation’s', async () => {
    kit.tenant.control.exchange({
      mailbox: { address: invoices, smtpClientAuthenticationDisabled: null },
      transport: { smtpClientAuthenticationDisabled: false }
    })
    await enter()
    kit.tenant.control.exchange({
      mailbox: { address: invoices, smtpClientAuthenticationDisabled: false },
      transport: { smtpClientAuthenticationDisabled: true }
    })
    await enter()
  })

  test('the inbox keeps the newest messages only', async () => {
    const dialogue = await enter()
    for (let sent = 0; sent < 51; sent += 1) await send(dialogue, invoices)
    expect(inbox(invoices).map(({ uid }) => uid)).toEqual(Array.from({ length: 50 }, (_, at) => at + 5))
  })
})

describe('with one gate shut, at the login', () => {
  test.each(hiddenGates)('%s (%s) is refused by the plain words', async (gate, _what, shut) => {
    const string = await shutThen(kit, 'smtp', shut)
    const one = await secured()
    expect(await one.ask(`AUTH XOAUTH2 ${string}`)).toMatch(plain)
    const two = await secured()
    expect(await two.ask('AUTH XOAUTH2')).toBe('334 ')
    expect(await two.ask(string)).toMatch(plain)
    expect(kit.tenant.control.logins()).toMatchObject([
      { protocol: 'smtp', outcome: 'refused', gate },
      { outcome: 'refused', gate }
    ])
  })

  const login = async () => (await secured()).ask(`AUTH XOAUTH2 ${sasl(invoices, await kit.token())}`)

  test('SMTP AUTH off for the mailbox itself is refused by the plain words', async () => {
    kit.tenant.control.exchange({
      mailbox: { address: invoices, smtpClientAuthenticationDisabled: true },
      transport: { smtpClientAuthenticationDisabled: false }
    })
    expect(await login()).toMatch(plain)
    expect(kit.tenant.control.logins()).toMatchObject([{ gate: 'smtp-auth-mailbox' }])
  })

  test('SMTP AUTH off for the organisation says so', async () => {
    kit.tenant.control.exchange({ mailbox: { address: invoices, smtpClientAuthenticationDisabled: null } })
    expect(await login()).toMatch(
      /^535 5\.7\.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant\. Visit https:\/\/aka\.ms\/smtp_auth_disabled for more information\. \[\S+ \S+ \S+\]$/
    )
    expect(kit.tenant.control.logins()).toMatchObject([{ gate: 'smtp-auth-tenant' }])
  })

  test('security defaults say so', async () => {
    kit.tenant.control.tenantSettings({ securityDefaults: true })
    expect(await login()).toMatch(
      /^535 5\.7\.139 Authentication unsuccessful, user is locked by your organization's security defaults policy\. Contact your administrator\. \[\S+ \S+ \S+\]$/
    )
    expect(kit.tenant.control.logins()).toMatchObject([{ gate: 'security-defaults' }])
  })

  test('IMAP and POP off keep nobody from SMTP', async () => {
    kit.tenant.control.exchange({ mailbox: { address: invoices, imapEnabled: false, popEnabled: false } })
    await enter()
  })

  test('a name and a password open nothing', async () => {
    const dialogue = await secured()
    expect(await dialogue.ask('AUTH LOGIN')).toBe('334 VXNlcm5hbWU6')
    expect(await dialogue.ask('YQ==')).toBe('334 UGFzc3dvcmQ6')
    expect(await dialogue.ask('Yg==')).toMatch(plain)
    expect(kit.tenant.control.logins()).toMatchObject([{ gate: 'sasl' }])
  })

  test('nodemailer reports the refusal as the server’s own text', async () => {
    kit.tenant.control.exchange({ servicePrincipal: { appId: kit.ids.appId, objectId: null } })
    await expect((await transport()).verify()).rejects.toMatchObject({
      responseCode: 535,
      response: expect.stringMatching(plain)
    })
  })
})

describe('with one gate shut, at sending', () => {
  const lastGate = () => kit.tenant.control.mail().submissions.at(-1)

  test('a missing mailbox right lets the login pass and shows after DATA', async () => {
    kit.tenant.control.exchange({ grant: { mailbox: invoices, appId: kit.ids.appId, fullAccess: false } })
    const dialogue = await enter()
    expect(await send(dialogue, invoices)).toMatch(
      /^430 4\.2\.0 STOREDRV; mailbox logon failure; STOREDRV\.Submission\.Exception:ConnectionFailedTransientException\./
    )
    expect(lastGate()).toMatchObject({ mailbox: invoices, outcome: 'refused', gate: 'grant' })
    expect(inbox(invoices)).toEqual([])
  })

  test.each([
    ['in the envelope', 'support@contoso.example', invoices],
    ['in the header', invoices, 'support@contoso.example'],
    ['that nobody has', 'nobody@contoso.example', 'nobody@contoso.example']
  ])('another sender %s is denied without SendAs', async (_where, from, header) => {
    const other = from === invoices ? header : from
    const start = `554 5.2.252 SendAsDenied; ${invoices} not allowed to send as ${other}; STOREDRV.Submission.Exception:SendAsDeniedException`
    const dialogue = await enter()
    expect((await send(dialogue, from, header))?.slice(0, start.length)).toBe(start)
    expect(lastGate()).toMatchObject({ outcome: 'refused', gate: 'send-as' })
    expect(inbox(invoices)).toEqual([])
  })

  test('with SendAs there, for the application or the mailbox, another sender passes', async () => {
    const other = 'support@contoso.example'
    const dialogue = await enter()
    kit.tenant.control.exchange({ grant: { mailbox: other, appId: kit.ids.appId, sendAs: true } })
    expect(await send(dialogue, other)).toMatch(/^250/)
    kit.tenant.control.exchange({ grant: { mailbox: other, appId: kit.ids.appId, sendAs: false } })
    expect(await send(dialogue, other)).toMatch(/^554/)
    const recipients = kit.tenant.practice.state.tenants[0]?.exchange?.recipients
    recipients?.[other]?.sendAs.push(recipients[invoices]?.sid ?? '')
    expect(await send(dialogue, other)).toMatch(/^250/)
  })

  test('a fourth connection of a mailbox may log in but not send, until one of the others ends', async () => {
    const [first] = [await enter(), await enter(), await enter()]
    const fourth = await enter()
    expect(await send(fourth, invoices)).toMatch(/^432 4\.3\.2 Concurrent connections limit exceeded\./)
    expect(lastGate()).toMatchObject({ outcome: 'refused', gate: 'concurrency' })
    expect(await send(await enter('support@contoso.example'), 'support@contoso.example')).toMatch(/^250/)
    expect(await first?.ask('QUIT')).toMatch(/^221/)
    expect(await first?.hear()).toBeUndefined()
    expect(await send(fourth, invoices)).toMatch(/^250/)
  })
})

describe('commands', () => {
  test('TLS is offered before it is there, logins after', async () => {
    const dialogue = await greet()
    expect((await hello(dialogue)).slice(1)).toEqual([
      expect.stringMatching(/^SIZE \d+$/),
      'PIPELINING',
      'DSN',
      'ENHANCEDSTATUSCODES',
      'STARTTLS',
      '8BITMIME'
    ])
    await dialogue.ask('STARTTLS')
    await dialogue.secure()
    expect((await hello(dialogue)).slice(5)).toEqual(['AUTH LOGIN XOAUTH2', '8BITMIME'])
  })

  test('a login in the clear is refused unheard, and sending without one as well', async () => {
    const dialogue = await greet()
    await hello(dialogue)
    const string = sasl(invoices, await kit.token())
    expect(await dialogue.ask(`AUTH XOAUTH2 ${string}`)).toMatch(/^504 5\.7\.4 Unrecognized authentication type/)
    const notAuthenticated = /^530 5\.7\.57 Client not authenticated to send mail\./
    expect(await dialogue.ask(`MAIL FROM:<${invoices}>`)).toMatch(notAuthenticated)
    expect(await (await secured()).ask(`MAIL FROM:<${invoices}>`)).toMatch(notAuthenticated)
    expect(kit.tenant.control.logins()).toEqual([])
  })

  test('what was sent in the clear behind STARTTLS is not carried out', async () => {
    const dialogue = await greet()
    await hello(dialogue)
    expect(await dialogue.ask('STARTTLS\r\nEHLO injected.example')).toBe('220 2.0.0 SMTP server ready')
    await dialogue.secure()
    expect(await dialogue.ask('NOOP')).toBe('250 2.0.0 OK')
    expect(await dialogue.ask('AUTH XOAUTH2')).toBe('503 5.5.2 Send hello first')
  })

  test('commands may come all at once', async () => {
    const dialogue = await enter()
    dialogue.say(`MAIL FROM:<${invoices}> SIZE=10 BODY=8BITMIME RET=HDRS\r\nRCPT TO:<a@b.example> NOTIFY=NEVER\r\nDATA`)
    const answers = [await dialogue.hear(), await dialogue.hear(), await dialogue.hear()]
    expect(answers.map(line => line?.slice(0, 3))).toEqual(['250', '250', '354'])
  })

  test('what is not known, out of order or too big is refused', async () => {
    const dialogue = await enter()
    const answers = [
      ['XYZZY', '500 5.3.3 Unrecognized command'],
      ['BDAT 3', '500 5.3.3 Unrecognized command'],
      ['RCPT TO:<a@b.example>', '503 5.5.2 Need mail command'],
      ['DATA', '503 5.5.2 Need mail command'],
      ['MAIL TO:<a@b.example>', '501 5.5.4 Invalid arguments'],
      ['MAIL FROM:<a@b.example> XYZZY=1', '501 5.5.4 Invalid arguments'],
      ['MAIL FROM:<a@b.example> SIZE=99999999', '552 5.3.4 Message size exceeds fixed maximum message size'],
      [`MAIL FROM:<${invoices}>`, '250 2.1.0 Sender OK'],
      [`MAIL FROM:<${invoices}>`, '503 5.5.2 Sender already specified'],
      ['DATA', '503 5.5.2 Need rcpt command'],
      ['STARTTLS', '503 5.5.2 Bad sequence of commands'],
      ['AUTH XOAUTH2 x', '503 5.5.2 Bad sequence of commands'],
      ['RSET', '250 2.0.0 Resetting'],
      ['QUIT', '221 2.0.0 Service closing transmission channel']
    ] as const
    for (const [command, answer] of answers) expect([command, await dialogue.ask(command)]).toEqual([command, answer])
  })

  test('a message that is larger than it said is refused, and the connection goes on', async () => {
    const dialogue = await enter()
    for (const line of [`MAIL FROM:<${invoices}>`, `RCPT TO:<${invoices}>`, 'DATA']) await dialogue.ask(line)
    const line = 'x'.repeat(8000)
    for (let sent = 0; sent < 140; sent += 1) dialogue.say(line)
    expect(await dialogue.ask('.')).toMatch(/^552 5\.3\.4/)
    expect(await dialogue.ask('NOOP')).toBe('250 2.0.0 OK')
    expect(inbox(invoices)).toEqual([])
  })
})
