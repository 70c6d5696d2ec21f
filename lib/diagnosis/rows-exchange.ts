// Rows of the failure dictionary: what Exchange Online holds does not let the application in. Servers do not name these
// causes; commands and receipts show them.
import type { Row } from './row.ts'
import { cmdlet, protocolsPage, repositories, threads } from './sources.ts'

export const rowsOfExchange = [
  {
    id: 'principal-missing',
    title: 'Exchange Online does not know the application',
    symptom: 'Every login fails although the token is right, and Get-ServicePrincipal does not show the application.',
    cause:
      'Consent in Microsoft Entra does not register an application in Exchange Online. That takes New-ServicePrincipal, and it was not run in this tenant, or it was undone.',
    fix: [
      'Register the application in Exchange Online with New-ServicePrincipal and the Object ID of its enterprise application.',
      'Open the mailboxes to it with Add-MailboxPermission.'
    ],
    apart: 'Run Get-ServicePrincipal and look for the application (client) ID: no line has it.',
    sources: [protocolsPage, cmdlet('New-ServicePrincipal')],
    trust: 'A',
    signs: [
      // What a receipt of ours says after an undo.
      /\bprincipal: ?(?:removed|absent)\b/i,
      /\b(?:application|app|service principal)\b[^.]{0,40}\bnot (?:registered|known) in Exchange\b/i
    ]
  },
  {
    id: 'mailbox-not-in-exchange-online',
    title: 'This address is not a mailbox in Exchange Online',
    symptom: 'Every login with this address fails, while other mailboxes work.',
    cause:
      'The address belongs to a mail user, a contact or a group, such as a mailbox that is still on-premises, or to nobody. The servers of Exchange Online hold only its own mailboxes.',
    fix: [
      'Use the address of a mailbox in Exchange Online, such as a user’s or a shared mailbox.',
      'Move an on-premises mailbox to Exchange Online before an application logs in to it there.'
    ],
    apart: 'Run Get-Recipient for the address: RecipientTypeDetails names no mailbox, or nothing is found.',
    sources: [cmdlet('Get-Recipient')],
    // The types are Microsoft's; that a login with one of these fails is a conclusion.
    trust: 'A/C',
    signs: [
      /\bRecipientType(?:Details)? ?: ?(?:GuestMailUser|MailUser|MailContact|GroupMailbox|DynamicDistributionGroup|RoomList|Mail[A-Za-z]{0,30}Group)\b/i
    ]
  },
  {
    id: 'protocol-off',
    title: 'IMAP or POP is off for this mailbox',
    symptom: 'IMAP or POP refuses the login to this mailbox, while other mailboxes work.',
    cause: 'Each mailbox has a switch for IMAP and one for POP. They are on unless somebody turned them off.',
    fix: [
      'Turn the protocol on for this mailbox: Set-CASMailbox -Identity <address> -ImapEnabled $true, or -PopEnabled $true.',
      'Look at Get-CASMailboxPlan where new mailboxes have it off again.'
    ],
    apart: 'Run Get-CASMailbox for the mailbox: ImapEnabled or PopEnabled is False.',
    sources: [cmdlet('Set-CASMailbox'), cmdlet('Set-CASMailboxPlan'), ...threads(repositories.proxy, 244)],
    // The switches are Microsoft's; which words a server answers with is not documented.
    trust: 'A/C',
    signs: [/\b(?:Imap|Pop)Enabled ?: ?False\b/i]
  }
] as const satisfies readonly Row[]
