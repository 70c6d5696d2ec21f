// What a text that somebody pasted from a PowerShell window says. The rule: every finding keeps the line it came from, and
// what could be read in two ways stands under `ambiguous`, never under the likelier of them.

import type { Receipt } from '../receipt.ts'

/** A value as it was printed. `cut`: only its beginning, as a column was too narrow; it counts as "begins with", no more. */
export type Seen = { text: string; cut: boolean }

/** The command that was typed above an output, as far as it names a mailbox and a user. `whole`: nothing in it leaves out a part
 *  of what the mailbox and the user have. */
export type Asked = { line: number; cmdlet: string; mailbox?: string; user?: string; whole: boolean }

/** `line` counts from 1. `block` is the same for what one command printed together. */
type Place = { line: number; block: number }

/** Exchange's own entry for an application. */
export type FoundPrincipal = Place & { appId?: Seen; objectId?: Seen; displayName?: Seen; sid?: Seen }

/** One entry of a mailbox's permissions. `mailbox` is what Exchange calls it, seldom its address. */
export type FoundPermission = Place & {
  mailbox?: Seen
  asked?: Asked
  user: Seen
  userSid?: Seen
  rights: readonly string[]
  /** Whether no right can be missing there: the output shows the list, and no column cut it. */
  rightsWhole: boolean
  /** Whether all that its command printed was read. Else one more entry may stand there. */
  blockWhole: boolean
  /** undefined where the output does not show it. */
  deny?: boolean
}

/** Protocol switches. `smtpAuthDisabled` is null where it was printed empty: the organisation's setting holds. */
export type FoundCasMailbox = Place & {
  mailbox?: Seen
  address?: string
  asked?: Asked
  imap?: boolean
  pop?: boolean
  smtpAuthDisabled?: boolean | null
}

/** A receipt that counts; `earlier` are those of the same setup above it that it replaces. */
export type FoundReceipt = { line: number; receipt: Receipt; earlier: readonly EarlierReceipt[] }
export type EarlierReceipt = { line: number; receipt: Receipt }
export type FoundError = { line: number; text: string }
export type Ambiguity = { line: number; what: string; why: string; ids: readonly string[] }

export type Found = {
  principals: readonly FoundPrincipal[]
  permissions: readonly FoundPermission[]
  casMailboxes: readonly FoundCasMailbox[]
  receipts: readonly FoundReceipt[]
  /** Receipts that were cut or changed, with the reason. */
  refusedReceipts: readonly { line: number; says: string }[]
  errors: readonly FoundError[]
  ambiguous: readonly Ambiguity[]
  /** Lines of commands that removed a service principal: what was printed above them holds no more. */
  removals: readonly number[]
  /** Lines with a prompt or a command: what was printed above one was copied to its end. */
  prompts: readonly number[]
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const sid = /^S-1-\d+(?:-\d+){1,14}$/i

export const isGuid = (text: string) => guid.test(text)
export const isSid = (text: string) => sid.test(text)

const dots = /(?:\u2026|\.\.\.)$/

/** A cell as it was printed, without the dots or the one character that PowerShell puts where it cuts. */
export function seen(text: string): Seen {
  const trimmed = text.trim()
  return dots.test(trimmed) ? { text: trimmed.replace(dots, ''), cut: true } : { text: trimmed, cut: false }
}

/** Whether this could be the whole value: yes, no, or only by its beginning. */
export function compare(printed: Seen, value: string): 'same' | 'begins' | 'other' {
  const [left, right] = [printed.text.toLowerCase(), value.toLowerCase()]
  if (!printed.cut) return left === right ? 'same' : 'other'
  return left !== '' && right.startsWith(left) ? 'begins' : 'other'
}
