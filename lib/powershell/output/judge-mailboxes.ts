// Each mailbox's permissions and switches against what the application needs. The rule: an entry counts as the application's
// only by its SID, by its Object ID or because Exchange was asked for exactly it; a display name others may bear.

import { compare, type Found, type FoundPermission, isSid, type Seen } from './found.ts'
import { ownPrincipals } from './judge-principal.ts'
import { judgeSwitches } from './judge-switches.ts'
import { addressOf, type Entry, knownNames } from './mailbox-names.ts'
import type { Expected, Verdict } from './verdict.ts'

/** Exchange takes at most 500 entries a mailbox.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission */
const mostEntries = 500

/** A verdict for each expected mailbox, or for each that is shown where none is named; then the switches that are shown. */
export function judgeMailboxes(found: Found, expected: Expected): readonly Verdict[] {
  const known = knownNames(found)
  const who = whoIsIt(found, expected)
  const wanted = (expected.mailboxes ?? []).map(mailbox => mailbox.toLowerCase())
  const wantedSet = new Set(wanted)
  const shown = found.permissions.filter(({ mailbox, asked }) => mailbox || asked?.mailbox)
  const nameless = found.permissions.filter(({ mailbox, asked }) => !mailbox && !asked?.mailbox)
  const byName = new Map<string, FoundPermission[]>()
  for (const entry of shown) {
    const name = addressOf(entry, known) ?? ''
    byName.set(name, [...(byName.get(name)?.slice(-mostEntries) ?? []), entry])
  }
  const firsts = [...byName.values()].flatMap(entries => entries.slice(0, 1))
  const unsure = firsts.filter(entry => !addressOf(entry, known)?.includes('@') || entry.mailbox?.cut)
  const names = wanted.length > 0 ? wanted : [...byName.keys()].filter(Boolean)
  const verdicts = names.map(mailbox => {
    const sure = byName.get(mailbox)
    if (sure) return judgeOne(mailbox, sure, who)
    const maybe = unsure.find(entry => couldBe(entry, mailbox, known, wantedSet)) ?? nameless[0]
    return maybe ? askWhich(mailbox, maybe) : notShown(mailbox)
  })
  const open = wanted.length === 0 && nameless[0] ? [askWhich('', nameless[0])] : []
  return [
    ...verdicts,
    ...open,
    ...found.casMailboxes.map(cas => judgeSwitches(cas, known, wanted)).filter(one => !!one)
  ]
}

/** Exchange shows a mailbox by a name of its own, so any other name could be this mailbox's, unless it is another's address. */
function couldBe(
  entry: Entry,
  mailbox: string,
  known: ReadonlyMap<string, string>,
  wanted: ReadonlySet<string>
): boolean {
  const name = addressOf(entry, known) ?? ''
  if (name.endsWith('…')) return !name.includes('@') || mailbox.startsWith(name.slice(0, -1))
  return !name.includes('@') && !wanted.has(name)
}

type Who = {
  sids: readonly string[]
  ids: readonly string[]
  asked: readonly string[]
  names: readonly string[]
  wrongObjectId: boolean
}

