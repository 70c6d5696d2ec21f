// Rows of the failure dictionary: SMTP is off, or the login passed and sending is refused.
import type { Row } from './row.ts'
import {
  inside,
  named,
  page,
  protocolsPage,
  repositories,
  smtpSubmissionPage,
  threads,
  zammadErrors
} from './sources.ts'

const { cippApi, exchangeDeveloperDocs, exchangeDocs, postfixRelay, proxy, relayBridge } = repositories

const turnOnForMailbox =
  'Turn SMTP AUTH on for this mailbox only: Set-CASMailbox -Identity <address> -SmtpClientAuthenticationDisabled $false.'

export const rowsOfSending = [
  {
    id: 'smtp-auth-off-tenant',
    title: 'SMTP AUTH is off for the organization',
    symptom: 'SMTP answers 535 5.7.139, SmtpClientAuthentication is disabled for the Tenant.',
    cause: 'SMTP AUTH is switched off, and sending with OAuth depends on it too.',
    fix: [turnOnForMailbox, 'Leave it off for the organization.'],
    apart:
      'Read the words after 5.7.139: they name the Tenant, or Get-TransportConfig shows SmtpClientAuthenticationDisabled True.',
    sources: [...threads(proxy, 193), inside(postfixRelay, 'setup-exchange.ps1, step 3'), smtpSubmissionPage],
    trust: 'A',
    signs: [/SmtpClientAuthentication is disabled for the Tenant/i]
  },
  {
    id: 'security-defaults',
    title: 'Security defaults keep SMTP AUTH off',
    symptom: 'SMTP answers 535 5.7.139, locked by your organization’s security defaults policy.',
    cause: 'The tenant uses security defaults, and under them SMTP AUTH is off.',
    fix: [
      'Decide with the tenant’s administrator whether Conditional Access can take the place of security defaults.',
      'Leave security defaults on until that is decided.'
    ],
    apart: 'Look in Microsoft Entra under Properties, Manage security defaults: they are enabled.',
    sources: [page('docs.bookyourpto.com/features/smtp-troubleshoot'), smtpSubmissionPage],
    trust: 'B',
    signs: [/organi[sz]ation'?s security defaults policy/i]
  },
  {
    id: 'smtp-auth-off-mailbox',
    title: 'SMTP AUTH is off for this mailbox',
    symptom: 'SMTP answers plain 535 5.7.3 without a hint, often for a new mailbox.',
    cause: 'SMTP AUTH is switched off for the mailbox, and sending with OAuth depends on it too.',
    fix: [turnOnForMailbox, 'Leave it off for the organization.'],
    apart: 'Run Get-CASMailbox for the mailbox: SmtpClientAuthenticationDisabled is True.',
    sources: [
      ...threads('Azure/Commercial-Marketplace-SaaS-Accelerator', 777),
      ...threads(exchangeDocs, 2648),
      zammadErrors
    ],
    trust: 'A',
    signs: [/SmtpClientAuthentication is disabled for the Mailbox/i]
  },
  {
    id: 'no-auth-sent',
    title: 'The program did not log in before it sent',
    symptom: 'SMTP answers 530 5.7.57 Client not authenticated to send mail.',
    cause: 'The program never sent AUTH: a setting is off, or it greets with the old HELO.',
    fix: ['Turn on authentication in the program.', 'Turn on ESMTP, so that it greets with EHLO.'],
    sources: threads(proxy, 315, 66, 70, 295),
    trust: 'A',
    // .NET joins this text with the true refusal, which then counts.
    signs: [{ has: [/(?<![\d.])5\.7\.57(?!\d)/], lacks: [/\b535\b/] }]
  },
  {
    id: 'send-as-denied',
    title: 'The sender is another mailbox than the one that logged in',
    symptom: 'SMTP answers 554 5.2.252 SendAsDenied, or 554 5.2.0.',
    cause:
      'MAIL FROM or From is not the address of the mailbox that logged in, and that mailbox has no Send As for it.',
    fix: [
      'Log in as the sender: give the primary address of the mailbox as user name and as sender.',
      'Grant the mailbox that logs in Send As where the sender has to be another: Add-RecipientPermission <sender> -Trustee <mailbox> -AccessRights SendAs.',
      'Do not rely on Send As for the application: in a public report it did not suffice.'
    ],
    apart: 'Compare the sender with the user name of the login: they differ, and the text names SendAsDenied.',
    sources: [
      ...threads('Notifuse/notifuse', 250),
      named('OfficeDocs-Support, thread 1187'),
      protocolsPage,
      ...threads(exchangeDeveloperDocs, 396)
    ],
    trust: 'A/B',
    signs: [/SendAsDenied/i, /(?<![\d.])5\.2\.252(?!\d)/, /(?<![\d.])5\.7\.60(?!\d)/]
  },
  {
    id: 'storedrv-logon-failure',
    title: 'The application has no right to the mailbox',
    symptom: 'The login passes, then SMTP answers 430 4.2.0 STOREDRV; mailbox logon failure.',
    cause: 'Exchange Online checks the right to the mailbox only when a message is sent, and the application has none.',
    fix: [
      'Give the application FullAccess to the mailbox with Add-MailboxPermission.',
      'Assign it the RBAC role for this mailbox instead where you work with RBAC for Applications.'
    ],
    apart: 'Run Get-MailboxPermission for the mailbox: the application is not in the list.',
    sources: threads(proxy, 271),
    trust: 'B',
    signs: [/STOREDRV; ?mailbox logon failure/i, /ConnectionFailedTransientException\.MapiExceptionLogonFailed/i]
  },
  {
    id: 'smtp-auth-reset',
    title: 'Something turned SMTP AUTH off again',
    symptom: 'SMTP worked for weeks, then every login fails.',
    cause: 'A tool that hardens tenants, such as CIPP’s standards, turns SMTP AUTH off again, for mailboxes too.',
    fix: [
      'Ask the service provider to exempt this mailbox in the policy.',
      'Turn SMTP AUTH on for the mailbox again, and watch it.'
    ],
    sources: [inside(cippApi, 'Invoke-CIPPStandardDisableBasicAuthSMTP.ps1, and its test CIS 6.5.4')],
    trust: 'A',
    signs: [
      /\bSMTP\b[^.]{0,80}\b(?:worked|fine|good)\b.{0,120}\b(?:weeks|months) (?:ago|later|after)\b/i,
      /\bSMTP\b[^.]{0,40}\b(?:worked|fine|good)\b.{0,40}\bfor (?:[a-z]+ |\d+ )?(?:weeks|months)\b/i,
      /\bSMTP AUTH\b.{0,60}\b(?:disabled|turned off|switched off|off) again\b/i
    ]
  },
  {
    id: 'smtp-concurrency-limit',
    title: 'Too many connections send at the same time',
    symptom: 'SMTP answers 432 4.3.2 Concurrent connections limit exceeded, or names the sender thread limit.',
    cause: 'A mailbox may send over 3 connections at a time, 30 messages a minute, and to 10,000 recipients a day.',
    fix: ['Send through a queue with at most 3 connections a mailbox.'],
    sources: [
      named('fastapi-mail, thread 75'),
      named('timeoff-management, thread 308'),
      inside(relayBridge, 'exchange-smtp-delivery.md')
    ],
    trust: 'A',
    signs: [/\b432\b\W{1,4}4\.3\.2(?!\d)/, /Concurrent connections limit exceeded/i, /sender thread limit/i]
  },
  {
    id: 'submission-quota',
    title: 'The mailbox has sent to as many recipients as it may today',
    symptom: 'SMTP answers 554 5.2.0 SubmissionQuotaExceeded.',
    cause: 'A mailbox may send to 10,000 recipients a day.',
    fix: ['Spread the messages over more days or mailboxes.', 'Use a service made for bulk mail for more than that.'],
    apart: 'Read the words after 5.2.0: they name SubmissionQuotaExceeded.',
    sources: [named('OfficeDocs-Support, thread 1150')],
    trust: 'A',
    signs: [/SubmissionQuotaExceeded/i]
  }
] as const satisfies readonly Row[]
