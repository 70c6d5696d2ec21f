// A receipt against the setup: whose it is, Exchange's entry for the application, then what its script did or saw. The rule: a
// receipt of another tenant, setup or application is said to be that, and nothing else of it is judged.

import { grantedAddresses, grantedHash, type Receipt } from '../receipt.ts'
import type { FoundReceipt } from './found.ts'
import { judgeDiagnosis } from './judge-diagnosis.ts'
import { judgeEntries } from './judge-entries.ts'
import { judgeFix } from './judge-fix.ts'
import { judgeGrants } from './judge-grants.ts'
import type { Expected, Verdict } from './verdict.ts'

export type Say = (kind: Verdict['kind'], says: string, todo?: string) => Verdict

const runAgain = 'Make the script again from the right IDs, run it, and paste its receipt.'

/** `all` are the receipts of the same text: a fix that was run later settles what a diagnosis before it saw. */
export async function judgeReceipt(
  found: FoundReceipt,
  all: readonly FoundReceipt[],
  expected: Expected
): Promise<readonly Verdict[]> {
  const { line, receipt, earlier } = found
  const say: Say = (kind, says, todo) => ({
    about: 'receipt',
    subject: `Receipt of ${receipt.when}`,
    kind,
    says,
    ...(todo && { todo }),
    line
  })
  const foreign = judgeOwner(receipt, expected, say)
  if (foreign.length > 0) return foreign
  if (!receipt.details && (await grantedHash(grantedAddresses(receipt))) !== receipt.sha256)
    return [
      say(
        'wrong',
        'The list of mailboxes does not fit the receipt’s own checksum: it was changed or not copied whole.',
        'Copy the receipt again.'
      )
    ]
  const note =
    earlier.length > 0
      ? ` It is the last of ${earlier.length + 1} receipts of this setup; the others do not count.`
      : ''
  switch (receipt.script) {
    case 'undo':
      return [receipt.principal === 'several' ? judgeEntries(receipt, line, expected) : judgeUndo(receipt, say)]
    case 'register':
    case 'mailboxes':
    case 'whole':
    case 'repair': {
      // Scripts that write stop at several entries, and at any other Object ID than the one that they were made with.
      const entry = judgeEntries(receipt, line, expected)
      if (entry.kind !== 'right') return [entry]
      const right = say('right', `The receipt is whole, of this application, with the right Object ID.${note}`)
      return [right, ...(await judgeGrants(receipt, line, expected, say))]
    }
    case 'switches':
    case 'send-as':
      return [say('right', `The receipt is whole and of this application.${note}`), ...judgeFix(found, expected)]
    case 'diagnosis': {
      const right = say('right', `The receipt is whole and of this application.${note}`)
      return [right, ...(await judgeDiagnosis(found, all, expected))]
    }
  }
}

function judgeOwner(receipt: Receipt, expected: Expected, say: Say): readonly Verdict[] {
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
  if (receipt.appId !== expected.appId.toLowerCase())
    wrong.push(say('wrong', `The receipt is of another application, ${receipt.appId}.`, runAgain))
  return wrong
}

function judgeUndo({ principal }: Receipt, say: Say): Verdict {
  if (principal === 'present')
    return say(
      'wrong',
      'This script took the mailboxes’ permissions back, but Exchange did not remove the application.',
      'Run the undo again, or the whole script to set it up again.'
    )
  return say(
    'wrong',
    'This script took everything back: Exchange no longer knows the application.',
    'Run the whole script to set it up again.'
  )
}
