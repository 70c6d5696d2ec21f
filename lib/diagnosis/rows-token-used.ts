// Rows of the failure dictionary: the login is refused because of the token or of the application's registration.
import type { Row } from './row.ts'
import {
  cmdlet,
  file,
  inside,
  named,
  page,
  protocolsPage,
  repositories,
  smtpRbacPage,
  threads,
  zammadErrors
} from './sources.ts'

const { exchangeDeveloperDocs, mailKit, postfixRelay, proxy, relayBridge } = repositories

/** Only a decoded token or a request names these; the text of a refusal does not. */
const graphAudience = /"?aud"? ?[:=] ?"?(?:https:\/\/graph\.microsoft\.com|00000003-0000-0000-c000-000000000000)/i

export const rowsOfTokenUsed = [
  {
    id: 'token-audience-graph',
    title: 'The token is meant for Microsoft Graph',
    symptom: 'SMTP answers 535 5.7.3 although a token was given.',
    cause: 'The token was requested with a scope of Microsoft Graph. Exchange Online takes only its own tokens.',
    fix: [
      'Request the token with the scope https://outlook.office365.com/.default.',
      'Decode the new token and check that its audience (aud) names outlook.office365.com or 00000002-0000-0ff1-ce00-000000000000.'
    ],
    apart: 'Decode the token: its audience (aud) is https://graph.microsoft.com.',
    sources: [
      file(postfixRelay, 'scripts/probe-smtp-xoauth2.py'),
      file(postfixRelay, 'docs/RUNBOOK.md'),
      named('PHPMailer, threads 3301 and 2988')
    ],
    trust: 'A',
    signs: [graphAudience]
  },
  {
    id: 'graph-mail-send-only',
    title: 'Only the Mail.Send permission of Microsoft Graph was granted',
    symptom: 'SMTP answers 535 5.7.3, and the sign-in logs are empty.',
    cause:
      'SMTP needs SMTP.SendAsApp of Office 365 Exchange Online. Permissions of Microsoft Graph do not count for it.',
    fix: [
      'Add the application permission SMTP.SendAsApp of Office 365 Exchange Online.',
      'Grant admin consent.',
      'Register the application in Exchange Online and open the mailbox to it.'
    ],
    apart: 'Open API permissions: Mail.Send of Microsoft Graph is there, SMTP.SendAsApp is not.',
    sources: threads('rustdesk/rustdesk-server-pro', 942),
    trust: 'A',
    signs: [{ has: [/"?roles"? ?[:=][^\]]{0,200}\bMail\.Send\b/i], lacks: [/SMTP\.SendAsApp/i, graphAudience] }]
  },
  {
    id: 'sp-wrong-object-id',
    title: 'Exchange Online knows the application by the wrong Object ID',
    symptom: 'Every login fails, SMTP with 535 5.7.3, although the token is right.',
    cause:
      'The application was registered in Exchange Online with the Object ID of its app registration. Exchange Online compares with the Object ID of the enterprise application.',
    fix: [
      'Copy the Object ID from Enterprise applications, your application, Overview.',
      'Remove the application from Exchange Online with Remove-ServicePrincipal and register it again with New-ServicePrincipal. Set-ServicePrincipal cannot change the Object ID.',
      'Open the mailboxes again with Add-MailboxPermission.'
    ],
    apart: 'Compare the ObjectId that Get-ServicePrincipal shows with the oid in the token: they differ.',
    sources: [protocolsPage, ...threads(exchangeDeveloperDocs, 304, 332), cmdlet('Set-ServicePrincipal')],
    trust: 'A'
  },
  {
    id: 'token-scope-ps-outlook',
    title: 'The token is meant for ps.outlook.com',
    symptom: 'IMAP and POP refuse the login, and the token’s audience is https://ps.outlook.com.',
    cause:
      'Some guides use ps.outlook.com for the token. In Microsoft’s text it belongs to the address for admin consent alone.',
    fix: ['Request the token with the scope https://outlook.office365.com/.default: it serves IMAP, POP and SMTP.'],
    apart: 'Decode the token: its audience (aud) is https://ps.outlook.com.',
    sources: [protocolsPage, ...threads(mailKit, 1811), inside(mailKit, 'ExchangeOAuth2.md')],
    trust: 'A/C',
    signs: [/"?(?:aud|scope|resource)"? ?[:=] ?"?https:\/\/ps\.outlook\.com/i]
  },
  {
    id: 'imap-logon-denied',
    title: 'Exchange Online does not let the application into this mailbox',
    symptom: 'IMAP answers NO AUTHENTICATE failed, with the detail LogonDenied. The sign-in logs show success.',
    cause:
      'Consent in Microsoft Entra only lets the application knock. Exchange Online has no registration of it, or the mailbox has not been opened to it.',
    fix: [
      'Register the application in Exchange Online with New-ServicePrincipal and the Object ID of its enterprise application.',
      'Open the mailbox with Add-MailboxPermission and FullAccess.'
    ],
    apart: 'Run Get-ServicePrincipal and Get-MailboxPermission: one of them does not show the application.',
    sources: [
      page('phinit.de/en/2025/12/23/ms365-fix-logondenied-error-on-imap-oauth-powershell-fix'),
      ...threads('osTicket/osTicket', 6715)
    ],
    trust: 'A/B'
  },
  {
    id: 'grant-never-landed',
    title: 'The right to the mailbox was given, but did not arrive',
    symptom: 'The login fails, and Get-MailboxPermission shows NT AUTHORITY\\SELF alone.',
    cause:
      'The commands ran with another user ID, or in another tenant, so this mailbox has no right for the application.',
    fix: [
      'Check the tenant with Get-ConnectionInformation.',
      'Run Add-MailboxPermission again, for the service principal that Get-ServicePrincipal shows.',
      'Look at the mailbox with Get-MailboxPermission: the application has to be in the list.'
    ],
    apart: 'Run Get-MailboxPermission for the mailbox: it shows NT AUTHORITY\\SELF and nobody else.',
    sources: [...threads('BlueHippoGithub/IMAP-OAuth-2.0-Example', 2), ...threads(exchangeDeveloperDocs, 332)],
    trust: 'B',
    signs: [
      // In a table the user stands before the rights, in a list after them.
      {
        has: [/NT AUTHORITY\\SELF/i],
        lacks: [/(?<!SELF |AccessRights : )\{FullAccess/i, /\bUser : (?!NT AUTHORITY\\SELF)/i]
      }
    ]
  },
  {
    id: 'pop-bad-password',
    title: 'POP refused the login and does not say why',
    symptom: 'POP answers -ERR Authentication failure: unknown user name or bad password.',
    cause:
      'POP gives this answer when Exchange Online has the wrong Object ID, no registration of the application, or no right to the mailbox, and when POP is off for the mailbox.',
    fix: [
      'Compare the Object ID that Get-ServicePrincipal shows with the one of the enterprise application.',
      'Check with Get-MailboxPermission that the mailbox is open to the application.',
      'Check with Get-CASMailbox that PopEnabled is True.'
    ],
    apart: 'Decode the token: its audience and roles are right, so the cause is in Exchange Online.',
    sources: [...threads(proxy, 238, 244), protocolsPage],
    trust: 'B'
  },
  {
    id: 'authenticated-not-connected',
    title: 'The token is good, the mailbox is not the right one',
    symptom: 'IMAP answers BAD User is authenticated but not connected.',
    cause:
      'Exchange Online accepted the token. The user name is not the mailbox’s address, the application has no right to it, or there is no mailbox.',
    fix: [
      'Use the primary address of the mailbox as the user name in the XOAUTH2 string.',
      'Check the right with Get-MailboxPermission.',
      'Check that the account has a mailbox and a licence for it.'
    ],
    sources: [...threads(proxy, 74, 275), named('imapsync, thread 411'), ...threads(mailKit, 1494)],
    trust: 'B',
    signs: [/User is authenticated but not connected/i]
  },
  {
    id: 'shared-user-syntax',
    title: 'The user name names two mailboxes',
    symptom: 'A user name like user@contoso.com\\shared fails.',
    cause: 'OAuth knows no user name with a backslash.',
    fix: ['Use the address of the shared mailbox itself as the user name.'],
    sources: [...threads(proxy, 355), inside(proxy, 'emailproxy.config')],
    trust: 'A',
    // Not the \n and \r of a quoted text.
    signs: [/@[\w-][\w.-]{0,120}\\(?![rnt](?:[A-Z\\"' ]|$))[A-Za-z0-9]/]
  },
  {
    id: 'smtp-wants-upn',
    title: 'SMTP may want the user principal name',
    symptom: 'IMAP works, and SMTP answers 535 to the primary address.',
    cause: 'SMTP was reported to expect the user principal name. The reports are of delegated accounts.',
    fix: ['Put the user principal name of the mailbox’s account into the XOAUTH2 string as the user name.'],
    apart: 'Compare the mailbox’s primary address with its user principal name: they differ, and IMAP works.',
    sources: [zammadErrors],
    trust: 'B'
  },
  {
    id: 'rbac-with-claim',
    title: 'The application has both an RBAC role and the Entra permission',
    symptom: 'SMTP answers 535 after a change to RBAC for Applications.',
    cause:
      'The token still holds SMTP.SendAsApp from Microsoft Entra. With it, Exchange Online checks rights on the mailbox and not the role.',
    fix: [
      'Remove SMTP.SendAsApp in Microsoft Entra from an application that works by RBAC alone.',
      'Request a new token and check that its roles no longer hold SMTP.SendAsApp.'
    ],
    apart:
      'Remember whether roles were assigned with New-ManagementRoleAssignment, and look for SMTP.SendAsApp in the token.',
    sources: [smtpRbacPage, file(postfixRelay, 'docs/MICROSOFT-SETUP.md')],
    trust: 'A'
  },
  {
    id: 'rbac-scope-empty',
    title: 'The role’s scope does not hold this mailbox',
    symptom: 'Test-ServicePrincipalAuthorization shows InScope False.',
    cause: 'The scope’s distinguished name was guessed, its group is nested, or the mailbox is not a direct member.',
    fix: [
      'Read the group’s distinguished name with Get-DistributionGroup and use that one.',
      'Prefer -RecipientGroupScope: Microsoft recommends it, as it survives a move of the tenant.',
      'Make the mailbox a direct member of the group.'
    ],
    sources: [
      inside(postfixRelay, 'setup-exchange.ps1'),
      ...threads(repositories.powershellDocs, 11369),
      cmdlet('New-ManagementRoleAssignment')
    ],
    trust: 'A',
    signs: [/\bInScope\b ?: ?False\b/i, /\bInScope\b(?: -+)+ .{0,400}\bFalse\b/]
  },
  {
    id: 'propagation-delay',
    title: 'Exchange Online has not noticed the change yet',
    symptom: 'Everything is right, and the login still fails. An hour later it works.',
    cause: 'Exchange Online remembers authorisations. Ninety minutes were measured.',
    fix: [
      'Wait: it usually takes minutes, and up to two hours.',
      'Try again every few minutes, and change nothing meanwhile.'
    ],
    apart: 'Look at the clock: the last change is less than two hours old.',
    sources: [
      inside(postfixRelay, 'setup-exchange.ps1, notes'),
      inside(relayBridge, 'milestone-5-real-tenant-validation.md')
    ],
    trust: 'A'
  }
] as const satisfies readonly Row[]
