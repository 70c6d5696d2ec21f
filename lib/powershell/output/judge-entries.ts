// Exchange's entries for the application, as a receipt names them. The rule: `is`, which offers the repair, is said only where
// one entry stands there, as the repair stops at several.

import type { Receipt } from '../receipt.ts'
import { type Expected, idNames, otherObjectId, type Verdict, whereTheRightIdIs, whichId } from './verdict.ts'

/** What a receipt that looked, and wrote nothing of it, says of Exchange's entries. */
export function judgeEntries(receipt: Receipt, line: number, expected: Expected): Verdict {
  const say = (kind: Verdict['kind'], says: string, more: Partial<Verdict> = {}): Verdict => ({
    about: 'principal',
    subject: expected.appId,
    kind,
    says,
    ...more,
    line
  })
  const ids = receipt.principals.map(({ objectId }) => objectId)
  const right = expected.objectId.toLowerCase()
  const [only] = ids
  if (!only)
    return say('wrong', 'Exchange does not know the application.', {
      todo: 'Run the script that registers it, then the one that opens its mailboxes. If it was registered a moment ago, look again in some minutes.'
    })
  if (ids.length > 1) {
    const theGiven = expected.unchecked ? 'the one given here, which nobody has checked' : 'the right one'
    const named = ids.map(id => `${id}, ${id === right ? theGiven : idNames[whichId(id, expected)]}`)
    const remove = ids.filter(id => id !== right).map(id => `Remove-ServicePrincipal -Identity ${id}`)
    return say(
      'wrong',
      `Exchange has ${ids.length} entries for the application, and there should be one: ${named.join('; ')}.`,
      {
        todo: expected.unchecked
          ? `${whereTheRightIdIs} Remove what has any other: Remove-ServicePrincipal -Identity <Object ID>. Then look again.`
          : `Remove what is wrong there: ${remove.join('; ') || 'one of the two'}. Then look again.`
      }
    )
  }
  if (only === right) return say('right', 'Exchange knows the application with the right Object ID.')
  const is = whichId(only, expected)
  const { kind, says, todo } = otherObjectId(only, `is ${idNames[is]}`, is, expected)
  return say(kind, says, {
    todo:
      todo ??
      'Exchange cannot change an Object ID. Run the script that repairs it: it removes the entry, registers the application again and opens its mailboxes again.',
    is
  })
}
