// What a login came to, in a sentence.
import { grouped } from '../gates/ages.ts'
import type { LoginResult } from '../gates/evidence.ts'
import type { Protocol } from '../steps/step.ts'

type Tried = { address: string; protocol: Protocol; result: LoginResult }

/** "IMAP invoices@contoso.com: accepted, 3 messages in the inbox". */
export const loginInWords = ({ address, protocol, result }: Tried) =>
  `${protocol} ${address}: ${result.kind === 'refused' ? 'refused: ' : ''}${answerInWords(protocol, result)}`

/** How far a run has come, this login included. */
export type Tally = { done: number; failed: number; wanted: number }

/** More lines than this nobody reads: the table has them all. */
export const linesMax = 60

/** A login as it comes. In a long run those that failed are named, up to so many, and the others are counted. */
export function triedLine(tried: Tried, tally: Tally): { kind: 'landed' | 'note' | 'waiting'; says: string } {
  const isGood = tried.result.kind === 'accepted'
  if (tally.wanted > linesMax && (isGood || tally.failed > linesMax)) return { kind: 'waiting', says: tallied(tally) }
  return { kind: isGood ? 'landed' : 'note', says: loginInWords(tried) }
}

function tallied({ done, failed, wanted }: Tally): string {
  const counts = `${grouped(done)} of ${grouped(wanted)} tried: ${grouped(done - failed)} accepted, ${grouped(failed)} failed`
  return failed > linesMax ? `${counts}. When the test ends, the table names each of them.` : counts
}

/** What the server answered. Until a message was accepted, SMTP proves the login alone. */
export function answerInWords(protocol: Protocol, result: LoginResult): string {
  switch (result.kind) {
    case 'accepted':
      return protocol === 'SMTP' ? smtpInWords(result) : `accepted${inboxInWords(result)}`
    case 'refused':
      return result.said
    case 'unreachable':
      return result.says
  }
}

type Accepted = Extract<LoginResult, { kind: 'accepted' }>

function smtpInWords({ sent }: Accepted): string {
  if (!sent) return 'login accepted, sending not proved'
  return sent.kind === 'accepted' ? 'login and message accepted' : `login accepted, message refused: ${sent.said}`
}

function inboxInWords({ inbox }: Accepted): string {
  if (!inbox) return ''
  const size = inbox.bytes === undefined ? '' : `, ${sizeInWords(inbox.bytes)}`
  return `, ${inbox.messages === 1 ? '1 message' : `${inbox.messages} messages`} in the inbox${size}`
}

/** Bytes in the unit that reads best: "12 kB", "3.4 MB". */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  if (bytes === 1) return '1 byte'
  let power = 0
  // As it is written: 999,999 bytes are 1.0 MB, not 1000 kB.
  while (power < units.length - 1 && Math.round(bytes / 1000 ** power) >= 1000) power += 1
  const value = bytes / 1000 ** power
  const short = value.toFixed(1)
  return `${power === 0 || Number(short) >= 10 ? Math.round(value) : short} ${units[power]}`
}