function whoIsIt(found: Found, expected: Expected): Who {
  const own = ownPrincipals(found, expected)
  const whole = (one: Seen | undefined) => (one && !one.cut && one.text ? [one.text.toLowerCase()] : [])
  const sids = [
    ...whole(expected.sid ? { text: expected.sid, cut: false } : undefined),
    ...own.flatMap(one => whole(one.sid))
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

type Likeness = 'same' | 'begins' | 'name' | 'unknown' | 'other'

function likeness({ user, userSid, asked }: FoundPermission, who: Who): Likeness {
  if (/^NT AUTHORITY\\/i.test(user.text) || /^S-1-5-\d{1,2}$/i.test(user.text)) return 'other'
  const seen = [user, userSid].filter(one => one !== undefined)
  const own = [...who.sids, ...who.ids]
  if (seen.some(one => own.some(id => compare(one, id) === 'same'))) return 'same'
  if (asked?.user && who.asked.includes(asked.user.toLowerCase())) return 'same'
  if (who.names.includes(user.text.toLowerCase())) return 'name'
  // A SID that was printed whole beside a name or a cut one decides, where the application's own is known.
  if (who.sids.length > 0 && seen.some(one => !one.cut && isSid(one.text))) return 'other'
  if (seen.some(one => one.cut && own.some(id => compare(one, id) === 'begins'))) return 'begins'
  // While Exchange's own entry is not shown, the application may hide behind any SID or name but not behind an address.
  return who.sids.length === 0 && (isSid(user.text) || who.names.length === 0) && !user.text.includes('@')
    ? 'unknown'
    : 'other'
}

const showMore = (mailbox: string) =>
  `Run Get-MailboxPermission -Identity ${mailbox} | Format-List Identity,User,UserSid,AccessRights,Deny and paste all that it prints.`
const showPrincipal = 'Run Get-ServicePrincipal | Format-List AppId,ObjectId,DisplayName,Sid and paste that too.'

function judgeOne(mailbox: string, entries: readonly FoundPermission[], who: Who): Verdict {
  const say = (kind: Verdict['kind'], entry: FoundPermission | undefined, says: string, todo?: string): Verdict => ({
    about: 'mailbox',
    subject: mailbox,
    kind,
    says,
    ...(todo && { todo }),
    ...(entry && { line: entry.line })
  })
  const full = entries.filter(({ rights }) => rights.some(right => /^FullAccess$/i.test(right)))
  const of = (kind: Likeness) => full.filter(entry => likeness(entry, who) === kind)
  const mine = of('same')
  const denied = mine.find(({ deny }) => deny === true)
  if (denied)
    return say(
      'wrong',
      denied,
      'An entry denies the application full access, and a denial wins.',
      'Remove the entry that has Deny True.'
    )
  const granted = mine[0]
  if (granted && who.wrongObjectId)
    return say(
      'wrong',
      granted,
      'The entry belongs to the application as Exchange knows it, with the wrong Object ID.',
      'Repair the Object ID; the repair script opens the mailbox again.'
    )
  if (granted?.deny === false) return say('right', granted, 'The application has full access.')
  if (granted)
    return say(
      'ambiguous',
      granted,
      'The application’s entry is shown without its column Deny.',
      `Does Deny read False? ${showMore(mailbox)}`
    )
  const [begins, named, unknown] = [of('begins')[0], of('name')[0], of('unknown')[0]]
  if (begins)
    return say(
      'ambiguous',
      begins,
      `An entry begins like the application’s, but the window cut it after ${begins.user.text}.`,
      showMore(mailbox)
    )
  if (named)
    return say(
      'ambiguous',
      named,
      `An entry bears the application’s display name, ${named.user.text}, which others may bear too.`,
      showMore(mailbox)
    )
  if (unknown)
    return say(
      'ambiguous',
      unknown,
      `An entry is of ${unknown.user.text}${unknown.user.cut ? '…' : ''}. That may be the application: Exchange shows it by its SID or its name.`,
      `Is this the application? ${showPrincipal}`
    )
  const asked = entries.find(({ asked }) => asked?.user && !who.asked.includes(asked.user.toLowerCase()))
  if (asked?.asked?.user)
    return say('not-shown', asked, `Exchange was asked about ${asked.asked.user} only.`, showMore(mailbox))
  const partly = entries.find(entry => likeness(entry, who) === 'same')
  if (partly)
    return say(
      'wrong',
      partly,
      'The application has an entry, but not FullAccess.',
      'Run the script that opens the mailboxes again.'
    )
  return say(
    'wrong',
    entries[0],
    'The application is not among those who have full access.',
    'Run the script that opens the mailboxes; if it has run, check that it named the right Object ID and tenant.'
  )
}

function askWhich(mailbox: string, { line, mailbox: shown }: FoundPermission): Verdict {
  const says = shown
    ? `Permissions are shown of a mailbox that Exchange calls ${shown.text}${shown.cut ? '…' : ''}.`
    : 'Permissions are shown, but not of which mailbox.'
  const which = shown && mailbox ? `Is that ${mailbox}? ` : 'Which mailbox is it? '
  return {
    about: 'mailbox',
    subject: mailbox || 'A mailbox',
    kind: 'ambiguous',
    says,
    todo: `${which}Paste it together with the command that printed it.`,
    line
  }
}

function notShown(mailbox: string): Verdict {
  return {
    about: 'mailbox',
    subject: mailbox,
    kind: 'not-shown',
    says: 'The output does not show who may open this mailbox.',
    todo: showMore(mailbox)
  }
}
