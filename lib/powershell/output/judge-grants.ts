// What a script that opens mailboxes says of those that are wanted.

import { grantedAddresses, grantedHash, type Receipt } from '../receipt.ts'
import type { Say } from './judge-receipt.ts'
import type { Expected, Verdict } from './verdict.ts'

/** For a receipt whose list fits its checksum. */
export async function judgeGrants(receipt: Receipt, expected: Expected, say: Say): Promise<readonly Verdict[]> {
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

/** What failed, by the mailbox that it failed for; the first, where several did. */
export function failuresOf({ failures }: Receipt): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const failure of failures) {
    const [, address = '', text = ''] = /^([^\s:]+): ?(.*)$/u.exec(failure) ?? []
    if (!first.has(address.toLowerCase())) first.set(address.toLowerCase(), text.trim())
  }
  return first
}
