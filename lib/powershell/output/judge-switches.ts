// The protocol switches of one mailbox. The rule: only a switch that is shown as off is called off.

import type { FoundCasMailbox } from './found.ts'
import { addressOf } from './mailbox-names.ts'
import type { Verdict } from './verdict.ts'

/** undefined for a mailbox that nobody asked about, and where no switch is shown. */
export function judgeSwitches(
  cas: FoundCasMailbox,
  known: ReadonlyMap<string, string>,
  wanted: ReadonlySet<string>
): Verdict | undefined {
  const mailbox = cas.address ?? addressOf(cas, known) ?? 'A mailbox'
  if (mailbox.includes('@') && wanted.size > 0 && !wanted.has(mailbox)) return undefined
  const switches = {
    IMAP: cas.imap,
    POP: cas.pop,
    'SMTP AUTH': cas.smtpAuthDisabled === undefined ? undefined : !cas.smtpAuthDisabled
  }
  const off = Object.entries(switches)
    .filter(([, on]) => on === false)
    .map(([name]) => name)
  const about = { about: 'switches', subject: mailbox, line: cas.line } as const
  if (off.length > 0)
    return {
      ...about,
      kind: 'wrong',
      says: `Off for this mailbox: ${off.join(', ')}.`,
      todo: 'Turn on what your program uses; the script that opens the mailboxes does it.'
    }
  if (cas.smtpAuthDisabled === null)
    return {
      ...about,
      kind: 'ambiguous',
      says: 'Nothing is off for this mailbox by itself. For SMTP AUTH the setting of the organization holds, which is not shown.',
      todo: 'If your program sends by SMTP: what does (Get-TransportConfig).SmtpClientAuthenticationDisabled print?'
    }
  const on = Object.entries(switches)
    .filter(([, value]) => value)
    .map(([name]) => name)
  return on.length > 0 ? { ...about, kind: 'right', says: `On for this mailbox: ${on.join(', ')}.` } : undefined
}
