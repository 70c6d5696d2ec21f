// The gates that Exchange Online holds for the application and the mailbox: the entry, its Object ID, the mailbox, the grant.
// The rule it keeps: an accepted login proves them, and only newer evidence outweighs it.

import type { Look } from '../powershell/known.ts'
import { idNames, whereTheRightIdIs, whichId } from '../powershell/output/verdict.ts'
import { type Protocol, protocols } from '../steps/step.ts'
import { ago, counted } from './ages.ts'
import {
  type Case,
  type Judgement,
  messageAccepted,
  newest,
  passed,
  serverShuts,
  shows,
  shut,
  unknown,
  wasAccepted,
  weigh
} from './case.ts'
import {
  chooseAnother,
  correctTheSetup,
  openTheMailbox,
  register,
  removeTheDenial,
  removeTheWrongEntries,
  repair
} from './fixes.ts'
import { rightObjectId, same, tokensObjectId } from './token-gates.ts'

/** An accepted login of any mailbox shows that Exchange knew the application, unless its entry was changed since. */
function provesTheEntry(one: Case): Judgement | undefined {
  const proof = one.logins.newestAccepted
  if (!proof || proof.at < one.known.principalChangedAt) return undefined
  return passed(proof.at, wasAccepted(one, proof))
}

export function principalKnown(one: Case): Judgement {
  const { principals } = one.known
  const seen = principals && judgeEntry(one, principals.value.length > 0)
  return newest(seen, provesTheEntry(one)) ?? unknown('No receipt and no output shows it yet.')
}

function judgeEntry(one: Case, isThere: boolean): Judgement | undefined {
  const look = one.known.principals?.look
  if (!look) return undefined
  if (isThere) return passed(look.at, shows(one, look, 'the application in Exchange Online.'))
  const undone = look.script === 'undo' ? 'that the application was taken out' : 'that the application is not there'
  return shut(look.at, shows(one, look, `${undone}.`), 'principal-missing', register)
}

export function objectIdRight(one: Case): Judgement {
  const { principals } = one.known
  const seen = principals && principals.value.length > 0 ? judgeObjectId(one) : undefined
  return newest(seen, provesTheEntry(one)) ?? unknown(unseenObjectId(one))
}

function unseenObjectId({ token, expected, known }: Case): string {
  const right = rightObjectId(token, expected)
  const [first] = known.principals?.value ?? []
  if (first)
    return `Exchange Online has the Object ID ${first.objectId}, and the setup ${right}, which was pasted by hand and is unchecked. One of the two is wrong. ${whereTheRightIdIs}`
  if (known.principals) return 'Exchange Online has no entry to compare.'
  return same(right, expected.objectId)
    ? 'No receipt and no output shows the Object ID that Exchange Online has.'
    : `The setup has the Object ID ${expected.objectId}, the token ${right}. The token is right; which one Exchange Online has was not shown yet.`
}

function judgeObjectId(one: Case): Judgement | undefined {
  const { token, expected, known } = one
  if (!known.principals) return undefined
  const { look, value } = known.principals
  const right = rightObjectId(token, expected)
  const wrong = value.map(({ objectId }) => objectId).filter(objectId => !same(objectId, right))
  if (wrong.length < value.length)
    return passed(
      look.at,
      shows(one, look, `the Object ID of the enterprise application, ${right}${beside(wrong.length)}.`)
    )
  // Against an ID that neither a token nor a look in the tenant confirms, no entry is named wrong.
  if (expected.unchecked && !tokensObjectId(token, expected)) return undefined
  const [first = ''] = wrong
  return shut(
    look.at,
    `${shows(one, look, `the Object ID ${first}, ${nameOf(first, one)}${beside(wrong.length - 1)}.`)} The enterprise application has ${right}.`,
    'sp-wrong-object-id',
    same(right, expected.objectId) ? fixOf(wrong) : correctTheSetup(right)
  )
}

const beside = (others: number) => (others > 0 ? ` (beside ${others} more for this application)` : '')
const fixOf = (wrong: readonly string[]) => (wrong.length === 1 ? repair : removeTheWrongEntries(wrong))

