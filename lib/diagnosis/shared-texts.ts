// One text, several causes: which rows to check, in which order.
// The rule it keeps: what a text says more precisely belongs to a row of its own, and is not listed here as a guess.
import type { SharedText } from './row.ts'

/** Exchange's 535 with one of its enhanced codes, as servers, Python (535, b'5.7.3 ...') and .NET write it. */
const plain535 = /\b535\b[^\w.]{1,6}(?:b')?5\.7\.3(?!\.?\d)|(?<![\d.])5\.7\.3 Authentication unsuccessful/i
const refused139 = /(?<![\d.])5\.7\.139(?!\.?\d)/

export const sharedTexts = [
  {
    text: '535 5.7.3 Authentication unsuccessful',
    signs: [plain535],
    rows: [
      'token-audience-graph',
      'graph-mail-send-only',
      'sp-wrong-object-id',
      'grant-never-landed',
      'smtp-auth-off-mailbox',
      'rbac-with-claim',
      'smtp-wants-upn',
      'propagation-delay'
    ]
  },
  {
    text: '535 5.7.139 Authentication unsuccessful',
    // The mailbox's switch has a row of its own; the others are refusals of a password, which no row here is about.
    signs: [
      {
        has: [refused139],
        lacks: [/disabled for the Mailbox/i, /basic authentication is disabled/i, /credentials were incorrect/i]
      }
    ],
    rows: ['smtp-auth-off-tenant', 'security-defaults']
  },
  {
    text: 'IMAP: NO AUTHENTICATE failed',
    signs: [{ has: [/\bAUTHENTICATE failed\b/i], lacks: [/LogonDenied/i] }],
    rows: ['token-scope-ps-outlook', 'imap-logon-denied', 'grant-never-landed']
  },
  {
    // The detail comes only after the token was accepted.
    text: 'IMAP: AUTHENTICATE failed, LogonDenied',
    signs: [/\bLogonDenied\b/i],
    rows: ['imap-logon-denied', 'grant-never-landed']
  },
  {
    text: 'POP: -ERR Authentication failure',
    signs: [/-ERR Authentication failure/i],
    rows: ['token-scope-ps-outlook', 'pop-bad-password']
  },
  {
    text: '554 5.2.0',
    // Exchange names many other exceptions with the same code.
    signs: [
      {
        has: [/\b554\b[^\w.]{1,6}(?:b')?5\.2\.0(?!\.?\d)/],
        lacks: [/Exception:(?!SendAsDenied|SubmissionQuota)\w/i]
      }
    ],
    rows: ['send-as-denied', 'submission-quota']
  },
  {
    text: 'AADSTS7000215',
    aadsts: [7000215],
    signs: [/Invalid client secret (?:is )?provided/i],
    rows: ['secret-id-pasted', 'secret-too-new', 'secret-mangled']
  },
  {
    text: 'AADSTS53003',
    aadsts: [53003],
    signs: [/blocked by Conditional Access policies/i],
    rows: ['ca-blocks-app', 'ca-blocks-admin']
  }
] as const satisfies readonly SharedText[]
