// Logins against scripted servers on loopback. Trust is the only thing arranged: Node would take the certificates from
// NODE_EXTRA_CA_CERTS, which it reads once, so `tls.connect` is given them here; one test lets Node itself do it.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Dialect, imap, type Mood, pop, smtp } from '../../../test-data/mail-dialects.ts'
import {
  type Certificate,
  certificateFor,
  type MailServer,
  type Script,
  startMailServer
} from '../../../test-data/mail-server.ts'
import type { MailHost } from '../../steps/step.ts'
import { logIn, sendTestMessage } from './log-in.ts'
import { saslString } from './said.ts'

const mailbox = 'invoices@contoso.com'
const part = (letter: string, length: number) => Array.from({ length }, (_, at) => letter + at.toString(36)).join('')
const token = `eyJ0eXAiOiJKV1Qi.${part('Q', 200)}.${part('z', 100)}`
const challenge = Buffer.from('{"status":"400","schemes":"Bearer","scope":""}').toString('base64')

let trusted: Certificate
let otherName: Certificate
let expired: Certificate
beforeAll(async () => {
  const day = 24 * 3600 * 1000
  trusted = await certificateFor()
  otherName = await certificateFor('mail.example')
  expired = await certificateFor('localhost', -2 * day, -day)
})

const connect = tls.connect
/** Makes Node trust certificates, and nothing else than trust them. */
function trust(...certificates: readonly Certificate[]): void {
  const ca = certificates.map(({ cert }) => cert)
  vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions, done?: () => void) =>
    connect({ ...options, ca }, done)) as typeof tls.connect)
}

const servers: MailServer[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  for (const server of servers.splice(0)) {
    // Whatever the result was, the product leaves no connection open.
    await server.quiet()
    await server.close()
  }
})

type Started = { server: MailServer; at: MailHost }
async function start(
  script: Script,
  security: MailHost['security'],
  certificate = trusted,
  more?: tls.TlsOptions
): Promise<Started> {
  const server = await startMailServer({ certificate, direct: security === 'TLS', tls: more }, script)
  servers.push(server)
  return { server, at: { host: 'localhost', port: server.port, security } }
}

const usual = { IMAP: 'TLS', POP: 'TLS', SMTP: 'STARTTLS' } as const
const unusual = { IMAP: 'STARTTLS', POP: 'STARTTLS', SMTP: 'TLS' } as const
const speak = (dialect: Dialect, mood?: Mood, security: MailHost['security'] = usual[dialect.protocol]) =>
  start(dialect.script(security, mood), security)

function expectNoToken(server: MailServer): void {
  const { clear, inside } = server.received()
  for (const secret of [token, saslString(mailbox, token)]) {
    expect(clear).not.toContain(secret.slice(0, 30))
    expect(inside).not.toContain(secret.slice(0, 30))
  }
}
const talkOf = async (talk: Promise<unknown>) => {
  const written = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(process.stdout, 'write')]
  const result = await talk
  for (const spy of written) expect(spy).not.toHaveBeenCalled()
  return result
}

