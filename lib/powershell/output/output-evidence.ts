// What Exchange's own cmdlets printed, as evidence. The rule: "there is" needs a whole value that nothing else can be; "there is
// not" needs besides that the command asked for all of it and that the output was copied to its end.

import type { ExchangeEvidence, MailboxEvidence, PrincipalEvidence } from '../evidence.ts'
import { compare, type Found, type FoundPermission, isGuid, isSid } from './found.ts'
import { ownPrincipals } from './judge-principal.ts'
import { addressOf, type Entry, knownNames } from './mailbox-names.ts'
import { isSurelyOther, standingOf, type Who, whoIsIt } from './mailbox-standing.ts'
import type { Expected } from './verdict.ts'

/** A part of the text, between two of its lines, and when it was printed at the latest. */
export type Part = { from: number; to: number; at: string }

/** One look, or none where the part says nothing for certain. */
export function outputEvidence(found: Found, part: Part, expected: Expected): readonly ExchangeEvidence[] {
  const inside = <T extends { line: number }>(all: readonly T[]) =>
    all.filter(({ line }) => line > part.from && line < part.to)
  const removals = found.removals.filter(line => line > part.from && line < part.to)
  const removed = removals.at(-1) ?? part.from
  const own: Found = {
    ...found,
    principals: inside(found.principals),
    // Whose entries stood above a removal cannot be told any more: it may have been this application.
    permissions: inside(found.permissions).filter(({ line }) => line > removed),
    casMailboxes: inside(found.casMailboxes),
    removals
  }
  const principals = principalsOf(own, expected)
  const mailboxes = mailboxesOf(own, knownNames(found), whoIsIt(own, expected))
  if (!principals && mailboxes.length === 0) return []
  return [
    {
      source: 'output',
      at: part.at,
      appId: expected.appId.toLowerCase(),
      ...(principals && { principals }),
      mailboxes,
      failures: [],
      changed: false
    }
  ]
}

/** All entries of the last output that shows one; undefined where one of them may be another, or is not whole. */
function principalsOf(found: Found, expected: Expected): readonly PrincipalEvidence[] | undefined {
  const own = ownPrincipals(found, expected)
  const unsure = found.principals.some(
    ({ appId, block }) => block === own[0]?.block && appId && compare(appId, expected.appId) === 'begins'
  )
  if (own.length === 0 || unsure) return undefined
  const entries = new Map<string, PrincipalEvidence>()
  for (const { objectId, sid } of own) {
    if (!objectId || objectId.cut || !isGuid(objectId.text)) return undefined
    const id = objectId.text.toLowerCase()
    entries.set(id, { objectId: id, ...(sid && !sid.cut && isSid(sid.text) && { sid: sid.text }) })
  }
  return [...entries.values()]
}

function mailboxesOf(found: Found, known: ReadonlyMap<string, string>, who: Who): readonly MailboxEvidence[] {
  const mailboxes = new Map<string, MailboxEvidence>()
  const learn = (address: string, facts: Omit<MailboxEvidence, 'address'>) => {
    if (Object.keys(facts).length > 0) mailboxes.set(address, { address, ...mailboxes.get(address), ...facts })
  }
  const lastPrompt = found.prompts.at(-1) ?? 0
  for (const cas of found.casMailboxes) {
    const address = cas.address ?? sureAddress(cas, known)
    if (!address) continue
    const smtpAuth = cas.smtpAuthDisabled === null ? null : cas.smtpAuthDisabled === false
    // An empty value at the end of a copy may be one that was cut.
    const smtpIsSure = cas.smtpAuthDisabled !== undefined && (cas.smtpAuthDisabled !== null || lastPrompt > cas.line)
    learn(address, {
      ...(cas.imap !== undefined && { imap: cas.imap }),
      ...(cas.pop !== undefined && { pop: cas.pop }),
      ...(smtpIsSure && { smtpAuth })
    })
  }
  for (const [address, entries] of lastEntries(found.permissions, known, who)) {
    const grant = grantOf(entries, who, lastPrompt)
    const isDenied = standingOf(entries, who).kind === 'denied'
    learn(address, grant === undefined ? {} : { grant, ...(isDenied && { denied: true }) })
  }
  return [...mailboxes.values()]
}

/** The address of an entry's mailbox, where the command or the text ties it to one. */
function sureAddress(entry: Entry, known: ReadonlyMap<string, string>): string | undefined {
  const address = addressOf(entry, known)
  return address && /^[^\s@…]+@[^\s@…]+$/u.test(address) ? address : undefined
}

/** Each mailbox's entries, of the last command that asked for everybody's or for this application's. */
function lastEntries(
  permissions: readonly FoundPermission[],
  known: ReadonlyMap<string, string>,
  who: Who
): ReadonlyMap<string, FoundPermission[]> {
  const last = new Map<string, FoundPermission[]>()
  for (const entry of permissions) {
    const address = sureAddress(entry, known)
    const { user } = entry.asked ?? {}
    if (!address || (user && !who.asked.includes(user.toLowerCase()))) continue
    const before = last.get(address)
    if (before?.[0]?.block === entry.block) before.push(entry)
    else last.set(address, [entry])
  }
  return last
}

function grantOf(entries: readonly FoundPermission[], who: Who, lastPrompt: number): boolean | undefined {
  const { kind, entry } = standingOf(entries, who)
  switch (kind) {
    case 'granted':
    case 'of-the-wrong-entry':
      return entry.deny === false ? true : undefined
    case 'denied':
      return false
    case 'absent':
      return entries.every(one => one.asked?.whole && lastPrompt > one.line && isSurelyOther(one, who))
        ? false
        : undefined
    // Rights that a column cut may go on with FullAccess, and text that was not read may hold another entry.
    case 'rights-not-whole':
    case 'perhaps-unread':
    case 'partly':
    case 'without-deny':
    case 'begins':
    case 'named':
    case 'unknown':
    case 'another-was-asked-for':
      return undefined
  }
}
