// What one receipt says that Exchange holds. The rule: a value that the script did not look at, or could not see, is left out.

import type { ExchangeEvidence, MailboxEvidence } from '../evidence.ts'
import { failedOfOpened } from '../failures.ts'
import type { MailboxReceipt, Receipt, Switch } from '../receipt.ts'

/** For a receipt of the right application, tenant and setup. */
export function receiptEvidence(receipt: Receipt, at: string): ExchangeEvidence {
  const { script, smtpAuth } = receipt
  const sawGrants =
    (script === 'mailboxes' || script === 'whole' || script === 'repair' || script === 'diagnosis') &&
    receipt.mailboxes > 0
  const failed = receipt.details && script !== 'diagnosis' ? failedOfOpened(receipt) : 0
  return {
    source: 'receipt',
    script,
    at,
    tenantId: receipt.tenantId,
    appId: receipt.appId,
    principals: receipt.principal === 'removed' ? [] : receipt.principals,
    ...((smtpAuth === 'on' || smtpAuth === 'off') && { smtpAuthOfOrganization: smtpAuth === 'on' }),
    mailboxes: receipt.each.map(mailboxEvidence).filter(one => Object.keys(one).length > 1),
    ...(sawGrants && { granted: { count: receipt.granted, sha256: receipt.sha256, ...(failed > 0 && { failed }) } }),
    failures: receipt.failures,
    changed: receipt.writes > 0
  }
}

function mailboxEvidence(line: MailboxReceipt): MailboxEvidence {
  const [recipient, grant, sendAs] = [recipientOf(line), grantOf(line), sendAsOf(line)]
  const [imap, pop, smtpAuth] = [isOn(line.imap), isOn(line.pop), line.smtp === 'follows' ? null : isOn(line.smtp)]
  return {
    address: line.address.toLowerCase(),
    ...(recipient && { recipient }),
    ...(grant !== undefined && { grant }),
    ...(line.grant === 'denied' && { denied: true }),
    ...(imap !== undefined && { imap }),
    ...(pop !== undefined && { pop }),
    ...(smtpAuth !== undefined && { smtpAuth }),
    ...(sendAs !== undefined && { sendAs })
  }
}

/** Permissions and protocol switches are of mailboxes in Exchange Online only, so whoever has them is one.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-casmailbox */
function recipientOf({ is, grant, imap, pop, smtp }: MailboxReceipt): MailboxEvidence['recipient'] {
  if (is !== '-' && is !== '?') return is
  const switched = [imap, pop, smtp].some(one => one === 'on' || one === 'set' || one === 'follows')
  return switched || grant === 'added' || grant === 'kept' || grant === 'removed' ? 'mailbox' : undefined
}

function isOn(value: Switch): boolean | undefined {
  if (value === 'on' || value === 'set') return true
  return value === 'off' ? false : undefined
}

function grantOf({ grant }: MailboxReceipt): boolean | undefined {
  switch (grant) {
    case 'added':
    case 'kept':
    case 'yes':
      return true
    case 'no':
    case 'denied':
    case 'removed':
    case 'absent':
      return false
    case 'unseen':
    case 'failed':
    case '-':
    case '?':
      return undefined
  }
}

function sendAsOf({ sendAs }: MailboxReceipt): boolean | undefined {
  switch (sendAs) {
    case 'added':
    case 'kept':
    case 'yes':
      return true
    case 'no':
    case 'removed':
    case 'absent':
      return false
    case 'unseen':
    case 'failed':
    case '-':
    case '?':
      return undefined
  }
}
