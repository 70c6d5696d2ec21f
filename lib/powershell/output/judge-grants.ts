// What a script that opens mailboxes says of those that are wanted.

import { failedOfOpened, failuresOf } from '../failures.ts'
import { grantedAddresses, grantedHash, type Receipt } from '../receipt.ts'
import { againTurnOn, detailsVerdict, notTurnedOn } from './judge-fix.ts'
import type { Say } from './judge-receipt.ts'
import type { Expected, Verdict } from './verdict.ts'

/** For a receipt whose list fits its checksum: who was opened, then what stayed off for these. */
export async function judgeGrants(
  receipt: Receipt,
  line: number,
  expected: Expected,
  say: Say
): Promise<readonly Verdict[]> {
  return [...(await judgeOpened(receipt, expected, say)), ...judgeTurnedOn(receipt, line, expected)]
}

async function judgeOpened(receipt: Receipt, expected: Expected, say: Say): Promise<readonly Verdict[]> {
  const granted = grantedAddresses(receipt)
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
  if (receipt.details)
    return [
      say(
        'ambiguous',
        `The receipt counts ${receipt.granted} opened mailboxes, and they are not exactly the ones named here.`,
        `Which are they? They stand in the file ${receipt.details}: paste what it holds.`
      )
    ]
  const open = new Set(granted.map(mailbox => mailbox.toLowerCase()))
  const missing = wanted.map(mailbox => mailbox.toLowerCase()).filter(mailbox => !open.has(mailbox))
  if (missing.length === 0)
    return [say('right', `All mailboxes named here were opened, and ${granted.length - wanted.length} more.`)]
  const failures = failuresOf(receipt)
  return missing.map(mailbox => {
    const failure = failures.get(mailbox)
    const says = failure ? `Exchange refused: ${failure}` : 'This mailbox is not among the opened ones.'
    return {
      ...say('wrong', says, 'Run the script that opens the mailboxes with this one in its list.'),
      about: 'mailbox',
      subject: mailbox
    }
  })
}

/** Protocols that were asked for and could not be seen or turned on, of mailboxes that were opened. */
function judgeTurnedOn(receipt: Receipt, line: number, { mailboxes = [] }: Expected): readonly Verdict[] {
  const details = failedOfOpened(receipt) > 0 && detailsVerdict(receipt, line)
  if (details) return [details]
  const opened = new Set(grantedAddresses(receipt))
  const wanted = new Set(mailboxes.map(mailbox => mailbox.toLowerCase()))
  const failures = failuresOf(receipt)
  return receipt.each.flatMap(one => {
    const mailbox = one.address.toLowerCase()
    const off = opened.has(one.address) && (wanted.size === 0 || wanted.has(mailbox)) && notTurnedOn(one)
    if (!off) return []
    const failure = failures.get(mailbox)
    const says = failure ? `${off} Exchange says: ${failure}` : off
    return [{ about: 'switches', subject: mailbox, kind: 'wrong', says, todo: againTurnOn, line } as const]
  })
}
