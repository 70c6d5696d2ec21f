// IMAP: who comes in, in which words everybody else is refused, and that real clients can read.

import { ImapFlow } from 'imapflow'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Dialogue, dial, grantGate, hiddenGates, invoices, type Kit, openKit, sasl, shutThen } from './testing.ts'

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

async function greet() {
  const dialogue = await dial(kit, 'imap')
  open.push(dialogue)
  expect(await dialogue.hear()).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready\. \[[\w+/=]+\]$/)
  return dialogue
}

/** Logged in with everything open, the inbox selected unless told otherwise. */
async function enter(mailbox = invoices, folder: string | null = 'SELECT INBOX') {
  const dialogue = await greet()
  expect(await dialogue.ask(`a AUTHENTICATE XOAUTH2 ${sasl(mailbox, await kit.token())}`)).toMatch(/^a OK/)
  if (folder !== null) {
    dialogue.say(`b ${folder}`)
    await dialogue.hearUntil(/^b OK/)
  }
  return dialogue
}

async function command(dialogue: Dialogue, text: string) {
  dialogue.say(`t ${text}`)
  return dialogue.hearUntil(/^t /)
}

async function read() {
  const client = new ImapFlow({
    host: 'localhost',
    port: kit.ports.imap,
    secure: true,
    auth: { user: invoices, accessToken: await kit.token() },
    tls: { ca: kit.tenant.certificatePem },
    logger: false
  })
  await client.connect()
  return client
}

describe('with every gate open', () => {
  test('the string may come on the same line or after a challenge', async () => {
    const one = await greet()
    const string = sasl(invoices, await kit.token())
    expect(await one.ask(`A01 AUTHENTICATE XOAUTH2 ${string}`)).toBe('A01 OK AUTHENTICATE completed.')
    const two = await greet()
    expect(await two.ask('A01 authenticate xoauth2')).toBe('+ ')
    expect(await two.ask(string)).toBe('A01 OK AUTHENTICATE completed.')
    expect(kit.tenant.control.logins()).toMatchObject([
      { protocol: 'imap', mailbox: invoices, outcome: 'accepted' },
      { protocol: 'imap', mailbox: invoices, outcome: 'accepted' }
    ])
  })

  test('the mailbox may be named by another address or the user principal name, in any letters', async () => {
    const recipient = kit.tenant.practice.state.tenants[0]?.exchange?.recipients[invoices]
    recipient?.otherAddresses.push('bills@contoso.example')
    const token = await kit.token()
    for (const name of ['INVOICES@contoso.example', 'bills@contoso.example']) {
      const dialogue = await greet()
      expect(await dialogue.ask(`a AUTHENTICATE XOAUTH2 ${sasl(name, token)}`)).toMatch(/^a OK/)
    }
    const dialogue = await greet()
    expect(await dialogue.ask(`a AUTHENTICATE XOAUTH2 ${sasl('Invoices', token)}`)).toBe('a NO AUTHENTICATE failed.')
  })

  test('imapflow reads sizes, envelopes, structure, sources and parts, and changes nothing', async () => {
    const client = await read()
    expect(await client.status('INBOX', { messages: true, unseen: true, uidNext: true })).toMatchObject({
      messages: 3,
      unseen: 3,
      uidNext: 4
    })
    expect((await client.list()).map(({ path }) => path)).toEqual(['INBOX'])
    const lock = await client.getMailboxLock('INBOX', { readOnly: true })
    const messages = await client.fetchAll('1:*', {
      flags: true,
      envelope: true,
      size: true,
      internalDate: true,
      bodyStructure: true,
      headers: ['subject'],
      source: true
    })
    const part = await client.download('2', '2')
    const chunks: Buffer[] = []
    for await (const chunk of part.content ?? []) chunks.push(chunk as Buffer)
    expect(await client.search({ all: true }, { uid: true })).toEqual([1, 2, 3])
    expect(await client.search({ seen: false })).toEqual([1, 2, 3])
    expect(await client.search({ seen: true })).toEqual([])
    lock.release()
    await client.logout()

    expect(messages).toHaveLength(3)
    for (const { size, source, envelope, flags, headers } of messages) {
      expect(size).toBe(source?.length)
      expect(envelope?.to?.[0]?.address).toBe(invoices)
      expect(headers?.toString()).toBe(`Subject: ${envelope?.subject}\r\n\r\n`)
      expect(flags?.size).toBe(0)
    }
    expect(messages[1]?.bodyStructure).toMatchObject({
      type: 'multipart/mixed',
      childNodes: [
        { part: '1', type: 'text/plain', parameters: { charset: 'us-ascii' } },
        { part: '2', type: 'application/pdf', disposition: 'attachment', encoding: 'base64' }
      ]
    })
    expect(Buffer.concat(chunks).toString()).toContain('A practice document.')
    expect(kit.tenant.control.mail().changes).toEqual([])
    expect(kit.tenant.control.tenant().exchange?.inboxes).toBeUndefined()
  })

  test('two mailboxes are two inboxes, and the same one is the same each time', async () => {
    const sizes = async (mailbox: string) => {
      const dialogue = await enter(mailbox)
      return (await command(dialogue, 'FETCH 1:* (RFC822.SIZE UID)')).join()
    }
    kit.tenant.control.exchange({
      grant: { mailbox: 'ada@contoso.example', appId: kit.ids.appId, fullAccess: true }
    })
    const first = await sizes(invoices)
    expect(await sizes('ada@contoso.example')).not.toBe(first)
    kit.finish()
    expect(await sizes(invoices)).toBe(first)
  })
})

