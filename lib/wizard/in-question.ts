// Which mailboxes a pasted text is judged by: a script for a few of them says nothing against the others.
import type { Found } from '../powershell/output/found.ts'
import type { ScriptKind } from '../powershell/receipt.ts'
import { openMailboxes } from '../steps/exchange-stands.ts'
import type { Registered } from '../steps/register-the-application.ts'
import type { Setup } from '../steps/step.ts'

/** What is run for some mailboxes and leaves the application's entry, and so every other mailbox, as it is. */
const forSome: readonly ScriptKind[] = ['mailboxes', 'switches', 'send-as', 'diagnosis']
const ofOneFix: readonly ScriptKind[] = ['switches', 'send-as']

/** `setup` is as it was before the text was pasted. Of receipts that name their mailboxes: those, and after a script that opens
 *  or looks also those that nobody has seen open yet. Else the whole list. */
export async function mailboxesInQuestion(setup: Setup, app: Registered, found: Found): Promise<readonly string[]> {
  const { principals, permissions, casMailboxes } = found
  const receipts = found.receipts.map(({ receipt }) => receipt)
  const isForSome = receipts.every(({ script, details }) => forSome.includes(script) && !details)
  if (receipts.length === 0 || !isForSome || principals.length + permissions.length + casMailboxes.length > 0)
    return setup.mailboxes
  // Those too where Exchange refused.
  const named = new Set(receipts.flatMap(({ each }) => each.map(({ address }) => address.toLowerCase())))
  const isOneFix = receipts.every(({ script }) => ofOneFix.includes(script))
  const open = await openMailboxes(setup, app)
  return setup.mailboxes.filter(address => {
    const small = address.toLowerCase()
    return named.has(small) || (!isOneFix && !open.has(small))
  })
}
