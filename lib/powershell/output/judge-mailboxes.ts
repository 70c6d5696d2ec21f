// Each mailbox's permissions and switches against what the application needs. The rule: an entry counts as the application's
// only by its SID, by its Object ID or because Exchange was asked for exactly it; a display name others may bear.

import { compare, type Found, type FoundCasMailbox, type FoundPermission, isSid, type Seen } from './found.ts'
import { ownPrincipals } from './judge-principal.ts'
import type { Expected, Verdict } from './verdict.ts'

/** A verdict for each expected mailbox, or for each that is shown where none is named; then the switches that are shown. */
export function judgeMailboxes(found: Found, expected: Expected): readonly Verdict[] {
  const known = knownNames(found)
  const who = whoIsIt(found, expected)
  const wanted = (expected.mailboxes ?? []).map(mailbox => mailbox.toLowerCase())
  const shown = found.permissions.filter(({ mailbox, asked }) => mailbox || asked?.mailbox)
  const nameless = found.permissions.filter(({ mailbox, asked }) => !mailbox && !asked?.mailbox)
  const names =
    wanted.length > 0 ? wanted : [...new Set(shown.map(entry => addressOf(entry, known) ?? ''))].filter(Boolean)
  const verdicts = names.map(mailbox => {
    const sure = shown.filter(entry => addressOf(entry, known) === mailbox)
    if (sure.length > 0) return judgeOne(mailbox, sure, who)
    const maybe = shown.find(entry => couldBe(entry, mailbox, known, wanted)) ?? nameless[0]
    return maybe ? askWhich(mailbox, maybe) : notShown(mailbox)
  })
  const open = wanted.length === 0 && nameless[0] ? [askWhich('', nameless[0])] : []
  return [
    ...verdicts,
    ...open,
    ...found.casMailboxes.map(cas => judgeSwitches(cas, known, wanted)).filter(one => !!one)
  ]
}

/** Addresses by the names that Exchange shows beside them. */
function knownNames(found: Found): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const { mailbox, address } of found.casMailboxes)
    if (mailbox && !mailbox.cut && address) known.set(mailbox.text.toLowerCase(), address)
  return known
}

type Entry = Pick<FoundPermission | FoundCasMailbox, 'mailbox' | 'asked'>

/** The address of an entry's mailbox: from its name, from the command above it, else its name as it is shown. */
function addressOf({ mailbox, asked }: Entry, known: ReadonlyMap<string, string>): string | undefined {
  if (asked?.mailbox) return known.get(asked.mailbox.toLowerCase()) ?? asked.mailbox.toLowerCase()
  if (!mailbox || mailbox.cut) return mailbox && `${mailbox.text.toLowerCase()}…`
  return known.get(mailbox.text.toLowerCase()) ?? mailbox.text.toLowerCase()
}

/** Exchange shows a mailbox by a name of its own, so any other name could be this mailbox's, unless it is another's address. */
function couldBe(
  entry: Entry,
  mailbox: string,
  known: ReadonlyMap<string, string>,
  wanted: readonly string[]
): boolean {
  const name = addressOf(entry, known) ?? ''
  if (name.endsWith('…')) return !name.includes('@') || mailbox.startsWith(name.slice(0, -1))
  return !name.includes('@') && !wanted.includes(name)
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

type Likeness = 'same' | 'begins' | 'name' | 'unknown-sid' | 'other'

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
  return who.sids.length === 0 && /^S-1-5-21-/i.test(user.text) ? 'unknown-sid' : 'other'
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
  const [begins, named, sid] = [of('begins')[0], of('name')[0], of('unknown-sid')[0]]
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
  if (sid)
    return say(
      'ambiguous',
      sid,
      `An entry is of ${sid.user.text}${sid.user.cut ? '…' : ''}. That may be the application: Exchange shows it by its SID.`,
      `Is this the Sid of the application? ${showPrincipal}`
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

function judgeSwitches(
  cas: FoundCasMailbox,
  known: ReadonlyMap<string, string>,
  wanted: readonly string[]
): Verdict | undefined {
  const mailbox = cas.address ?? addressOf(cas, known) ?? 'A mailbox'
  if (mailbox.includes('@') && wanted.length > 0 && !wanted.includes(mailbox)) return undefined
  const switches = {
    IMAP: cas.imap,
    POP: cas.pop,
    'SMTP AUTH': cas.smtpAuthDisabled === undefined ? undefined : !cas.smtpAuthDisabled
  }
  const off = Object.entries(switches)
    .filter(([, on]) => on === false)
    .map(([name]) => name)
  const about = { about: 'switches', subject: mailbox, line: cas.line } as const
  if (off.length > 0)
    return {
      ...about,
      kind: 'wrong',
      says: `Off for this mailbox: ${off.join(', ')}.`,
      todo: 'Turn on what your program uses; the script that opens the mailboxes does it.'
    }
  if (cas.smtpAuthDisabled === null)
    return {
      ...about,
      kind: 'ambiguous',
      says: 'Nothing is off for this mailbox by itself. For SMTP AUTH the setting of the organization holds, which is not shown.',
      todo: 'If your program sends by SMTP: what does (Get-TransportConfig).SmtpClientAuthenticationDisabled print?'
    }
  const on = Object.entries(switches)
    .filter(([, value]) => value)
    .map(([name]) => name)
  return on.length > 0 ? { ...about, kind: 'right', says: `On for this mailbox: ${on.join(', ')}.` } : undefined
}
