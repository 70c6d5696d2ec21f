// Everything a request handler of the practice tenant needs: the store, the signing key, copies, faults and journals.
// The rule it keeps: one object made in server.ts is handed around; no module keeps a state of its own.

import { createHash, randomUUID } from 'node:crypto'
import type { Copies } from './copies.ts'
import type { Faults } from './faults.ts'
import type { SignIns } from './identity/sign-ins.ts'
import type { SigningKey } from './identity/signing-key.ts'
import type { MailJournal } from './mail/journal.ts'
import type { Store } from './state.ts'

/** One Graph request as a test counts it. Times are milliseconds of a monotonic clock. */
export type JournalEntry = {
  method: string
  path: string
  status: number
  startedAt: number
  endedAt: number
  /** The fault that was played, if any. */
  fault?: string
  /** The parts of a $batch. */
  parts?: { method: string; path: string; status: number }[]
}

export type Practice = Store & {
  readonly signingKey: SigningKey
  readonly copies: Copies
  readonly faults: Faults
  readonly signIns: SignIns
  readonly journal: JournalEntry[]
  readonly mailJournal: MailJournal
  /** Key IDs of secrets that do not count yet, with the tries until they do. */
  readonly freshSecrets: Map<string, number>
}

/** A GUID that looks random and is always the same for the same text. */
export function fixedId(text: string): string {
  const hex = createHash('sha256').update(`practice tenant: ${text}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function newId(): string {
  return randomUUID()
}

/** What is kept of a client secret. */
export function hashSecret(secretText: string): string {
  return createHash('sha256').update(secretText).digest('base64url')
}

export const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
