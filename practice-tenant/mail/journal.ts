// What really happened at the mail servers, gate by gate, for tests: the servers themselves tell no more than Exchange.
// The rule it keeps: no token and no text of a message is in it, and it does not grow for ever.

import type { Gate, Protocol } from './admission.ts'

export type LoginEntry = {
  protocol: Protocol
  /** As the client wrote it; empty where its string could not be read. */
  mailbox: string
  /** `not-connected`: IMAP's way to refuse a mailbox whose switch is off. */
  outcome: 'accepted' | 'not-connected' | 'refused'
  /** The gate that was shut. */
  gate?: Gate
  at: string
}

export type SubmissionEntry = {
  mailbox: string
  /** Sender of the envelope. */
  from: string
  to: readonly string[]
  outcome: 'accepted' | 'refused'
  gate?: Gate
  at: string
}

/** A command that changes a mailbox, or would: whether it was carried out or refused. */
export type ChangeEntry = { protocol: 'imap' | 'pop'; mailbox: string; command: string; at: string }

export type MailJournal = { logins: LoginEntry[]; submissions: SubmissionEntry[]; changes: ChangeEntry[] }

/** Entries of one kind that are kept; the oldest go first. */
export const maxEntries = 2000
/** Longer than any address. */
const maxNameLength = 320

export function emptyJournal(): MailJournal {
  return { logins: [], submissions: [], changes: [] }
}

/** Appends an entry with the time. */
export function note<E extends { mailbox: string; at: string }>(list: E[], entry: Omit<E, 'at'>): void {
  const mailbox = entry.mailbox.slice(0, maxNameLength)
  list.push({ ...entry, mailbox, at: new Date().toISOString() } as E)
  if (list.length > maxEntries) list.shift()
}

export function clearJournal(journal: MailJournal): void {
  for (const list of [journal.logins, journal.submissions, journal.changes]) list.length = 0
}
