// SMTP by nodemailer: STARTTLS, then a login with a token; a message to the mailbox itself only when one is given.
// The rule it keeps: without TLS the token stays here, and neither token nor message is ever sent twice.
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { LoginResult, Sent } from '../../gates/evidence.ts'
import type { MailHost } from '../../steps/step.ts'
import { answerLength, type Client, tlsOptions } from './client.ts'
import { openSocket } from './lines.ts'
import { said, saslString } from './said.ts'
import { Closed, strange, withoutTls, withoutXoauth2 } from './unreachable.ts'

export type Message = { subject: string; body: string }

/** nodemailer's own limits only have to be longer than the one of `logIn`, which ends the connection. */
const libraryWaitMs = 10 * 60_000
/** Under a name of our own, because nodemailer's XOAUTH2 sends the token again after a refusal with a challenge. */
const ourXoauth2 = 'XOAUTH2-ONCE'

/** What nodemailer adds to an error: `response` is what the server said. */
type Failure = { response?: unknown; code?: string; command?: string }

export function smtpClient(
  at: MailHost,
  mailbox: string,
  token: string,
  message?: Message
): Client<LoginResult> & { mayHaveSent(): boolean } {
  const clean = (answer: string) => said(answer, mailbox, token)
  let connection: SMTPConnection | undefined
  let socket: ReturnType<typeof openSocket>['socket'] | undefined
  let answer: string | undefined
  let offered = true
  let sending = false

  function xoauth2({ authMethods, sendCommand, resolve, reject }: SMTPConnection.CustomAuthenticationContext) {
    offered = authMethods.includes('XOAUTH2')
    if (!offered) return reject('XOAUTH2 is not offered')
    const hear = (_error: Error | null, { response, status }: SMTPConnection.CustomAuthenticationResponse) => {
      const challenged = status === 334 && answer === undefined
      answer = response
      // A challenge tells of an error; the refusal itself comes after an empty line.
      if (challenged) sendCommand('', hear)
      else resolve()
    }
    // https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth#smtp-protocol-exchange
    sendCommand(`AUTH XOAUTH2 ${saslString(mailbox, token)}`, hear)
  }

  async function converse(): Promise<LoginResult> {
    const opening = openSocket(at)
    socket = opening.socket
    await opening.open
    const over = new SMTPConnection({
      host: at.host,
      port: at.port,
      // Given a socket, nodemailer asks no name server of its own and prints no warning about one.
      connection: socket,
      secure: at.security === 'TLS',
      requireTLS: true,
      tls: tlsOptions(at),
      // The name of the wizard's server is nobody's business.
      name: '[127.0.0.1]',
      logger: false,
      connectionTimeout: libraryWaitMs,
      greetingTimeout: libraryWaitMs,
      socketTimeout: libraryWaitMs,
      socketCloseTimeout: 0,
      maxResponseSize: answerLength,
      customAuth: { [ourXoauth2]: xoauth2 }
    })
    connection = over
    await step(over, done => over.connect(done))
    await step(over, done => over.login({ user: mailbox, method: ourXoauth2 }, done)).catch(error => {
      // 421 answers and ends the connection in one.
      if (answer === undefined) throw error
    })
    if (!answer?.startsWith('235')) return unwanted(answer ?? '')
    return message ? { kind: 'accepted', sent: await send(over, message) } : { kind: 'accepted' }
  }

  async function send(over: SMTPConnection, { subject, body }: Message): Promise<Sent> {
    const text = await new MailComposer({ from: mailbox, to: mailbox, subject, text: body }).compile().build()
    const at = new Date().toISOString()
    sending = true
    try {
      const info = await step<SMTPConnection.SentMessageInfo>(over, done =>
        over.send({ from: mailbox, to: [mailbox] }, text, done)
      )
      return { kind: 'accepted', at, said: clean(info?.response ?? '') }
    } catch (error) {
      const refusal = refusalIn(error)
      if (refusal === undefined) throw error
      return { kind: 'refused', at, said: clean(refusal) }
    }
  }

  /** What an answer other than the wanted one means. What was said in the clear may be anybody's and refuses nothing. */
  const unwanted = (text: string): LoginResult =>
    connection?.secure && /^[45]\d\d/.test(text)
      ? { kind: 'refused', said: clean(text), during: 'login' }
      : strange(at, clean(text))

  return {
    async prove() {
      try {
        return await converse()
      } catch (error) {
        const { code, command } = error as Failure
        const refusal = refusalIn(error)
        if (!offered) return withoutXoauth2(at)
        const noTls = command === 'STARTTLS' || (command === 'EHLO' && !refusal?.startsWith('421'))
        if (connection && !connection.secure && noTls) return withoutTls(at)
        if (refusal !== undefined) return unwanted(refusal)
        if (code === 'EPROTOCOL') return strange(at, clean(String((error as Failure).response || '')))
        throw error
      }
    },
    leave: () =>
      new Promise<void>(resolve => {
        if (!connection || connection.destroyed) return resolve()
        connection.once('end', resolve)
        connection.quit()
      }),
    end() {
      connection?.close()
      socket?.destroy()
    },
    mayHaveSent: () => sending
  }
}

/** One step of the conversation; it fails when the connection does. */
function step<T>(over: SMTPConnection, take: (done: (error?: Error | null, value?: T) => void) => void) {
  return new Promise<T | undefined>((resolve, reject) => {
    over.once('error', reject)
    over.once('end', () => reject(new Closed('closed by the server')))
    take((error, value) => (error ? reject(error) : resolve(value)))
  })
}

/** The server's own refusal in an error of nodemailer. */
function refusalIn(error: unknown): string | undefined {
  const { response } = error as Failure
  return typeof response === 'string' && /^[45]\d\d/.test(response) ? response : undefined
}
