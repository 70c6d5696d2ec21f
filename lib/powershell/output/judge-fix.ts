// What a script for just one fix did: protocols turned on, or Send As given, mailbox by mailbox.

import { failuresOf } from '../failures.ts'
import { inlineMailboxes, type MailboxReceipt, type Receipt } from '../receipt.ts'
import type { FoundReceipt } from './found.ts'
import { judgeEntries } from './judge-entries.ts'
import type { Expected, Verdict } from './verdict.ts'

/** What is wrong with Exchange's entry, then a verdict for each mailbox that is wanted, or for each that the script was given
 *  where none is. */
export function judgeFix({ line, receipt }: FoundReceipt, expected: Expected): readonly Verdict[] {
  const entries = [judgeEntries(receipt, line, expected)].filter(({ kind }) => kind !== 'right')
  const about = receipt.script === 'send-as' ? 'mailbox' : 'switches'
  const failures = failuresOf(receipt)
  const say = (subject: string, kind: Verdict['kind'], says: string, todo?: string): Verdict => ({
    about,
    subject,
    kind,
    says,
    ...(todo && { todo }),
    line
  })
  const details = detailsVerdict(receipt, line)
  if (details) return [...entries, details]
  // It stopped at the entry, before any mailbox.
  if (entries.length > 0 && receipt.mailboxes === 0) return entries
  const lines = new Map(receipt.each.map(one => [one.address.toLowerCase(), one]))
  const wanted = expected.mailboxes ?? []
  const names = wanted.length > 0 ? wanted.map(one => one.toLowerCase()) : [...lines.keys()]
  const verdicts = names.map(mailbox => {
    const one = lines.get(mailbox)
    if (!one)
      return say(
        mailbox,
        'not-shown',
        'This script was not for this mailbox.',
        'Make it again with this one in its list.'
      )
    const failure = failures.get(mailbox)
    const [kind, says] = receipt.script === 'send-as' ? sendAs(one) : switches(one, receipt)
    if (kind === 'right') return say(mailbox, kind, says)
    return say(mailbox, kind, failure ? `${says} Exchange says: ${failure}` : says, againTurnOn)
  })
  return [...entries, ...verdicts]
}

export const againTurnOn =
  'Run the script again in some minutes. If it says the same, show Exchange’s words to whoever runs Exchange.'

function sendAs({ sendAs: found }: MailboxReceipt): [Verdict['kind'], string] {
  if (found === 'added' || found === 'kept') return ['right', 'The application has Send As for this address.']
  if (found === 'unseen') return ['ambiguous', 'Exchange took Send As for this address but does not show it yet.']
  return ['wrong', 'Exchange did not give the application Send As for this address.']
}

/** The protocols of a mailbox that read one of these. */
function named({ imap, pop, smtp }: MailboxReceipt, ...values: readonly string[]): string {
  return Object.entries({ IMAP: imap, POP: pop, 'SMTP AUTH': smtp })
    .filter(([, value]) => values.includes(value))
    .map(([name]) => name)
    .join(', ')
}

/** For a script that turns protocols on; undefined where it did. */
export function notTurnedOn(one: MailboxReceipt): string | undefined {
  const unseen = named(one, '?')
  return unseen ? `Not turned on for this mailbox: ${unseen}.` : undefined
}

function switches(one: MailboxReceipt, { protocols }: Receipt): [Verdict['kind'], string] {
  const off = notTurnedOn(one)
  if (off) return ['wrong', off]
  const [set, on] = [named(one, 'set'), named(one, 'on', 'follows')]
  const says = [set && `Turned on for this mailbox: ${set}.`, on && `On already: ${on}.`].filter(Boolean).join(' ')
  return ['right', says || `No protocol was asked for${protocols.length > 0 ? ' of this mailbox' : ''}.`]
}

/** Above `inlineMailboxes` the mailboxes stand in a file; undefined where they stand in the receipt. */
export function detailsVerdict({ details, mailboxes, failed, when }: Receipt, line: number): Verdict | undefined {
  if (!details) return undefined
  return {
    about: 'receipt',
    subject: `Receipt of ${when}`,
    kind: 'not-shown',
    says: `Above ${inlineMailboxes} mailboxes a receipt names none. This one counts ${mailboxes} mailboxes and ${failed} failures.`,
    todo: `They stand in the file ${details}: paste what it holds.`,
    line
  }
}
