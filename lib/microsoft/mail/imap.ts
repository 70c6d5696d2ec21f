// IMAP by imapflow: logs in with a token, opens the inbox read-only, counts, and logs out.
// The rule it keeps: the words are the server's own, heard after TLS began, and nothing is changed in the mailbox.
import { ImapFlow } from 'imapflow'
import type { Inbox, LoginResult } from '../../gates/evidence.ts'
import type { MailHost } from '../../steps/step.ts'
import { answerLength, type Client, tlsOptions } from './client.ts'
import { said } from './said.ts'
import { strange, withoutTls, withoutXoauth2 } from './unreachable.ts'

/** imapflow's own limits only have to be longer than the one of `logIn`, which ends the connection. */
const libraryWaitMs = 10 * 60_000

export function imapClient(at: MailHost, mailbox: string, token: string): Client<LoginResult> {
  const client = new ImapFlow({
    host: at.host,
    port: at.port,
    secure: at.security === 'TLS',
    doSTARTTLS: at.security === 'STARTTLS' ? true : undefined,
    auth: { user: mailbox, accessToken: token },
    tls: tlsOptions(at),
    clientInfo: { name: 'Mail OAuth Wizard', version: false, vendor: false, 'support-url': false },
    logger: false,
    emitLogs: true,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    connectionTimeout: libraryWaitMs,
    greetingTimeout: libraryWaitMs,
    socketTimeout: libraryWaitMs,
    maxLineLength: answerLength,
    maxLiteralSize: answerLength,
    maxResponseSize: 4 * answerLength
  })
  const clean = (answer: string) => said(answer, mailbox, token)
  const heard = listen(client, at.security === 'TLS')
  // An error after the result is nobody's, and must not be thrown.
  client.on('error', () => undefined)

  function explain(error: unknown): LoginResult | undefined {
    if (heard.strange !== undefined) return strange(at, clean(heard.strange))
    const { response, responseStatus, tlsFailed, code, message } = error as Failure
    // Only a refusal that ended the proof counts: its own text, or the last line before the end.
    const last = responseStatus && typeof response === 'string' ? response : heard.last
    const refusal = /^\S+ ((?:NO|BAD|BYE)\b.*)$/s.exec(last)?.[1]
    if (tlsFailed && !code) return withoutTls(at)
    if (refusal && !tlsFailed)
      return heard.protected
        ? { kind: 'refused', said: clean(refusal), during: heard.loggedIn ? 'inbox' : 'login' }
        : strange(at, clean(refusal))
    if (message === 'Unsupported authentication mechanism') return withoutXoauth2(at)
    if (code === 'InvalidResponse' || /^(Parser|Line|Literal|Response|Unexpected)/.test(code ?? ''))
      return strange(at, clean(heard.last))
    return undefined
  }

  return {
    async prove() {
      try {
        await client.connect()
        const { exists } = await client.mailboxOpen('INBOX', { readOnly: true })
        return { kind: 'accepted', inbox: { messages: exists, ...(await bytesOf(client)) } }
      } catch (error) {
        const result = explain(error)
        if (!result) throw error
        return result
      }
    },
    leave: () => client.logout(),
    end: () => client.close()
  }
}

/** RFC 8438. imapflow asks only where the server offers it; adding up single messages would read the whole mailbox. */
async function bytesOf(client: ImapFlow): Promise<Pick<Inbox, 'bytes'>> {
  const status = await client.status('INBOX', { size: true })
  return status && status.size !== undefined ? { bytes: Number(status.size) } : {}
}

/** What imapflow adds to an error: `response` is the server's line, with the tag of the command. */
type Failure = { response?: unknown; responseStatus?: string; tlsFailed?: boolean; code?: string; message?: string }
type LogEntry = { src?: string; msg?: string }

/** Listens to the conversation: imapflow tells some refusals to its log only. Nothing is written anywhere. */
function listen(client: ImapFlow, tls: boolean) {
  const heard = { last: '', strange: undefined as string | undefined, protected: tls, loggedIn: false }
  let greeted = false
  client.on('log', ({ src, msg = '' }: LogEntry) => {
    if (src === 'tls') heard.protected = true
    if (src === 'auth') heard.loggedIn = true
    if (src !== 's') return
    heard.last = msg
    // A greeting that is none, or one that says no login is needed, proves nothing.
    if (!greeted && !/^\* (OK|BYE)\b/.test(msg)) heard.strange = msg
    greeted = true
    // imapflow would wait as long as the server asks for before it passes this refusal on.
    if (heard.strange !== undefined || /^\S+ BAD .*throttled/i.test(msg)) client.close()
  })
  return heard
}
