// What Exchange Online is known to hold, fact by fact, from all receipts and pasted outputs.
// The rule it keeps: the newest look at a fact counts, and a grant to an entry that was removed or replaced counts no more.

import type { ExchangeEvidence, MailboxEvidence, PrincipalEvidence } from './evidence.ts'
import { failuresOf } from './failures.ts'

/** Where a fact was seen. `order` counts from the oldest look. */
export type Look = { at: number; order: number; source: ExchangeEvidence['source']; script: ExchangeEvidence['script'] }
export type Seen<T> = { value: T; look: Look }

type MailboxFacts = Omit<MailboxEvidence, 'address'>
export type KnownMailbox = { readonly [Fact in keyof MailboxFacts]?: Seen<Exclude<MailboxFacts[Fact], undefined>> }

type Counted = NonNullable<ExchangeEvidence['granted']>

export type Known = {
  principals: Seen<readonly PrincipalEvidence[]> | undefined
  smtpAuthOfOrganization: Seen<boolean> | undefined
  mailbox(address: string): KnownMailbox
  /** The last look of a script that was to turn protocols on, or to see them, and failed at this mailbox. */
  failure(address: string): Look | undefined
  /** Grants that were seen before this look do not count any more. */
  grantsVoid: Look | undefined
  /** Of the last script that made, replaced or removed the entry. */
  principalChangedAt: number
  /** When scripts may have changed something, the oldest first. */
  changes: readonly number[]
  /** What scripts counted that saw opened mailboxes, the newest first; none from before the entry was replaced. A later one
   *  that was run for a few mailboxes takes nothing back. */
  grantedLooks: readonly Seen<Counted>[]
  /** A receipt that counts opened mailboxes without naming them. */
  unnamed: Seen<number> | undefined
}

const factNames = ['recipient', 'grant', 'denied', 'imap', 'pop', 'smtpAuth', 'sendAs'] as const
const ofTheEntry: readonly ExchangeEvidence['script'][] = ['register', 'whole', 'repair', 'undo']
const ofProtocols: readonly ExchangeEvidence['script'][] = ['mailboxes', 'whole', 'repair', 'switches', 'diagnosis']
const nothing: KnownMailbox = {}
const same = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()

/** Reads every look once; asking for a mailbox afterwards costs nothing. */
export function knownOf(
  evidence: readonly ExchangeEvidence[],
  expected: { appId: string; tenantId: string },
  changedAt?: string
): Known {
  const mailboxes = new Map<string, Record<string, Seen<unknown>>>()
  const failed = new Map<string, Look>()
  const changes: number[] = Number.isFinite(timeOf(changedAt)) ? [timeOf(changedAt)] : []
  let principals: Known['principals']
  let organization: Known['smtpAuthOfOrganization']
  let grantsVoid: Look | undefined
  let grantedLooks: Seen<Counted>[] = []
  let unnamed: Known['unnamed']
  let principalChangedAt = Number.NEGATIVE_INFINITY

  oldestFirst(evidence).forEach((one, order) => {
    const look: Look = { at: timeOf(one.at), order, source: one.source, script: one.script }
    if (!same(one.appId, expected.appId)) return
    if (one.tenantId && !same(one.tenantId, expected.tenantId)) return
    if (one.changed && Number.isFinite(look.at)) changes.push(look.at)
    if (one.changed && ofTheEntry.includes(one.script)) principalChangedAt = look.at
    if (replaces(one, principals?.value)) {
      grantsVoid = look
      grantedLooks = []
    }
    if (one.granted) grantedLooks.push({ value: one.granted, look })
    if (one.principals) principals = { value: withKnownSids(one.principals, principals?.value), look }
    if (one.smtpAuthOfOrganization !== undefined) organization = { value: one.smtpAuthOfOrganization, look }
    if (one.granted && one.granted.count > 0 && one.mailboxes.length === 0) unnamed = { value: one.granted.count, look }
    if (ofProtocols.includes(one.script)) for (const address of failuresOf(one).keys()) failed.set(address, look)
    for (const mailbox of one.mailboxes) {
      const key = mailbox.address.toLowerCase()
      const facts = mailboxes.get(key) ?? {}
      if (showsNoDenial(one, mailbox)) delete facts.denied
      for (const name of factNames) {
        const value = name === 'recipient' ? recipientOf(mailbox) : mailbox[name]
        if (value !== undefined) facts[name] = { value, look }
      }
      mailboxes.set(key, facts)
    }
  })

  return {
    principals,
    smtpAuthOfOrganization: organization,
    mailbox: address => (mailboxes.get(address.toLowerCase()) ?? nothing) as KnownMailbox,
    failure: address => failed.get(address.toLowerCase()),
    grantsVoid,
    principalChangedAt,
    changes: changes.sort((left, right) => left - right),
    grantedLooks: grantedLooks.reverse(),
    unnamed
  }
}

/** A time that cannot be read is older than every other. */
export function timeOf(iso: string | undefined): number {
  const time = iso === undefined ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time
}

/** The evidence comes with the newest first, which decides where two looks have one time. */
const oldestFirst = (evidence: readonly ExchangeEvidence[]) =>
  [...evidence].reverse().sort((left, right) => {
    const [a, b] = [timeOf(left.at), timeOf(right.at)]
    return a === b ? 0 : a - b
  })

/** Whether grants that were seen before this look went to an entry that is no more. */
function replaces(one: ExchangeEvidence, before: readonly PrincipalEvidence[] | undefined): boolean {
  if (one.changed && (one.script === 'undo' || one.script === 'repair')) return true
  if (!one.principals) return false
  if (one.principals.length === 0) return true
  return before !== undefined && !before.every(entry => one.principals?.some(other => sameEntry(entry, other)))
}

/** A look that leaves out the SID of an entry does not forget it: another SID later is another entry. */
const withKnownSids = (seen: readonly PrincipalEvidence[], before: readonly PrincipalEvidence[] = []) =>
  seen.map(entry => ({ ...before.find(old => same(old.objectId, entry.objectId)), ...entry }))

const sameEntry = (left: PrincipalEvidence, right: PrincipalEvidence) =>
  same(left.objectId, right.objectId) && (!left.sid || !right.sid || same(left.sid, right.sid))

/** Scripts that open mailboxes look for entries that allow alone: what they granted leaves an entry that denies in force.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission */
const showsNoDenial = ({ source, script }: ExchangeEvidence, { grant, denied }: MailboxEvidence) =>
  grant !== undefined && !denied && (source === 'output' || script === 'diagnosis')

/** Permissions and protocol switches are shown of mailboxes in Exchange Online alone.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-casmailbox */
function recipientOf(mailbox: MailboxEvidence): MailboxEvidence['recipient'] {
  const shown = mailbox.grant === true || [mailbox.imap, mailbox.pop, mailbox.smtpAuth].some(fact => fact !== undefined)
  return mailbox.recipient ?? (shown ? 'mailbox' : undefined)
}

/** The newest of the times that is not later than `at`; undefined where there is none. */
export const lastBefore = (times: readonly number[], at: number) => times.findLast(time => time <= at)
