// Judges a pasted output: the principal, each mailbox, each receipt. The rule: what is not shown is said to be not shown, and
// what is ambiguous becomes a question.

import { grantedAddresses, grantedHash } from '../receipt.ts'
import type { Found, FoundReceipt } from './found.ts'
import { judgeMailboxes } from './judge-mailboxes.ts'
import { judgePrincipal } from './judge-principal.ts'
import { type Expected, idNames, type Verdict, whichId } from './verdict.ts'

export type { Expected, Verdict, WhichId } from './verdict.ts'

/** All verdicts: principal first, then mailboxes, switches and receipts. A text that holds only receipts is judged by them. */
export async function judge(found: Found, expected: Expected): Promise<readonly Verdict[]> {
  const onlyReceipts =
    found.receipts.length + found.refusedReceipts.length > 0 &&
    found.principals.length + found.permissions.length + found.casMailboxes.length === 0
  const raw = onlyReceipts ? [] : [...judgePrincipal(found, expected), ...judgeMailboxes(found, expected)]
  const receipts = await Promise.all(found.receipts.map(receipt => judgeReceipt(receipt, expected)))
  const refused = found.refusedReceipts.map(
    ({ line, says }): Verdict => ({
      about: 'receipt',
      subject: 'Receipt',
      kind: 'ambiguous',
      says,
      todo: 'Copy the receipt again, from its first line of dashes to its last.',
      line
    })
  )
  return [...raw, ...receipts.flat(), ...refused]
}

async function judgeReceipt({ line, receipt, earlier }: FoundReceipt, expected: Expected): Promise<readonly Verdict[]> {
  const say = (kind: Verdict['kind'], says: string, todo?: string, is?: Verdict['is']): Verdict => ({
    about: 'receipt',
    subject: `Receipt of ${receipt.when}`,
    kind,
    says,
    ...(todo && { todo }),
    line,
    ...(is && { is })
  })
  const runAgain = 'Make the script again from the right IDs, run it, and paste its receipt.'
  const wrong: Verdict[] = []
  const { tenantId, setupId } = expected
  if (tenantId && receipt.tenantId !== tenantId.toLowerCase())
    wrong.push(
      say('wrong', `The script ran in another tenant, ${receipt.tenantId} (${receipt.organization}).`, runAgain)
    )
  if (setupId && receipt.setupId !== setupId)
    wrong.push(
      say(
        'wrong',
        `The receipt belongs to another setup, ${receipt.setupId}.`,
        'Paste the receipt of this setup’s script.'
      )
    )
  if (receipt.appId !== expected.appId.toLowerCase()) {
    const is = whichId(receipt.appId, expected)
    wrong.push(say('wrong', `The receipt is of another application, ${receipt.appId}.`, runAgain, is))
  } else if (receipt.objectId !== expected.objectId.toLowerCase()) {
    const is = whichId(receipt.objectId, expected)
    wrong.push(say('wrong', `Exchange had the Object ID ${receipt.objectId}, which is ${idNames[is]}.`, runAgain, is))
  }
  if (receipt.script === 'undo')
    wrong.push(
      say(
        'wrong',
        'This script took everything back: Exchange knows the application no more.',
        'Run the whole script to set it up again.'
      )
    )
  if (wrong.length > 0) return wrong
  const note =
    earlier.length > 0
      ? ` It is the last of ${earlier.length + 1} receipts of this setup; the others do not count.`
      : ''
  const right = say('right', `The receipt is whole, of this application, with the right Object ID.${note}`)
  return [right, ...(await judgeGrants({ line, receipt, earlier }, expected, say))]
}

type Say = (kind: Verdict['kind'], says: string, todo?: string) => Verdict

async function judgeGrants({ receipt }: FoundReceipt, expected: Expected, say: Say): Promise<readonly Verdict[]> {
  const granted = grantedAddresses(receipt)
  const listed = !receipt.details
  if (listed && (await grantedHash(granted)) !== receipt.sha256)
    return [
      say(
        'wrong',
        'The list of mailboxes does not fit the receipt’s own checksum: it was changed or not copied whole.',
        'Copy the receipt again.'
      )
    ]
  const wanted = expected.mailboxes ?? []
  if (wanted.length === 0)
    return receipt.mailboxes > 0 ? [say('right', `Mailboxes opened: ${receipt.granted} of ${receipt.mailboxes}.`)] : []
  if (receipt.script === 'register')
    return [
      say(
        'not-shown',
        'This script only registers the application; it opens no mailbox.',
        'Run the script that opens the mailboxes.'
      )
    ]
  if ((await grantedHash(wanted)) === receipt.sha256)
    return [say('right', `Exactly these mailboxes were opened: ${receipt.granted}.`)]
  if (!listed)
    return [
      say(
        'ambiguous',
        `The receipt counts ${receipt.granted} opened mailboxes, and they are not exactly the ones named here.`,
        `Which are they? They stand in the file ${receipt.details}: paste what it holds.`
      )
    ]
  const missing = wanted.map(mailbox => mailbox.toLowerCase()).filter(mailbox => !granted.includes(mailbox))
  if (missing.length === 0)
    return [say('right', `All mailboxes named here were opened, and ${granted.length - wanted.length} more.`)]
  return missing.map(mailbox => {
    const failure = receipt.failures.find(text => text.toLowerCase().startsWith(`${mailbox}:`))
    const says = failure
      ? `Exchange refused: ${failure.slice(mailbox.length + 1).trim()}`
      : 'This mailbox is not among the opened ones.'
    return {
      ...say('wrong', says, 'Run the script that opens the mailboxes with this one in its list.'),
      about: 'mailbox',
      subject: mailbox
    }
  })
}
