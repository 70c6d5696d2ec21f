// What the entries of one mailbox say of the application. The rule: an entry counts as the application's only by its SID, by
// its Object ID or because Exchange was asked for exactly it; a display name others may bear.

import { compare, type Found, type FoundPermission, isSid, type Seen } from './found.ts'
import { ownPrincipals } from './judge-principal.ts'
import type { Expected } from './verdict.ts'

export type Who = {
  sids: readonly string[]
  ids: readonly string[]
  asked: readonly string[]
  names: readonly string[]
  /** Exchange knows it with another Object ID than the right one. */
  wrongObjectId: boolean
}

/** By what the application may be shown, as far as the text and the caller say. */
export function whoIsIt(found: Found, expected: Expected): Who {
  const own = ownPrincipals(found, expected)
  const whole = (one: Seen | undefined) => (one && !one.cut && one.text ? [one.text.toLowerCase()] : [])
  const sids = [
    ...whole(expected.sid ? { text: expected.sid, cut: false } : undefined),
    ...own.flatMap(one => whole(one.sid)),
    ...sidsOfReceipts(found, expected)
  ]
  const objectIds = own.flatMap(one => whole(one.objectId))
  const ids = [expected.objectId.toLowerCase(), ...objectIds]
  return {
    sids,
    ids,
    asked: [...sids, ...ids, expected.appId.toLowerCase()],
    names: own.flatMap(one => whole(one.displayName)),
    wrongObjectId: objectIds.length > 0 && !objectIds.includes(expected.objectId.toLowerCase())
  }
}

/** As receipts of the same text have it, of the entry with the right Object ID; not above a removal. */
function sidsOfReceipts({ receipts, removals }: Found, { appId, objectId, tenantId }: Expected): readonly string[] {
  const removed = removals.at(-1) ?? 0
  return receipts.flatMap(({ line, receipt }) => {
    const isOwn = receipt.appId === appId.toLowerCase() && (!tenantId || receipt.tenantId === tenantId.toLowerCase())
    if (!isOwn || line < removed || receipt.principal === 'removed') return []
    const entries = receipt.principals.filter(one => one.objectId === objectId.toLowerCase())
    return entries.flatMap(({ sid }) => (sid ? [sid.toLowerCase()] : []))
  })
}

type Likeness = 'same' | 'begins' | 'name' | 'unknown' | 'other'

function likeness({ user, userSid, asked }: FoundPermission, who: Who): Likeness {
  if (/^NT AUTHORITY\\/i.test(user.text) || /^S-1-5-\d{1,2}$/i.test(user.text)) return 'other'
  const seen = [user, userSid].filter(one => one !== undefined)
  const own = [...who.sids, ...who.ids]
  if (seen.some(one => own.some(id => compare(one, id) === 'same'))) return 'same'
  if (asked?.user && who.asked.includes(asked.user.toLowerCase())) return 'same'
  if (who.names.some(name => compare(user, name) !== 'other')) return 'name'
  // A SID that was printed whole beside a name or a cut one decides, where the application's own is known.
  if (who.sids.length > 0 && seen.some(one => !one.cut && isSid(one.text))) return 'other'
  if (seen.some(one => one.cut && own.some(id => compare(one, id) === 'begins'))) return 'begins'
  // While Exchange's own entry is not shown, the application may hide behind any SID or name but not behind an address.
  return who.sids.length === 0 && (isSid(user.text) || who.names.length === 0) && !user.text.includes('@')
    ? 'unknown'
    : 'other'
}

/** Whether this entry is surely nobody's but another's: it shows an address, a system account or a whole SID. */
export function isSurelyOther({ user, userSid }: FoundPermission, who: Who): boolean {
  if (/^NT AUTHORITY\\/i.test(user.text) || (user.text.includes('@') && !user.cut)) return true
  return who.sids.length > 0 && [user, userSid].some(one => one && !one.cut && isSid(one.text))
}

export type Standing = {
  /** The first that holds, in this order. */
  kind:
    | 'denied'
    | 'of-the-wrong-entry'
    | 'granted'
    | 'without-deny'
    | 'begins'
    | 'named'
    | 'unknown'
    | 'another-was-asked-for'
    | 'rights-not-whole'
    | 'perhaps-unread'
    | 'partly'
    | 'absent'
  /** The entry that it rests on. */
  entry: FoundPermission
}

/** `entries` are one mailbox's, at least one. */
export function standingOf(entries: readonly FoundPermission[], who: Who): Standing {
  const full = entries.filter(({ rights }) => rights.some(right => /^FullAccess$/i.test(right)))
  const of = (kind: Likeness) => full.filter(entry => likeness(entry, who) === kind)
  const mine = of('same')
  const denied = mine.find(({ deny }) => deny === true)
  if (denied) return { kind: 'denied', entry: denied }
  const [granted] = mine
  if (granted && who.wrongObjectId) return { kind: 'of-the-wrong-entry', entry: granted }
  if (granted) return { kind: granted.deny === false ? 'granted' : 'without-deny', entry: granted }
  for (const kind of ['begins', 'name', 'unknown'] as const) {
    const [entry] = of(kind)
    if (entry) return { kind: kind === 'name' ? 'named' : kind, entry }
  }
  const asked = entries.find(({ asked }) => asked?.user && !who.asked.includes(asked.user.toLowerCase()))
  if (asked) return { kind: 'another-was-asked-for', entry: asked }
  const cut = entries.find(one => !one.rightsWhole && likeness(one, who) !== 'other')
  if (cut) return { kind: 'rights-not-whole', entry: cut }
  const unread = entries.find(({ blockWhole }) => !blockWhole)
  if (unread) return { kind: 'perhaps-unread', entry: unread }
  const partly = entries.find(entry => likeness(entry, who) === 'same')
  return partly ? { kind: 'partly', entry: partly } : { kind: 'absent', entry: entries[0] as FoundPermission }
}
