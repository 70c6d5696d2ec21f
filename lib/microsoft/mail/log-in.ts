// Logs in to one mailbox by one protocol with a token, and says what came of it: the one door to the mail clients.
// The rule it keeps: one connection, one attempt, one time limit; whatever happens, the connection is ended. The log is told
// of each attempt what came of it, and never whose mailbox it was, what the token is, or what the server said.
import 'server-only'
import type { LoginResult, Sent } from '../../gates/evidence.ts'
import { log, neverLog } from '../../log.ts'
import type { MailHost, Protocol } from '../../steps/step.ts'
import type { Client } from './client.ts'
import { imapClient } from './imap.ts'
import { popClient } from './pop.ts'
import { type Message, smtpClient } from './smtp.ts'
import { explainFailure, late, type Unreachable } from './unreachable.ts'

/** For the whole attempt, from looking up the name to the server's word. */
export const loginWaitMs = 20_000
/** For the goodbye, which changes nothing any more. */
const leaveWaitMs = 2_000

export type LoginOptions = { signal?: AbortSignal; waitMs?: number }

const clientFor = { IMAP: imapClient, POP: popClient, SMTP: smtpClient } as const

/** A real login with XOAUTH2; nothing is changed in the mailbox and no message is sent. Throws the signal's reason when
 *  it was aborted. Mail goes to Microsoft directly: HTTPS_PROXY is for the web. */
export function logIn(
  protocol: Protocol,
  at: MailHost,
  mailbox: string,
  token: string,
  options: LoginOptions = {}
): Promise<LoginResult> {
  return attempt(() => clientFor[protocol](at, mailbox, token), { protocol, at, token }, options)
}

/** Logs in by SMTP and sends one short message from the mailbox to itself. A refusal with `during` was one of the login. */
export async function sendTestMessage(
  at: MailHost,
  mailbox: string,
  token: string,
  message: Message,
  options: LoginOptions = {}
): Promise<Sent | Extract<LoginResult, { kind: 'refused' | 'unreachable' }>> {
  let mayHaveSent = () => false
  const result = await attempt(
    () => {
      const client = smtpClient(at, mailbox, token, message)
      mayHaveSent = client.mayHaveSent
      return client
    },
    { protocol: 'SMTP', at, token },
    options
  )
  switch (result.kind) {
    case 'refused':
      return result
    case 'unreachable':
      return mayHaveSent()
        ? { ...result, says: `${result.says} The message may have been sent all the same: look into the inbox.` }
        : result
    case 'accepted':
      if (!result.sent) throw new Error('The login was accepted, and nothing was said about the message')
      return result.sent
  }
}

type Attempt = { protocol: Protocol; at: MailHost; token: string }

async function attempt<Result extends LoginResult>(
  open: () => Client<Result>,
  { protocol, at, token }: Attempt,
  { signal, waitMs = loginWaitMs }: LoginOptions
): Promise<Result | Unreachable> {
  signal?.throwIfAborted()
  neverLog(token)
  const tell = teller(protocol, at)
  const client = open()
  const proof = client.prove().catch(error => {
    const result = explainFailure(error, at)
    if (!result) throw error
    return result
  })
  try {
    const result = await inTime<Result | Unreachable>(proof, waitMs, () => late(at, waitMs), signal)
    tell(result)
    if (result.kind !== 'unreachable') await inTime(client.leave(), leaveWaitMs, nothing, signal).catch(nothing)
    return result
  } catch (error) {
    tell(signal?.aborted ? { kind: 'stopped' } : { kind: 'failed' })
    throw error
  } finally {
    client.end()
  }
}

/** Writes the one line of an attempt: `accepted` is told as what happens, anything else as what was not let in. */
function teller(protocol: Protocol, { host, port }: MailHost) {
  const begunMs = performance.now()
  return (result: LoginResult | { kind: 'stopped' | 'failed' }): void => {
    const why = result.kind === 'refused' ? result.during : result.kind === 'unreachable' ? result.why : undefined
    const facts = { protocol, host, port, outcome: result.kind, why, ms: Math.round(performance.now() - begunMs) }
    if (result.kind === 'accepted' || result.kind === 'stopped') log.info('mail login', facts)
    else log.warn('mail login', facts)
  }
}

const nothing = () => undefined

/** What a promise gives, or what stands for it when the time is up; the signal's reason when that comes first. */
function inTime<T>(
  promise: Promise<T>,
  waitMs: number,
  whenLate: () => T,
  signal: AbortSignal | undefined
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let stop = () => {}
  return new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => resolve(whenLate()), waitMs)
    stop = () => reject(signal?.reason)
    signal?.addEventListener('abort', stop)
    promise.then(resolve, reject)
  }).finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  })
}
