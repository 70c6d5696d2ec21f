// Judges a pasted output: the principal, each mailbox, each receipt. The rule: what is not shown is said to be not shown, and
// what is ambiguous becomes a question.

import type { Found } from './found.ts'
import { judgeMailboxes } from './judge-mailboxes.ts'
import { judgePrincipal } from './judge-principal.ts'
import { judgeReceipt } from './judge-receipt.ts'
import type { Expected, Verdict } from './verdict.ts'

export type { Expected, Verdict } from './verdict.ts'

/** All verdicts: principal first, then mailboxes, switches and receipts. A text that holds only receipts is judged by them. */
export async function judge(found: Found, expected: Expected): Promise<readonly Verdict[]> {
  const onlyReceipts =
    found.receipts.length + found.refusedReceipts.length > 0 &&
    found.principals.length + found.permissions.length + found.casMailboxes.length === 0
  const raw = onlyReceipts ? [] : [...judgePrincipal(found, expected), ...judgeMailboxes(found, expected)]
  const receipts = await Promise.all(found.receipts.map(one => judgeReceipt(one, found.receipts, expected)))
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
