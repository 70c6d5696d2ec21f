// Exchange's entry for the application against the Object ID that it must have.

import { cut } from '../../cut.ts'
import { removeEntry } from '../by-hand.ts'
import { compare, type Found, type FoundPrincipal, isGuid } from './found.ts'
import { type Expected, idNames, otherObjectId, type Verdict, whereTheRightIdIs, whichId } from './verdict.ts'

const listIt = 'Run Get-ServicePrincipal | Format-List AppId,ObjectId,DisplayName,Sid and paste all that it prints.'

/** Entries of one application that are compared with others: Exchange has one, and after accidents two or three. */
const mostOwn = 50

/** Entries that are surely this application's: of the last output that has one, as Exchange was asked anew then. */
export function ownPrincipals(found: Found, expected: Expected): readonly FoundPrincipal[] {
  const own = found.principals.filter(({ appId }) => appId && compare(appId, expected.appId) === 'same')
  const block = own.at(-1)?.block
  const removed = found.removals.at(-1) ?? 0
  return own.filter(principal => principal.block === block && principal.line > removed).slice(-mostOwn)
}

/** What the text says of the application's entry; one verdict, or one for each of several entries. */
export function judgePrincipal(found: Found, expected: Expected): readonly Verdict[] {
  const say = (kind: Verdict['kind'], says: string, more: Partial<Verdict> = {}): Verdict => ({
    about: 'principal',
    subject: expected.appId,
    kind,
    says,
    ...more
  })
  const own = ownPrincipals(found, expected)
  if (own.length > 0) {
    const different = new Set(own.map(({ objectId }) => objectId?.text.toLowerCase()))
    const earlier = found.principals.find(
      ({ appId, objectId, block }) =>
        appId &&
        compare(appId, expected.appId) === 'same' &&
        block !== own[0]?.block &&
        objectId?.text.toLowerCase() !== own[0]?.objectId?.text.toLowerCase()
    )
    const note = earlier ? ` Line ${earlier.line} shows another Object ID; the later output counts.` : ''
    const each = different.size === 1 ? own.slice(-1) : own
    const maybeMore = found.principals.some(
      ({ appId, block }) => block === own[0]?.block && appId && compare(appId, expected.appId) === 'begins'
    )
    return each.map(principal => {
      const verdict = judgeOne(principal, expected, note, say)
      return verdict.is && (each.length > 1 || maybeMore) ? oneOfSeveral(verdict, principal, expected) : verdict
    })
  }
  const removed = found.removals.at(-1)
  const before = found.principals.find(({ appId }) => appId && compare(appId, expected.appId) === 'same')
  if (removed && before)
    return [
      say(
        'ambiguous',
        `Line ${removed} removes an application from Exchange, and nothing after it shows what is there now.`,
        {
          todo: listIt,
          line: removed
        }
      )
    ]
  return [withoutAppId(found, expected, say)]
}

type Say = (kind: Verdict['kind'], says: string, more?: Partial<Verdict>) => Verdict

function judgeOne({ line, objectId }: FoundPrincipal, expected: Expected, note: string, say: Say): Verdict {
  if (!objectId?.text)
    return say('ambiguous', `Exchange knows the application, but the output does not show its Object ID.${note}`, {
      todo: listIt,
      line
    })
  if (!objectId.cut && !isGuid(objectId.text))
    return say('ambiguous', `The Object ID is shown as ${cut(objectId.text, 80)}, which is no ID.${note}`, {
      todo: listIt,
      line
    })
  const likeness = compare(objectId, expected.objectId)
  if (likeness === 'same')
    return say('right', `Exchange knows the application with the right Object ID.${note}`, { line })
  if (likeness === 'begins')
    return say('ambiguous', `The Object ID begins like the right one, but the window cut it after ${objectId.text}.`, {
      todo: `Does it go on as ${expected.objectId.slice(objectId.text.length)}? ${listIt}`,
      line
    })
  const is = objectId.cut ? whichBegins(objectId.text, expected) : whichId(objectId.text, expected)
  const shown = `${objectId.text}${objectId.cut ? '…' : ''}`
  const which = objectId.cut && is !== 'another' ? `begins like ${idNames[is]}` : `is ${idNames[is]}`
  const { kind, says, todo } = otherObjectId(shown, which, is, expected)
  return say(kind, `${says}${note}`, {
    todo:
      todo ??
      'Exchange cannot change an Object ID. Remove the entry, register the application again with the right one, and open its mailboxes again.',
    line,
    is
  })
}