describe('with one gate shut', () => {
  test.each([...hiddenGates, grantGate])('%s (%s) is refused in the same words', async (gate, _what, shut) => {
    const string = await shutThen(kit, 'imap', shut)
    const dialogue = await greet()
    expect(await dialogue.ask(`A01 AUTHENTICATE XOAUTH2 ${string}`)).toBe('A01 NO AUTHENTICATE failed.')
    expect(kit.tenant.control.logins()).toMatchObject([{ protocol: 'imap', outcome: 'refused', gate }])
  })

  test('a mailbox whose IMAP is off is logged in to, and then not connected', async () => {
    kit.tenant.control.exchange({ mailbox: { address: invoices, imapEnabled: false } })
    const dialogue = await enter(invoices, null)
    for (const text of ['SELECT INBOX', 'LIST "" *', 'STATUS INBOX (MESSAGES)', 'NAMESPACE', 'EXPUNGE'])
      expect(await command(dialogue, text)).toEqual(['t BAD User is authenticated but not connected.'])
    expect(await command(dialogue, 'CAPABILITY')).toHaveLength(2)
    expect(kit.tenant.control.logins()).toMatchObject([{ outcome: 'not-connected', gate: 'protocol' }])
  })

  test('POP off, SMTP AUTH off and security defaults keep nobody from IMAP', async () => {
    kit.tenant.control.exchange({
      mailbox: { address: invoices, popEnabled: false, smtpClientAuthenticationDisabled: true }
    })
    kit.tenant.control.tenantSettings({ securityDefaults: true })
    await enter()
  })

  test('a name and a password open nothing', async () => {
    const dialogue = await greet()
    expect(await dialogue.ask('a AUTHENTICATE PLAIN AGEAYg==')).toBe('a NO AUTHENTICATE failed.')
    expect(await dialogue.ask('a LOGIN a b')).toMatch(/^a BAD/)
  })

  test('imapflow reports the refusal as the server’s own text', async () => {
    kit.tenant.control.exchange({ servicePrincipal: { appId: kit.ids.appId, objectId: kit.ids.applicationId } })
    await expect(read()).rejects.toMatchObject({ authenticationFailed: true, responseText: 'AUTHENTICATE failed.' })
  })
})

describe('commands', () => {
  test('what is not known is refused', async () => {
    const dialogue = await enter()
    const unknown = ['XYZZY', 'IDLE', 'FETCH 1 X-GM-MSGID', 'SEARCH FROM a', 'STATUS INBOX (SIZE)', 'FETCH 0 UID', '(']
    for (const text of unknown) expect((await command(dialogue, text)).at(-1)).toMatch(/BAD Command/)
    expect(await command(dialogue, 'SELECT Sent')).toEqual(["t NO Mailbox doesn't exist."])
  })

  test('a mailbox cannot be looked at before the login, nor a message before its folder', async () => {
    const dialogue = await greet()
    expect(await command(dialogue, 'SELECT INBOX')).toEqual(['t BAD Command received in Invalid state.'])
    const inside = await enter(invoices, null)
    expect(await command(inside, 'FETCH 1 FLAGS')).toEqual(['t BAD Command received in Invalid state.'])
  })

  test('what would change a mailbox is refused and written down', async () => {
    const dialogue = await enter()
    for (const text of ['STORE 1 +FLAGS (\\Deleted)', 'UID EXPUNGE 1', 'APPEND INBOX {3+}\r\nabc'])
      expect(await command(dialogue, text)).toEqual(['t BAD Command Argument Error.'])
    const commands = kit.tenant.control.mail().changes.map(({ command: name }) => name)
    expect(commands).toEqual(['STORE', 'UID EXPUNGE', 'APPEND'])
  })

  test('reading without PEEK marks a message as read, is written down, and not after EXAMINE', async () => {
    const looking = await enter(invoices, 'EXAMINE INBOX')
    await command(looking, 'FETCH 1 BODY[]')
    expect(kit.tenant.control.mail().changes).toEqual([])
    const dialogue = await enter()
    await command(dialogue, 'FETCH 1 BODY.PEEK[]')
    expect(await command(dialogue, 'SEARCH UNSEEN')).toContain('* SEARCH 1 2 3')
    await command(dialogue, 'FETCH 1 BODY[]')
    expect(await command(dialogue, 'SEARCH UNSEEN')).toContain('* SEARCH 2 3')
    expect(kit.tenant.control.mail().changes).toMatchObject([{ command: 'FETCH without PEEK', mailbox: invoices }])
  })

  test('a literal is read whole, asked for or not', async () => {
    const dialogue = await enter(invoices, null)
    expect(await dialogue.ask('x SELECT {5}')).toBe('+ Ready for additional command text.')
    dialogue.say('INBOX')
    expect((await dialogue.hearUntil(/^x /)).at(-1)).toBe('x OK [READ-WRITE] SELECT completed.')
    dialogue.say('y EXAMINE {5+}\r\nINBOX')
    expect((await dialogue.hearUntil(/^y /)).at(-1)).toBe('y OK [READ-ONLY] EXAMINE completed.')
  })

  test('a mailbox that is none any more is not shown to whoever was inside', async () => {
    const dialogue = await enter()
    kit.tenant.control.exchange({ mailbox: { address: invoices, type: 'MailUser' } })
    expect(await command(dialogue, 'FETCH 1 FLAGS')).toEqual(['t BAD User is authenticated but not connected.'])
  })

  test('LOGOUT says goodbye and ends the connection', async () => {
    const dialogue = await enter()
    dialogue.say('z LOGOUT')
    expect(await dialogue.hearUntil(/^z /)).toEqual([
      '* BYE Microsoft Exchange Server IMAP4 server signing off.',
      'z OK LOGOUT completed.'
    ])
    expect(await dialogue.hear()).toBeUndefined()
  })
})
