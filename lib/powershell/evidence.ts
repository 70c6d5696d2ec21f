// What Exchange Online was seen to hold for an application: from a receipt, or from output that was pasted. Plain data.
// The rule it keeps: undefined means not shown; nothing is filled in that the text did not say.

import type { ScriptKind } from './receipt.ts'

/** Exchange's entry for an application. */
export type PrincipalEvidence = { objectId: string; sid?: string }

export type MailboxEvidence = {
  address: string
  /** `mailbox`: in Exchange Online. `elsewhere`: a mail user or contact, such as an on-premises mailbox. */
  recipient?: 'mailbox' | 'elsewhere' | 'group' | 'none'
  /** Whether the application has FullAccess. */
  grant?: boolean
  /** An entry denies the application FullAccess, which wins over every grant; then `grant` is false. */
  denied?: true
  imap?: boolean
  pop?: boolean
  /** The mailbox's own SMTP AUTH switch; null follows the organisation. */
  smtpAuth?: boolean | null
  /** Whether the application has Send As for this address (Add-RecipientPermission). */
  sendAs?: boolean
}

/** One look at Exchange. Above `inlineMailboxes` a receipt names no mailbox; then `mailboxes` is empty. */
export type ExchangeEvidence = {
  source: 'receipt' | 'output'
  /** Which script printed the receipt. */
  script?: ScriptKind
  /** ISO 8601. Of a receipt the time of the machine that ran it, else when it was pasted. */
  at: string
  tenantId?: string
  appId: string
  /** All entries that Exchange has for `appId`, empty when it has none; undefined when that was not shown. */
  principals?: readonly PrincipalEvidence[]
  /** The organisation's SMTP AUTH switch: true is on. */
  smtpAuthOfOrganization?: boolean
  mailboxes: readonly MailboxEvidence[]
  /** Counts and hash of the mailboxes that a script opened, or a diagnosis saw open, also where they are not named. */
  granted?: {
    count: number
    sha256: string
    /** How many of them had a protocol that was not turned on, where they are not named. */
    failed?: number
  }
  failures: readonly string[]
  /** Whether the script that printed this wrote something, or tried to: then the clock of propagation starts at `at`. */
  changed: boolean
}
