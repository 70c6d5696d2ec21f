// What the log learns of a login to a mailbox: protocol, host, time and what came of it; never whose mailbox, which token,
// or the server's words. The token is one of plain words, so that no shape gives it away: it has to be known by its value.
import tls from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

const told = vi.hoisted(() => ({ lines: [] as [level: string, event: string, facts: unknown][] }))
vi.mock('../../log.ts', async original => {
  const at = (level: string) => (event: string, facts: unknown) => void told.lines.push([level, event, facts])
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { ...(await original<typeof import('../../log.ts')>()), log }
})

import { imap, pop, smtp } from '../../../test-data/mail-dialects.ts'
import { type Certificate, certificateFor, type MailServer, startMailServer } from '../../../test-data/mail-server.ts'
import { asRequest } from '../../log/request.ts'
import { logTo } from '../../log.ts'
import { logIn, sendTestMessage } from './log-in.ts'

const mailbox = 'invoices@contoso.example'
const token = 'a token of plain words'
const usual = { IMAP: 'TLS', POP: 'TLS', SMTP: 'STARTTLS' } as const

let trusted: Certificate
beforeAll(async () => {
  trusted = await certificateFor()
})
const servers: MailServer[] = []
beforeEach(() => {
  told.lines = []
  const connect = tls.connect
  vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions, done?: () => void) =>
    connect({ ...options, ca: [trusted.cert] }, done)) as typeof tls.connect)
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const server of servers.splice(0)) await server.close()
})

async function serve({ protocol, script }: typeof imap, mood = {}) {
  const security = usual[protocol]
  const server = await startMailServer({ certificate: trusted, direct: security === 'TLS' }, script(security, mood))
  servers.push(server)
  return { host: 'localhost', port: server.port, security }
}

const ms = expect.any(Number)
const said = () => JSON.stringify(told.lines)

describe.each([imap, pop, smtp])('a login by $protocol', dialect => {
  const { protocol, refusal } = dialect

  test('is one line when it was accepted', async () => {
    const at = await serve(dialect)
    await logIn(protocol, at, mailbox, token)
    const facts = { protocol, host: 'localhost', port: at.port, outcome: 'accepted', why: undefined, ms }
    expect(told.lines).toEqual([['info', 'mail login', facts]])
  })

  test('is a warning when it was refused, without a word of the server’s', async () => {
    const at = await serve(dialect, { refusal: `${refusal} ${mailbox} ${token}` })
    await logIn(protocol, at, mailbox, token)
    expect(told.lines).toMatchObject([['warn', 'mail login', { outcome: 'refused', why: 'login' }]])
    expect(said()).not.toMatch(/contoso|plain words|authenticat/i)
  })

  test('is a warning when nobody was reached, and says of which kind that was', async () => {
    const at = await serve(dialect)
    await servers.pop()?.close()
    await logIn(protocol, at, mailbox, token)
    expect(told.lines).toMatchObject([['warn', 'mail login', { outcome: 'unreachable', why: 'connection' }]])
  })

  test('that was stopped is told as that', async () => {
    const at = await serve(dialect, { onToken: () => undefined })
    const stopping = new AbortController()
    const login = logIn(protocol, at, mailbox, token, { signal: stopping.signal })
    setTimeout(() => stopping.abort(), 50)
    await expect(login).rejects.toThrow()
    expect(told.lines).toMatchObject([['info', 'mail login', { outcome: 'stopped' }]])
  })

  test('keeps its token out of everything else that is logged for the request', async () => {
    const written: string[] = []
    await asRequest({ requestId: 'request-1', secrets: new Set() }, async () => {
      await logIn(protocol, await serve(dialect), mailbox, token)
      logTo({ write: line => written.push(line) }, 'debug', [])('error', 'x', {
        error: new Error(`It was ${token}`, { cause: `user ${mailbox} had ${encodeURIComponent(token)}` })
      })
    })
    expect(written).toHaveLength(1)
    expect(written[0]).toContain('[secret]')
    expect(written[0]).not.toMatch(/plain|contoso/)
  })
})

test('a test message is one line too', async () => {
  const at = await serve(smtp)
  await sendTestMessage(at, mailbox, token, { subject: 'Subject', body: 'Body' })
  expect(told.lines).toMatchObject([['info', 'mail login', { protocol: 'SMTP', outcome: 'accepted' }]])
  expect(said()).not.toMatch(/contoso|plain words|Subject/)
})
