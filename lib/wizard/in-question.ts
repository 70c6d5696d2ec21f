// Which mailboxes a pasted text is judged by: a script for a few of them says nothing against the others.
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { openMailboxes } from '../steps/exchange-stands.ts'
import type { Registered } from '../steps/register-the-application.ts'
import type { Setup } from '../steps/step.ts'

/** What is run for some mailboxes and leaves the application's entry, and so every other mailbox, as it is. */
const forSome: readonly ExchangeEvidence['script'][] = ['mailboxes', 'switches', 'send-as', 'diagnosis']
const ofOneFix: readonly ExchangeEvidence['script'][] = ['switches', 'send-as']

/** `setup` is as it was before the text was pasted, `looks` is what the text shows. Where it names mailboxes: those, and after a
 *  script that opens or looks also those that nobody has seen open yet. Else the whole list. */
export async function mailboxesInQuestion(
  setup: Setup,
  app: Registered,
  looks: readonly ExchangeEvidence[]
): Promise<readonly string[]> {
  const named = new Set(looks.flatMap(({ mailboxes }) => mailboxes.map(({ address }) => address.toLowerCase())))
  if (named.size === 0 || !looks.every(({ script }) => forSome.includes(script))) return setup.mailboxes
  const isOneFix = looks.every(({ script }) => ofOneFix.includes(script))
  const open = await openMailboxes(setup, app)
  return setup.mailboxes.filter(address => {
    const small = address.toLowerCase()
    return named.has(small) || (!isOneFix && !open.has(small))
  })
}