describe.each([imap, pop, smtp])('a login by $protocol', dialect => {
  const { protocol, refusal } = dialect
  const accepted =
    protocol === 'SMTP'
      ? { kind: 'accepted' }
      : { kind: 'accepted', inbox: { messages: 42, ...(protocol === 'POP' && { bytes: 123456 }) } }

  test.each(['usual', 'unusual'] as const)('is accepted over the %s kind of TLS, and quiet about it', async kind => {
    trust(trusted)
    const { at, server } = await speak(dialect, {}, (kind === 'usual' ? usual : unusual)[protocol])
    expect(await talkOf(logIn(protocol, at, mailbox, token))).toEqual(accepted)
    const { clear, inside } = server.received()
    expect(inside).toContain(saslString(mailbox, token))
    expect(inside).toMatch(/(QUIT|LOGOUT)\r\n$/)
    expect(clear + inside).not.toMatch(/\b(DELE|SELECT|STORE|APPEND|EXPUNGE|MAIL FROM|SUBSCRIBE)\b/)
  })

  test('is refused in the server’s own words', async () => {
    trust(trusted)
    const { at, server } = await speak(dialect, { refusal })
    expect(await talkOf(logIn(protocol, at, mailbox, token))).toEqual({
      kind: 'refused',
      said: refusal,
      during: 'login'
    })
    expect(server.received().inside.split(saslString(mailbox, token))).toHaveLength(2)
  })

  test('answers a challenge with an empty line, so that the refusal itself is heard, and sends the token once', async () => {
    trust(trusted)
    const { at, server } = await speak(dialect, { challenge, refusal })
    expect(await logIn(protocol, at, mailbox, token)).toEqual({ kind: 'refused', said: refusal, during: 'login' })
    expect(server.received().inside.split(saslString(mailbox, token))).toHaveLength(2)
  })

  test('hides what the server echoes of the token', async () => {
    trust(trusted)
    const { at } = await speak(dialect, { refusal: `${refusal} ${saslString(mailbox, token)} ${token}` })
    const result = await logIn(protocol, at, mailbox, token)
    expect(result).toMatchObject({ kind: 'refused', said: `${refusal} [removed] [removed]` })
  })

  test.each([
    ['that nobody vouches for', () => trusted, [] as const, 'is not trusted'],
    ['for another name', () => otherName, [() => otherName], 'is for another name'],
    ['that has expired', () => expired, [() => expired], 'has expired']
  ])('sends no token where the certificate is one %s', async (_name, certificate, vouched, says) => {
    if (vouched.length) trust(...vouched.map(make => make()))
    // Whoever switched Node's checks off for something else did not mean this.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    for (const security of ['TLS', 'STARTTLS'] as const) {
      const { at, server } = await start(dialect.script(security), security, certificate())
      expect(await logIn(protocol, at, mailbox, token)).toMatchObject({
        kind: 'unreachable',
        why: 'certificate',
        says: expect.stringContaining(`The certificate of localhost, port ${at.port}, ${says}`)
      })
      expectNoToken(server)
    }
  })

  test('sends no token over TLS 1.1', async () => {
    trust(trusted)
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    for (const security of ['TLS', 'STARTTLS'] as const) {
      const { at, server } = await start(dialect.script(security), security, trusted, old)
      expect(await logIn(protocol, at, mailbox, token)).toMatchObject({ kind: 'unreachable', why: 'tls' })
      expectNoToken(server)
    }
  })

  test('sends no token where STARTTLS was taken out on the way', async () => {
    const { at, server } = await speak(dialect, { stripped: true }, 'STARTTLS')
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({
      kind: 'unreachable',
      why: 'tls',
      says: expect.stringContaining(`localhost, port ${at.port}, does not offer STARTTLS, so the token was not sent`)
    })
    expectNoToken(server)
  })

  test('believes nothing that came in the clear along with the answer to STARTTLS', async () => {
    trust(trusted)
    const injected = {
      IMAP: ['* CAPABILITY IMAP4rev1 AUTH=XOAUTH2', '2 OK AUTHENTICATE completed.', '3 OK AUTHENTICATE completed.'],
      POP: ['+ ', '+OK User successfully authenticated.', '+OK 7 7'],
      SMTP: ['250 AUTH XOAUTH2', '235 2.7.0 Authentication successful']
    }[protocol]
    const { at } = await speak(dialect, { injected, refusal }, 'STARTTLS')
    const result = await logIn(protocol, at, mailbox, token)
    // imapflow ends the connection; the others go by what is said over TLS.
    if (protocol === 'IMAP') expect(result).toMatchObject({ kind: 'unreachable', why: 'tls' })
    else expect(result).toEqual({ kind: 'refused', said: refusal, during: 'login' })
  })

  test('takes no refusal for the server’s that was said in the clear', async () => {
    const greeting = { IMAP: '* BYE Go away.', POP: '-ERR Go away.', SMTP: '535 5.7.3 Authentication unsuccessful' }[
      protocol
    ]
    const { at, server } = await speak(dialect, { greeting }, 'STARTTLS')
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({ kind: 'unreachable', why: 'protocol' })
    expectNoToken(server)
  })

  test('gives up in time on a server that says nothing', async () => {
    trust(trusted)
    const { at } = await start(() => new Promise(() => {}), usual[protocol])
    expect(await logIn(protocol, at, mailbox, token, { waitMs: 150 })).toMatchObject({
      kind: 'unreachable',
      why: 'time',
      says: expect.stringContaining(`localhost, port ${at.port}, did not answer within 1 second.`)
    })
  })

  test('gives up in time on a server that falls silent when it has the token', async () => {
    trust(trusted)
    const { at } = await speak(dialect, { onToken: () => undefined })
    expect(await logIn(protocol, at, mailbox, token, { waitMs: 400 })).toMatchObject({ why: 'time' })
  })

  test.each(['end', 'reset'] as const)('says that the server closed in the middle (%s)', async how => {
    trust(trusted)
    const { at } = await speak(dialect, { onToken: talk => talk.close(how) })
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({
      kind: 'unreachable',
      why: 'connection',
      says: expect.stringContaining(`localhost, port ${at.port}, closed the connection`)
    })
  })

  test('says that nothing listens there', async () => {
    const { at, server } = await speak(dialect)
    await server.close()
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({
      kind: 'unreachable',
      why: 'connection',
      says: expect.stringMatching(new RegExp(`localhost, port ${at.port}.*firewall`))
    })
  })

  test.each([
    ['a web server', 'HTTP/1.1 400 Bad Request'],
    ['somebody who speaks in riddles', '\u0000(\u0001 "x'],
    ['somebody who never ends a line', undefined],
    ['a server that needs no login', protocol === 'IMAP' ? '* PREAUTH welcome' : '* OK welcome']
  ])('sends no token to %s', async (_name, greeting) => {
    trust(trusted)
    const { at, server } = await start(async talk => {
      if (greeting === undefined) talk.write('x'.repeat(200_000))
      else talk.say(greeting)
      await talk.hear().catch(() => '')
    }, 'TLS')
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({ kind: 'unreachable', why: 'protocol' })
    expectNoToken(server)
  })

  test('sends no token to a server that does not offer to take one', async () => {
    trust(trusted)
    const { at, server } = await speak(dialect, { noXoauth2: true })
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject(
      protocol === 'POP'
        ? { kind: 'refused', said: '-ERR Protocol error. Connection is closed. 10', during: 'login' }
        : { kind: 'unreachable', why: 'protocol', says: expect.stringContaining('XOAUTH2') }
    )
    expectNoToken(server)
  })

  test('ends at once when it is aborted, before or while it runs', async () => {
    trust(trusted)
    const stop = new AbortController()
    const reason = new Error('stopped')
    const { at, server } = await speak(dialect, { onToken: () => stop.abort(reason) })
    await expect(logIn(protocol, at, mailbox, token, { signal: stop.signal })).rejects.toBe(reason)
    await expect(logIn(protocol, at, mailbox, token, { signal: stop.signal })).rejects.toBe(reason)
    expect(server.connections().made).toBe(1)
    const atOnce = new AbortController()
    const connecting = logIn(protocol, at, mailbox, token, { signal: atOnce.signal })
    atOnce.abort(reason)
    await expect(connecting).rejects.toBe(reason)
  })

  test('keeps its result when the server breaks off after it', async () => {
    trust(trusted)
    const { at } = await speak(dialect, { refusal })
    const breaking = await start(async talk => {
      const broken: typeof talk = {
        ...talk,
        say(...lines) {
          talk.say(...lines)
          if (lines.some(line => line.includes(refusal))) talk.close('end')
        }
      }
      await dialect.script(usual[protocol], { refusal })(broken)
    }, usual[protocol])
    expect(await logIn(protocol, at, mailbox, token)).toMatchObject({ kind: 'refused', said: refusal })
    expect(await logIn(protocol, breaking.at, mailbox, token)).toMatchObject({ kind: 'refused', said: refusal })
  })
})

