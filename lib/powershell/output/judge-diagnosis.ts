// What a diagnosis saw, in words: Exchange's entry, the organisation, then each mailbox. The rule: only what it looked at is
// right or wrong, and what it could not see is said to be not shown, with Exchange's own words.

import { failuresOf } from '../failures.ts'
import { grantedHash, type MailboxReceipt, type Receipt } from '../receipt.ts'
import type { FoundReceipt } from './found.ts'
import { judgeEntries } from './judge-entries.ts'
import { detailsVerdict } from './judge-fix.ts'
import { type Expected, openToAnotherId, type Verdict } from './verdict.ts'

type Facts = Pick<Verdict, 'kind' | 'says'> & Partial<Pick<Verdict, 'todo'>>

/** `all` are the receipts of the same text: what a later one turned on is off no more. */
export async function judgeDiagnosis(
  { line, receipt }: FoundReceipt,
  all: readonly FoundReceipt[],
  expected: Expected
): Promise<readonly Verdict[]> {
  const say = (about: Verdict['about'], subject: string, facts: Facts): Verdict => ({ about, subject, ...facts, line })
  const verdicts = [judgeEntries(receipt, line, expected)]
  const details = detailsVerdict(receipt, line)
  if (details) {
    const all = await counted(receipt, expected)
    return [...verdicts, ...(all ? [say('receipt', details.subject, all)] : []), details]
  }
  const wrongId = !receipt.principals.some(({ objectId }) => objectId === expected.objectId.toLowerCase())
  const failures = failuresOf(receipt)
  const later = turnedOn(line, all)
  const lines = new Map(receipt.each.map(one => [one.address.toLowerCase(), one]))
  const wanted = expected.mailboxes ?? []
  for (const mailbox of wanted.length > 0 ? wanted.map(one => one.toLowerCase()) : lines.keys()) {
    const one = lines.get(mailbox)
    if (!one) {
      verdicts.push(say('mailbox', mailbox, { kind: 'not-shown', says: notAsked, todo: makeAgain }))
      continue
    }
    const failure = failures.get(mailbox)
    verdicts.push(
      say('mailbox', mailbox, grant(one, receipt, wrongId ? openToAnotherId(expected) : undefined, failure))
    )
    const found = one.is === 'mailbox' && switches({ ...one, ...later.get(mailbox) }, receipt, failure)
    if (found) verdicts.push(say('switches', mailbox, found))
  }
  return verdicts
}

const notAsked = 'This script did not look at this mailbox.'
const makeAgain = 'Make it again with this one in its list.'

/** A receipt that names no mailbox still says whether exactly those that are wanted are open. */
async function counted(receipt: Receipt, { mailboxes = [] }: Expected): Promise<Facts | undefined> {
  const all = mailboxes.length > 0 && (await grantedHash(mailboxes)) === receipt.sha256
  return all
    ? {
        kind: 'right',
        says: `The application has full access to exactly the mailboxes named here: ${receipt.granted}.`
      }
    : undefined
}

/** `instead`: what is said of a mailbox that is open, as the entry has another Object ID. */
function grant(one: MailboxReceipt, receipt: Receipt, instead: Facts | undefined, failure: string | undefined): Facts {
  switch (one.is) {
    case 'none':
      return {
        kind: 'wrong',
        says: 'Exchange knows nobody by this address.',
        todo: 'Check how it is spelled. A new mailbox shows some minutes after it was made.'
      }
    case 'group':
      return {
        kind: 'wrong',
        says: 'This is the address of a group, which has no mailbox to log in to.',
        todo: 'Name a mailbox; a shared mailbox can take the place of the group.'
      }
    case 'elsewhere':
      return {
        kind: 'wrong',
        says: 'This is a mail user or contact: its mailbox is not in Exchange Online.',
        todo: 'Name a mailbox of Exchange Online, or move this one there; on-premises ones do not take these logins.'
      }
    case '-':
    case '?':
      return notSeen('Exchange did not say what this address is.', failure)
    case 'mailbox':
  }
  switch (one.grant) {
    case 'yes':
      return (
        instead ?? {
          kind: 'right',
          says: `The application has full access${one.sendAs === 'yes' ? ', and Send As for this address' : ''}.`
        }
      )
    case 'no':
      return {
        kind: 'wrong',
        says: 'The application is not among those who have full access.',
        todo: 'Run the script that opens the mailboxes.'
      }
    case 'denied':
      return {
        kind: 'wrong',
        says: 'An entry denies the application full access, and a denial wins.',
        todo: 'Remove the entry that has Deny True, then run the script that opens the mailboxes.'
      }
    default:
      return receipt.principals.length === 0
        ? {
            kind: 'not-shown',
            says: 'The mailbox is in Exchange Online. Nothing can be granted to an application that Exchange does not know.',
            todo: 'Register the application first.'
          }
        : notSeen('Exchange did not say who may open this mailbox.', failure)
  }
}

const notSeen = (says: string, failure: string | undefined): Facts => ({
  kind: 'not-shown',
  says: failure ? `${says} It says: ${failure}` : says,
  todo: 'Run the script again in some minutes.'
})

/** Of the protocols that are asked for, or of all where none is. */
function switches(one: MailboxReceipt, receipt: Receipt, failure: string | undefined): Facts | undefined {
  const asked = (protocol: string) => receipt.protocols.length === 0 || receipt.protocols.includes(protocol)
  const follows = one.smtp === 'follows'
  const shown = [
    ...(asked('IMAP') ? [['IMAP', one.imap]] : []),
    ...(asked('POP') ? [['POP', one.pop]] : []),
    ...(asked('SMTP') ? [['SMTP AUTH', follows ? receipt.smtpAuth : one.smtp]] : [])
  ] as const
  const named = (...values: readonly string[]) =>
    shown.flatMap(([name, value]) => (name && value && values.includes(value) ? [name] : [])).join(', ')
  const off = named('off')
  const note =
    follows && off.includes('SMTP') ? ' For SMTP AUTH the setting of the organization holds, which is off.' : ''
  if (off)
    return {
      kind: 'wrong',
      says: `Off for this mailbox: ${off}.${note}`,
      todo: 'Run the script that turns the protocols on; it leaves the setting of the organization alone.'
    }
  const unseen = named('?', '-')
  if (unseen) return notSeen(`Exchange did not say whether these are on for this mailbox: ${unseen}.`, failure)
  return { kind: 'right', says: `On for this mailbox: ${named('on', 'set')}.` }
}

type Switches = Partial<Pick<MailboxReceipt, 'imap' | 'pop' | 'smtp'>>

/** What the fixes that were run below a line turned on, by mailbox. */
function turnedOn(line: number, all: readonly FoundReceipt[]): ReadonlyMap<string, Switches> {
  const on = new Map<string, Switches>()
  for (const { line: at, receipt } of all) {
    if (receipt.script !== 'switches' || at < line) continue
    for (const { address, imap, pop, smtp } of receipt.each)
      on.set(address.toLowerCase(), {
        ...(imap === 'set' && { imap }),
        ...(pop === 'set' && { pop }),
        ...(smtp === 'set' && { smtp })
      })
  }
  return on
}
