// Each mailbox's permissions and switches against what the application needs, in words. The rule: whose mailbox it is must be
// said by the text; any other name that Exchange shows is asked about.

import { showGrants } from '../by-hand.ts'
import { isAddress } from '../script-input.ts'
import type { Found, FoundPermission } from './found.ts'
import { judgeSwitches } from './judge-switches.ts'
import { addressOf, knownNames } from './mailbox-names.ts'
import { standingOf, type Who, whoIsIt } from './mailbox-standing.ts'
import { type Expected, openToAnotherId, type Verdict } from './verdict.ts'

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
  const maybeOf = unsureNames(byName)
  const names = wanted.length > 0 ? wanted : [...byName.keys()].filter(Boolean)
  const verdicts = names.map(mailbox => {
    const sure = byName.get(mailbox)
    if (sure) return judgeOne(mailbox, sure, who, expected)
    const maybe = maybeOf(mailbox) ?? nameless[0]
    return maybe ? askWhich(mailbox, maybe) : notShown(mailbox)
  })
  const open = wanted.length === 0 && nameless[0] ? [askWhich('', nameless[0])] : []
  return [
    ...verdicts,
    ...open,
    ...found.casMailboxes.map(cas => judgeSwitches(cas, known, wantedSet)).filter(one => !!one)
  ]
}

/** Exchange shows a mailbox by a name of its own, so any other name could be a mailbox's, unless it is another's address; a cut
 *  address, if the mailbox's begins so. Of several the first. */
function unsureNames(byName: ReadonlyMap<string, readonly FoundPermission[]>) {
  const all = [...byName].map(([name, entries], at) => ({ name, entry: entries[0], at }))
  const anybody = all.find(({ name }) => !name.includes('@'))
  // By their beginnings: thousands of mailboxes and thousands of cut addresses are not compared each with each.
  const cut = all.filter(({ name, entry }) => entry?.mailbox?.cut && name.includes('@') && name.endsWith('…'))
  const beginnings = new Map(cut.map(one => [one.name.slice(0, -1), one]))
  const longest = cut.reduce((most, { name }) => Math.max(most, name.length - 1), 0)
  return (mailbox: string): FoundPermission | undefined => {
    let found = anybody
    for (let length = 1; beginnings.size > 0 && length <= Math.min(longest, mailbox.length); length += 1) {
      const one = beginnings.get(mailbox.slice(0, length))
      if (one && (!found || one.at < found.at)) found = one
    }
    return found?.entry
  }
}

/** Where no mailbox is named, the names are those of the pasted text: only what is a whole address gets into a command. */
const showMore = (mailbox: string) =>
  `Run ${showGrants(isAddress(mailbox) && !mailbox.endsWith('…') ? mailbox : undefined)} and paste all that it prints.`
const showPrincipal = 'Run Get-ServicePrincipal | Format-List AppId,ObjectId,DisplayName,Sid and paste that too.'

function judgeOne(mailbox: string, entries: readonly FoundPermission[], who: Who, expected: Expected): Verdict {
  const { kind, entry } = standingOf(entries, who)
  const say = (verdict: Verdict['kind'], says: string, todo?: string): Verdict => ({
    about: 'mailbox',
    subject: mailbox,
    kind: verdict,
    says,
    ...(todo && { todo }),
    line: entry.line
  })
  switch (kind) {
    case 'denied':
      return say(
        'wrong',
        'An entry denies the application full access, and a denial wins.',
        'Remove the entry that has Deny True.'
      )
    case 'of-the-wrong-entry': {
      const is = openToAnotherId(expected)
      return say(is.kind, is.says, is.todo)
    }
    case 'granted':
      return say('right', 'The application has full access.')
    case 'without-deny':
      return say(
        'ambiguous',
        'The application’s entry is shown without its column Deny.',
        `Does Deny read False? ${showMore(mailbox)}`
      )
    case 'begins':
      return say(
        'ambiguous',
        `An entry begins like the application’s, but the window cut it after ${entry.user.text}.`,
        showMore(mailbox)
      )
    case 'named':
      return say(
        'ambiguous',
        `An entry bears the application’s display name, ${entry.user.text}, which others may bear too.`,
        showMore(mailbox)
      )
    case 'unknown':
      return say(
        'ambiguous',
        `An entry is of ${entry.user.text}${entry.user.cut ? '…' : ''}. That may be the application: Exchange shows it by its SID or its name.`,
        `Is this the application? ${showPrincipal}`
      )
    case 'another-was-asked-for':
      return say('not-shown', `Exchange was asked about ${entry.asked?.user} only.`, showMore(mailbox))
    case 'rights-not-whole':
      return say(
        'ambiguous',
        'The application may have an entry here, but the output does not show all of its rights.',
        showMore(mailbox)
      )
    case 'perhaps-unread':
      return say(
        'ambiguous',
        'The application is not among the entries that could be read, but other lines of this output could not be read.',
        showMore(mailbox)
      )
    case 'partly':
      return say(
        'wrong',
        'The application has an entry, but not FullAccess.',
        'Run the script that opens the mailboxes again.'
      )
    case 'absent':
      return say(
        'wrong',
        'The application is not among those who have full access.',
        'Run the script that opens the mailboxes; if it has run, check that it named the right Object ID and tenant.'
      )
  }
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