describe('IMAP', () => {
  test('tells a refusal at the inbox from one at the login', async () => {
    trust(trusted)
    const { at } = await speak(imap, { inboxRefusal: 'BAD User is authenticated but not connected.' })
    expect(await logIn('IMAP', at, mailbox, token)).toEqual({
      kind: 'refused',
      said: 'BAD User is authenticated but not connected.',
      during: 'inbox'
    })
  })

  test('hears that refusal even when the server then breaks off', async () => {
    trust(trusted)
    const { at } = await start(async talk => {
      const said: typeof talk = {
        ...talk,
        say(...lines) {
          const refusal = lines
            .find(line => /^\S+ OK ID/.test(line))
            ?.replace(/ OK .*/, ' BAD User is authenticated but not connected.')
          if (!refusal) return talk.say(...lines)
          talk.say(refusal)
          talk.close()
        }
      }
      // ID is asked for before the login too: this server offers it only afterwards.
      await imap.script('TLS', { idAfterLogin: true })(said)
    }, 'TLS')
    expect(await logIn('IMAP', at, mailbox, token)).toEqual({
      kind: 'refused',
      said: 'BAD User is authenticated but not connected.',
      during: 'inbox'
    })
  })

  test('does not wait as long as a throttling server asks for', async () => {
    trust(trusted)
    const { at } = await speak(imap, {
      refusal: 'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds'
    })
    expect(await logIn('IMAP', at, mailbox, token, { waitMs: 5_000 })).toEqual({
      kind: 'refused',
      said: 'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds',
      during: 'login'
    })
  })

  test('takes a BYE for the refusal that it is', async () => {
    trust(trusted)
    const { at } = await speak(imap, { greeting: '* BYE Too many connections.' })
    expect(await logIn('IMAP', at, mailbox, token)).toEqual({
      kind: 'refused',
      said: 'BYE Too many connections.',
      during: 'login'
    })
  })

  test('tells how many bytes are in the inbox where the server counts them', async () => {
    trust(trusted)
    const { at } = await speak(imap, { capabilities: 'STATUS=SIZE' })
    expect(await logIn('IMAP', at, mailbox, token)).toEqual({
      kind: 'accepted',
      inbox: { messages: 42, bytes: 123456 }
    })
  })
})

