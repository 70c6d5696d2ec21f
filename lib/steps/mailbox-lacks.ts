// What a mailbox lacks until it is open, and how that is said of many.
// The rule it keeps: a look at Exchange that is older than a login which opened the mailbox says nothing against it.

import { removeDenial, showGrants } from '../powershell/by-hand.ts'
import type { PrincipalEvidence } from '../powershell/evidence.ts'
import type { KnownMailbox, Look, Seen } from '../powershell/known.ts'
import type { Problem, Protocol } from './step.ts'

export type OneMailbox = {
  mailbox: KnownMailbox
  grant: Seen<boolean> | undefined
  denied: boolean
  /** When a script last failed at it, at a protocol perhaps. */
  failed: Look | undefined
  /** When IMAP or POP last opened it. */
  openedAt: number | undefined
  /** That login is newer than what was seen of its grant. */
  byLogin: boolean
}

export type Lack = { address: string; lacks: readonly string[]; denied: boolean }

/** Addresses that a problem names; the others it counts. */
const namesMax = 10

export function lacksOf(
  one: OneMailbox,
  protocols: readonly Protocol[],
  smtpForAll: boolean | undefined
): readonly string[] {
  const { mailbox, grant, denied, byLogin } = one
  const { recipient } = mailbox
  const isMailbox = !recipient || recipient.value === 'mailbox' || isOlder(one, recipient)
  const off = protocols.filter(protocol => isOff(protocol, one, protocols, smtpForAll))
  return [
    ...(isMailbox ? [] : ['it is no mailbox in Exchange Online']),
    ...(denied && isMailbox ? ['an entry denies the application'] : []),
    ...(grant?.value === false && !denied && !byLogin && isMailbox ? ['the application has no FullAccess'] : []),
    ...off.map(protocol => (protocol === 'SMTP' ? 'SMTP AUTH is off' : `${protocol} is off`))
  ]
}

const isOlder = ({ openedAt }: OneMailbox, seen: Seen<unknown>) => openedAt !== undefined && openedAt > seen.look.at

/** Whether a script failed at the mailbox, and neither that look nor a later one, nor a later login, shows each protocol. A
 *  diagnosis that fails takes nothing back that was seen before. */
export function isUnsettled({ mailbox, failed, openedAt }: OneMailbox, protocols: readonly Protocol[]): boolean {
  if (!failed) return false
  const seen = { IMAP: mailbox.imap, POP: mailbox.pop, SMTP: mailbox.smtpAuth }
  const isOpen = openedAt !== undefined && openedAt > failed.at
  return protocols.some(protocol => {
    const look = seen[protocol]?.look
    const isShown = look && (look.order >= failed.order || failed.script === 'diagnosis')
    return !isShown && !(isOpen && protocol !== 'SMTP')
  })
}

/** Where both IMAP and POP are wanted, a login does not say which of them is on. */
function isOff(
  protocol: Protocol,
  one: OneMailbox,
  protocols: readonly Protocol[],
  smtpForAll: boolean | undefined
): boolean {
  const { imap, pop, smtpAuth } = one.mailbox
  if (protocol === 'SMTP') return smtpAuth?.value === false || (smtpAuth?.value === null && smtpForAll === false)
  const seen = protocol === 'IMAP' ? imap : pop
  if (seen?.value !== false) return false
  const both = protocols.includes('IMAP') && protocols.includes('POP')
  return both || !isOlder(one, seen)
}

/** `user`: by what Exchange knows the application. */
export function lackingProblem(lacking: readonly Lack[], of: number, user: string): Problem {
  const named = lacking.slice(0, namesMax).map(({ address, lacks }) => `${address}: ${lacks.join(', ')}.`)
  const happened = [...named, ...more(lacking.length)].join(' ')
  const denied = lacking.filter(one => one.denied)
  if (denied.length === 0)
    return {
      id: 'mailboxes-not-open',
      title:
        of === 1
          ? 'The mailbox is not open'
          : `${lacking.length} of ${of} mailboxes ${lacking.length === 1 ? 'is' : 'are'} not open`,
      happened,
      todo: [runAgain]
    }
  const shown = denied.slice(0, namesMax)
  return {
    id: 'mailboxes-denied',
    title: `An entry denies the application${of === 1 ? '' : ` ${denied.length} of ${of} mailboxes`}`,
    happened,
    todo: [
      'Remove the entry that denies, then open the mailbox. No script of the wizard removes it.',
      ...shown.map(({ address }) => `Run ${removeDenial(user, address)}`),
      ...more(denied.length),
      runAgain,
      `Run ${showGrants(denied.length === 1 ? denied[0]?.address : undefined)} and paste all that it prints: it shows whether the entry is gone.`
    ]
  }
}

/** Scripts that open mailboxes look for entries that allow alone. */
const runAgain = 'Run the script below again and paste its receipt. It changes only what is missing.'
const more = (count: number): readonly string[] => (count > namesMax ? [`And ${count - namesMax} more.`] : [])

/** Exchange's own entry where it has just one, else the right Object ID. */
export const knownBy = (principals: readonly PrincipalEvidence[] | undefined, right: string | undefined) =>
  (principals?.length === 1 ? principals[0]?.objectId : undefined) ?? right ?? '<Object ID>'