/** The repair stops at several entries, so the wrong ones are removed by hand. */
function oneOfSeveral({ is: _, ...verdict }: Verdict, { objectId }: FoundPrincipal, { unchecked }: Expected): Verdict {
  const only = 'Exchange should have one entry for the application, with the right Object ID.'
  if (!objectId || objectId.cut) return { ...verdict, todo: `${only} ${listIt}` }
  const remove = `${removeEntry(objectId.text)}. Then look again.`
  const todo = unchecked
    ? `${whereTheRightIdIs} If it is not ${objectId.text}, remove this one: ${remove}`
    : `Remove this one: ${remove}`
  return { ...verdict, todo: `${only} ${todo}` }
}

/** A cut ID that does not begin like the right one is wrong; which one it is stays open unless one of ours begins so. */
function whichBegins(start: string, expected: Expected): NonNullable<Verdict['is']> {
  const ours = [expected.applicationObjectId, expected.appId, expected.tenantId]
  const like = ours.find(id => id?.toLowerCase().startsWith(start.toLowerCase()))
  return like ? whichId(like, expected) : 'another'
}

/** No entry bears the whole AppId: cut ones, ones without it, or none. */
function withoutAppId(found: Found, expected: Expected, say: Say): Verdict {
  const cut = found.principals.filter(({ appId }) => appId && compare(appId, expected.appId) === 'begins')
  const [first] = cut
  if (first)
    return say(
      'ambiguous',
      `${cut.length === 1 ? 'An entry has' : `${cut.length} entries have`} an AppId that begins like this application’s, but the window cut it.`,
      { todo: `Is it ${expected.appId}? ${listIt}`, line: first.line }
    )
  const byObjectId = found.principals.find(
    ({ objectId }) => objectId && compare(objectId, expected.objectId) !== 'other'
  )
  if (byObjectId?.appId && expected.unchecked)
    return say(
      'ambiguous',
      `The Object ID ${expected.objectId}, which nobody has checked, stands there with another AppId, ${byObjectId.appId.text}.`,
      {
        todo: `${whereTheRightIdIs} If it is another one, this entry is another application’s: correct the ID that was given, and remove nothing. If it is this one, remove the entry, and register the application again with its own application (client) ID.`,
        line: byObjectId.line
      }
    )
  if (byObjectId?.appId)
    return say('wrong', `The right Object ID stands there with another AppId, ${byObjectId.appId.text}.`, {
      todo: 'Remove that entry, and register the application again with its own application (client) ID.',
      line: byObjectId.line
    })
  const nameless = byObjectId ?? found.principals.find(({ appId }) => !appId?.text)
  if (nameless)
    return say('ambiguous', 'An entry is shown without its AppId, so nothing says whose it is.', {
      todo: `Is it the application ${expected.appId}? ${listIt}`,
      line: nameless.line
    })
  const mine = [expected.appId, expected.objectId].map(id => id.toLowerCase())
  const unclear = found.ambiguous.find(({ ids }) => ids.some(id => mine.some(own => begins(id, own))))
  if (unclear) return say('ambiguous', unclear.why, { todo: listIt, line: unclear.line })
  const others = found.principals.length
  if (others > 0)
    return say(
      'not-shown',
      `The output shows ${others === 1 ? 'another application' : `${others} other applications`}, not this one.`,
      {
        todo: `If that was the whole list, Exchange does not know the application yet: register it. Else: ${listIt}`,
        line: found.principals[0]?.line
      }
    )
  return say('not-shown', 'The output does not show what Exchange knows about the application.', { todo: listIt })
}

const begins = (printed: string, whole: string) => whole.startsWith(printed.toLowerCase().replace(/(?:…|\.\.\.)$/, ''))