describe('POP', () => {
  test('tells a refusal at the inbox from one at the login', async () => {
    trust(trusted)
    const { at } = await speak(pop, { inboxRefusal: '-ERR Mailbox is not there.' })
    expect(await logIn('POP', at, mailbox, token)).toEqual({
      kind: 'refused',
      said: '-ERR Mailbox is not there.',
      during: 'inbox'
    })
  })

  test('sends the token only after the server has asked for it', async () => {
    trust(trusted)
    const { at, server } = await start(async talk => {
      talk.say('+OK ready')
      await talk.hear()
      talk.say('+OK go on')
      await talk.hear()
    }, 'TLS')
    expect(await logIn('POP', at, mailbox, token)).toMatchObject({ kind: 'unreachable', why: 'protocol' })
    expectNoToken(server)
  })
})

describe('SMTP', () => {
  test.each([
    '421 4.3.2 Service not available',
    '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'
  ])('keeps %s whole', async refusal => {
    trust(trusted)
    const { at } = await speak(smtp, { refusal })
    expect(await logIn('SMTP', at, mailbox, token)).toEqual({ kind: 'refused', said: refusal, during: 'login' })
  })

  test('reads an answer of several lines as one', async () => {
    trust(trusted)
    const { at } = await speak(smtp, { refusal: '535-5.7.3 Authentication\r\n535 5.7.3 unsuccessful' })
    expect(await logIn('SMTP', at, mailbox, token)).toMatchObject({
      said: '535-5.7.3 Authentication 535 5.7.3 unsuccessful'
    })
  })
})

