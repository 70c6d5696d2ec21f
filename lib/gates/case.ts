// One mailbox and protocol under examination, and how its evidence is weighed.
// The rule it keeps: the newer evidence wins; a refusal that may only be late does not make a receipt false.

import type { RowId } from '../diagnosis/dictionary.ts'
import { type Known, type KnownMailbox, type Look, lastBefore } from '../powershell/known.ts'
import type { Protocol } from '../steps/step.ts'
import { ago, propagationMs } from './ages.ts'
import type { Expected, TokenEvidence } from './evidence.ts'
import type { Fix, Gate, GateId } from './gate.ts'
import { type Logins, type LoginsOfMailbox, sentAt, type Tried } from './logins.ts'
import type { Meaning, Stage } from './server-words.ts'

/** The server's refusal that is explained: of the newest login, or of its test message. */
export type Refusal = { at: number; said: string; stage: Stage; meaning: Meaning }

export type Case = {
  expected: Expected
  token: TokenEvidence | undefined
  tokenSays: TokenSays[Protocol]
  known: Known
  mailbox: KnownMailbox
  logins: Logins
  /** Of this mailbox: the newest logins, and the newest that were accepted. */
  newest: LoginsOfMailbox['newest']
  accepted: LoginsOfMailbox['accepted']
  now: number
  address: string
  protocol: Protocol
  login: Tried | undefined
  /** undefined where the newest login was not refused, or where no token was given after it. */
  refusal: Refusal | undefined
}

export type Judgement = {
  state: Gate['state']
  because: string
  /** When the evidence was seen. */
  at: number
  /** For a shut gate; `title` where the evidence says more than the gate's own title. */
  row?: RowId
  title?: string
  fix?: Fix
}

/** What the token itself shows of the first two gates. */
export type TokenSays = Readonly<Record<Protocol, { secret: Judgement | undefined; claims: Judgement | undefined }>>

export const passed = (at: number, because: string): Judgement => ({ state: 'passed', because, at })
export const unknown = (because: string): Judgement => ({ state: 'unknown', because, at: Number.NEGATIVE_INFINITY })
export const shut = (at: number, because: string, row: RowId | undefined, fix: Fix): Judgement => ({
  state: 'shut',
  because,
  at,
  row,
  fix
})

/** The newest of what is known; of two with one time the later in the list. */
export const newest = (...found: readonly (Judgement | undefined)[]): Judgement | undefined =>
  found.reduce((best, one) => (one && (!best || one.at >= best.at) ? one : best), undefined)

/** "The receipt of 12 minutes ago shows ..." */
export function shows({ known: _, now }: Case, look: Look, that: string): string {
  const what = look.source === 'receipt' ? `The receipt of ${ago(look.at, now)}` : `Output pasted ${ago(look.at, now)}`
  return `${what} shows ${that}`
}

/** "The IMAP login of this mailbox was accepted 3 minutes ago." */
export function wasAccepted({ address, now }: Case, tried: Tried): string {
  const whose = tried.address.toLowerCase() === address.toLowerCase() ? 'this mailbox' : tried.address
  return `The ${tried.protocol} login of ${whose} was accepted ${ago(tried.at, now)}.`
}

/** A test message that was accepted, of whenever it was: logins that came later sent none. */
export function messageAccepted({ accepted, now }: Case): Judgement | undefined {
  const at = sentAt(accepted.SMTP)
  return at === undefined ? undefined : passed(at, `A test message of this mailbox was accepted ${ago(at, now)}.`)
}

/** The words of the server as evidence against a gate. */
export function serverShuts(one: Case, gate: GateId, fix: Fix): Judgement | undefined {
  const { refusal, now } = one
  if (!refusal || refusal.meaning.named?.gate !== gate) return undefined
  return shut(refusal.at, `The server’s own words of ${ago(refusal.at, now)} name it.`, refusal.meaning.named.row, fix)
}

/** Weighs what was seen against the server's words. Where the gate was seen open within two hours before the refusal, and
 *  something was changed within them, the words may only be late: then time decides. */
export function weigh(one: Case, seen: Judgement | undefined, server: Judgement | undefined): Judgement | undefined {
  if (!seen || !server || seen.at > server.at) return seen ?? server
  return seen.state === 'passed' && mayBeLate(one, seen.at, server.at) ? seen : server
}

function mayBeLate({ known }: Case, seenAt: number, refusedAt: number): boolean {
  const change = lastBefore(known.changes, refusedAt)
  return change !== undefined && refusedAt - change < propagationMs && refusedAt - seenAt < propagationMs
}