function nameOf(objectId: string, { expected }: Case): string {
  if (same(objectId, expected.objectId)) return 'the one that this setup has, which the token contradicts'
  const is = whichId(objectId, expected)
  return is === 'another' ? 'which is none of this application’s IDs' : idNames[is]
}

const recipients = {
  elsewhere: ['a mail user or contact, whose mailbox is elsewhere', 'This address has its mailbox elsewhere.'],
  group: ['a group', 'This address is a group, and an application cannot log in to it.'],
  none: ['nobody with this address', 'This address does not exist in the tenant: compare its spelling.']
} as const

export function mailboxInExchangeOnline(one: Case): Judgement {
  const seen = one.mailbox.recipient
  return (
    newest(
      seen && judgeRecipient(one, seen.value),
      ...acceptedBy(one, one.protocol === 'SMTP' ? protocols : ['IMAP', 'POP']),
      messageAccepted(one)
    ) ?? unknown('No receipt and no output shows what this address is.')
  )
}

function judgeRecipient(one: Case, kind: 'mailbox' | keyof typeof recipients): Judgement | undefined {
  const look = one.mailbox.recipient?.look
  if (!look) return undefined
  if (kind === 'mailbox') return passed(look.at, shows(one, look, 'a mailbox in Exchange Online.'))
  const [is, todo] = recipients[kind]
  return shut(look.at, shows(one, look, `${is}.`), 'mailbox-not-in-exchange-online', chooseAnother(todo))
}

/** The newest accepted logins of this mailbox by these protocols. */
const acceptedBy = (one: Case, by: readonly Protocol[]): readonly Judgement[] =>
  by.flatMap(protocol => {
    const proof = one.accepted[protocol]
    return proof ? [passed(proof.at, wasAccepted(one, proof))] : []
  })

export function mailboxGrantsAccess(one: Case): Judgement {
  const { mailbox, known } = one
  const isVoid = ({ order }: Look) => known.grantsVoid !== undefined && order < known.grantsVoid.order
  const denied = mailbox.denied && !isVoid(mailbox.denied.look) ? judgeDenial(one, mailbox.denied.look) : undefined
  const grant = mailbox.grant && !(mailbox.grant.value && isVoid(mailbox.grant.look)) ? judgeGrant(one) : undefined
  // A grant that a script made later leaves the denial in force.
  const seen = denied ?? grant
  // An SMTP login proves no grant: that shows only when a message is sent, and then by SMTP alone, as a role may serve it.
  const message = one.protocol === 'SMTP' ? messageAccepted(one) : undefined
  const proofs = [...acceptedBy(one, ['IMAP', 'POP']), message].filter(
    proof => proof && proof.at >= (known.grantsVoid?.at ?? proof.at)
  )
  const server = serverShuts(one, 'mailbox-grants-access', openTheMailbox)
  return weigh(one, newest(seen, ...proofs), server) ?? unknown(unseenGrant(one))
}

function judgeDenial(one: Case, look: Look): Judgement {
  const { known, expected } = one
  const user = known.principals?.value.length === 1 ? known.principals.value[0]?.objectId : undefined
  const because = shows(one, look, 'that an entry denies the application FullAccess, and a denial wins.')
  return {
    ...shut(look.at, because, undefined, removeTheDenial(user ?? expected.objectId)),
    title: 'An entry denies the application'
  }
}

function judgeGrant(one: Case): Judgement | undefined {
  const { grant } = one.mailbox
  if (!grant) return undefined
  if (grant.value) return passed(grant.look.at, shows(one, grant.look, 'FullAccess for the application.'))
  return shut(
    grant.look.at,
    shows(one, grant.look, 'that the application has no right to the mailbox.'),
    'grant-never-landed',
    openTheMailbox
  )
}

function unseenGrant(one: Case): string {
  const { mailbox, known, now } = one
  if (mailbox.grant && known.grantsVoid)
    return `The grant was seen ${ago(mailbox.grant.look.at, now)}, before the application’s entry was removed or made anew ${ago(known.grantsVoid.at, now)}.`
  if (known.unnamed)
    return shows(one, known.unnamed.look, `${counted(known.unnamed.value, 'mailbox')} opened, and does not name them.`)
  return 'No receipt and no output shows the rights to this mailbox.'
}