describe('a test message', () => {
  const message = { subject: 'Does it work?\r\nBcc: everybody@contoso.com', body: 'It does.\n.\n' }
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)

  test('goes from the mailbox to itself, and to nobody else', async () => {
    trust(trusted)
    const { at: host, server } = await speak(smtp)
    expect(await talkOf(sendTestMessage(host, mailbox, token, message))).toEqual({
      kind: 'accepted',
      at,
      said: '250 2.0.0 OK <1@prod.outlook.com> [Hostname=AM0PR01MB0001]'
    })
    const { inside } = server.received()
    expect(inside).toContain(`MAIL FROM:<${mailbox}>\r\nRCPT TO:<${mailbox}>\r\nDATA\r\n`)
    expect(inside.match(/^RCPT TO/gm)).toHaveLength(1)
    expect(inside).not.toMatch(/^Bcc:/m)
    expect(inside).toMatch(/\r\nIt does\.\r\n\.\.\r\n/)
  })

  test('is refused in the server’s own words', async () => {
    trust(trusted)
    const said = '430 4.2.0 STOREDRV; mailbox logon failure; failure code:1144 ConnectionFailedTransientException'
    const { at: host } = await speak(smtp, { messageRefusal: said })
    expect(await sendTestMessage(host, mailbox, token, message)).toEqual({ kind: 'refused', at, said })
  })

  test('is not sent where the login is refused', async () => {
    trust(trusted)
    const { at: host, server } = await speak(smtp, { refusal: smtp.refusal })
    expect(await sendTestMessage(host, mailbox, token, message)).toEqual({
      kind: 'refused',
      said: smtp.refusal,
      during: 'login'
    })
    expect(server.received().inside).not.toContain('MAIL FROM')
  })

  test('may have gone out when no answer to it came, and that is said', async () => {
    trust(trusted)
    const { at: host } = await speak(smtp, { onMessage: talk => talk.close('reset') })
    expect(await sendTestMessage(host, mailbox, token, message)).toMatchObject({
      kind: 'unreachable',
      why: 'connection',
      says: expect.stringContaining('may have been sent all the same')
    })
  })
})

describe('Node’s own trust', () => {
  test('takes certificates from NODE_EXTRA_CA_CERTS; nothing is printed, and nothing keeps the process alive', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mail-'))
    const file = join(folder, 'extra.pem')
    writeFileSync(file, trusted.cert)
    const places = await Promise.all(
      [imap, pop, smtp].map(async dialect => [dialect.protocol, (await speak(dialect)).at])
    )
    const program = `
      import { logIn } from ${JSON.stringify(new URL('log-in.ts', import.meta.url).href)}
      const all = await Promise.all(${JSON.stringify(places)}.map(([protocol, at]) => logIn(protocol, at, 'a@contoso.com', 'token')))
      console.log(JSON.stringify(all.map(({ kind }) => kind)))
      const left = () => process.getActiveResourcesInfo().filter(name => /Timeout|TCP|TLS/.test(name)).join()
      // Node closes a handle some turns after its socket.
      for (let turn = 0; turn < 100 && left(); turn += 1) await new Promise(setImmediate)
      console.log(left())`
    try {
      const flags = ['--conditions=react-server', '--import', 'tsx', '--input-type=module', '-e', program]
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: file }
      const { stdout, stderr } = await promisify(execFile)(process.execPath, flags, { env, timeout: 25_000 })
      expect(stdout).toBe('["accepted","accepted","accepted"]\n\n')
      expect(stderr).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
