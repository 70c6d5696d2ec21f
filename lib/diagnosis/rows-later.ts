// Rows of the failure dictionary: after the set-up, and in other clouds. Nobody's text names these: they are known by what
// people tell.
import type { Row } from './row.ts'
import { inside, named, page, repositories, threads, zammadErrors } from './sources.ts'

const { postfixRelay, proxy } = repositories

export const rowsOfLater = [
  {
    id: 'silent-outage',
    title: 'Nobody noticed that mail stopped',
    symptom: 'There has been no mail for days, and no error was shown.',
    cause: 'The token or the secret stopped working, and nothing gave an alarm.',
    fix: ['Test the login now, and read what it answers.', 'Set up a regular test that tells somebody when it fails.'],
    sources: threads('osTicket/osTicket', 6455),
    trust: 'A',
    signs: [
      /\bno (?:new )?(?:e-?mails?|messages?|tickets?)\b.{0,60}\b(?:for|since)\b.{0,20}\b(?:days|weeks|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i
    ]
  },
  {
    id: 'wrong-cloud',
    title: 'Hosts of another Microsoft cloud are in use',
    symptom: 'What works in the worldwide cloud fails in GCC High, DoD or 21Vianet.',
    cause: 'Each cloud has its own hosts for sign-in, Microsoft Graph, mail and consent.',
    fix: [
      'Find out which cloud the tenant is in.',
      'Use that cloud’s hosts everywhere, and -ExchangeEnvironmentName in Connect-ExchangeOnline.'
    ],
    sources: [...threads(proxy, 255), named('SMTP2Graph, thread 67'), ...threads('tarickb/sasl-xoauth2', 122)],
    trust: 'A',
    // "Confidential Client is not supported in Cross Cloud request"
    // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    aadsts: [900382],
    signs: [
      /not supported in Cross Cloud request/i,
      /\b(?:login\.microsoftonline\.us|outlook\.office365\.us|GCC High|21Vianet|partner\.outlook\.cn)\b.{0,400}\b(?:login\.microsoftonline\.com|(?:outlook|smtp)\.office365\.com)\b/i,
      /\b(?:login\.microsoftonline\.com|(?:outlook|smtp)\.office365\.com)\b.{0,400}\b(?:login\.microsoftonline\.us|outlook\.office365\.us|GCC High|21Vianet|partner\.outlook\.cn)\b/i
    ]
  },
  {
    id: 'grants-add-up',
    title: 'Rights add up: an older one is wider',
    symptom: 'A scope is set by RBAC, and the application still reaches every mailbox.',
    cause: 'Exchange Online joins RBAC roles and Entra permissions. The wider one wins.',
    fix: [
      'Find earlier permissions on the enterprise application and earlier rights on mailboxes.',
      'Remove those that are wider than the scope.'
    ],
    sources: [
      inside(postfixRelay, 'setup, step 6'),
      page('codewithlaszlo.com/en/blog/exchange-online-rbac-for-applications')
    ],
    trust: 'A',
    signs: [
      /\b(?:RBAC|scope)\b.{0,120}\b(?:every|all|any|other) (?:the )?mailbox(?:es)?\b.{0,60}\b(?:reach|access|open|read)/i
    ]
  },
  {
    id: 'safe-attachments-scan',
    title: 'Defender is still scanning the attachment',
    symptom: 'Now and then IMAP cannot fetch a message.',
    cause: 'Defender scans attachments with Dynamic Delivery, and meanwhile the message cannot be read whole.',
    fix: [
      'Choose another Safe Attachments action for these mailboxes.',
      'Let the program try the message again later.'
    ],
    sources: [zammadErrors],
    trust: 'A',
    signs: [/\b(?:ATP|Safe Attachments?|attachments?) scan in progress\b/i, /\bDynamic Delivery\b/i]
  }
] as const satisfies readonly Row[]
