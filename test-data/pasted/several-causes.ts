// What people paste, for the tests: texts that several causes share, and texts that only look like a known one.
import type { RowId } from '../../lib/diagnosis/dictionary.ts'

const guid = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const server = '[LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T08:20:58.366Z 08DB5BC5D2A4B2F1]'
const trace = `Trace ID: 1f6a92a9-f3a8-4071-889a-6a2ea88d9500 Correlation ID: 0d1a5c28-3487-4767-a690-9cc680689523 Timestamp: 2026-08-03 09:07:41Z`

/** Texts that several rows share, with the rows in their order. */
export const shared: readonly (readonly [readonly string[], readonly RowId[]])[] = [
  [
    [
      `535 5.7.3 Authentication unsuccessful ${server}`,
      `smtplib.SMTPAuthenticationError: (535, b'5.7.3 Authentication unsuccessful ${server}')`,
      `MailKit.Security.AuthenticationException: 535: 5.7.3 Authentication unsuccessful ${server}`,
      'Error: Invalid login: 535-5.7.3 Authentication unsuccessful'
    ],
    [
      'token-audience-graph',
      'graph-mail-send-only',
      'sp-wrong-object-id',
      'grant-never-landed',
      'smtp-auth-off-mailbox',
      'rbac-with-claim',
      'smtp-wants-upn',
      'propagation-delay'
    ]
  ],
  [
    [
      `535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator. ${server}`,
      `535 5.7.139 Authentication unsuccessful ${server}`
    ],
    ['smtp-auth-off-tenant', 'security-defaults']
  ],
  [
    ['A01 NO AUTHENTICATE failed.', "imaplib.IMAP4.error: b'AUTHENTICATE failed.'", 'Error: 3 NO AUTHENTICATE failed.'],
    ['token-scope-ps-outlook', 'imap-logon-denied', 'grant-never-landed']
  ],
  [
    ['A01 NO AUTHENTICATE failed. [Error="AuthFailed:LogonDenied-None-OAuthLog:" AuthResult=15]'],
    ['imap-logon-denied', 'grant-never-landed']
  ],
  [['-ERR Authentication failure: unknown user name or bad password.'], ['token-scope-ps-outlook', 'pop-bad-password']],
  [
    ['554 5.2.0 STOREDRV.Submission; Failed to process message due to a permanent exception'],
    ['send-as-denied', 'submission-quota']
  ],
  [
    [
      `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${guid}'. ${trace}`,
      'error_description=AADSTS7000215%3a+Invalid+client+secret+provided.',
      '{"error":"invalid_client","error_codes":[7000215]}'
    ],
    ['secret-id-pasted', 'secret-too-new', 'secret-mangled']
  ],
  [
    [
      `AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance. ${trace}`
    ],
    ['ca-blocks-app', 'ca-blocks-admin']
  ]
]

/** Texts that look like a row's and are not. */
export const neighbours: readonly (readonly [why: string, text: string])[] = [
  ['a password was refused, not a token', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'],
  ['a password was wrong', '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.'],
  ['another enhanced code', '550 5.7.30 Authentication method changed'],
  ['another enhanced code', '535 5.7.35 Something new'],
  ['another server’s 535', '535 5.7.8 Username and Password not accepted'],
  ['a version number', 'php-fpm 5.7.3 restarted'],
  ['a code that begins like another', 'AADSTS70002151: x. AADSTS530031: y. AADSTS7000161: z.'],
  ['another exception with 5.2.0', '554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process'],
  [
    'another right stands in the list',
    'invoices NT AUTHORITY\\SELF {FullAccess, ReadPermission} False False invoices S-1-5-21-1-2-3-4 {FullAccess} False False'
  ],
  ['a quoted text after an address', '"to admin@contoso.com\\nSubject: hello"'],
  ['a token that is whole', '{"aud":"https://outlook.office365.com","appid":"x","exp":1,"roles":["IMAP.AccessAsApp"]}'],
  ['a person’s token', '{"aud":"https://outlook.office365.com","appid":"x","exp":1,"scp":"IMAP.AccessAsUser.All"}'],
  ['a receipt of an application that is there', 'principal: present\nprotocols: IMAP'],
  ['a mailbox of Exchange Online', 'RecipientTypeDetails : SharedMailbox\nImapEnabled : True\nPopEnabled : True'],
  ['a mailbox in scope', 'InScope : True'],
  ['another command', "The term 'Get-Foo' is not recognized as the name of a cmdlet"],
  ['another command', 'CategoryInfo : ObjectNotFound: (Get-Foo:String) [], CommandNotFoundException'],
  [
    'the documented use of -Organization',
    'Connect-ExchangeOnline -CertificateThumbPrint ABC -Organization contoso.onmicrosoft.com -CertificateFile x'
  ],
  [
    'a mailbox that works',
    'A01 OK AUTHENTICATE completed. 235 2.7.0 Authentication successful. +OK User successfully authenticated.'
  ],
  ['one cloud alone', 'connecting to outlook.office365.com:993 and login.microsoftonline.com'],
  ['nothing', ''],
  ['white space', ' \r\n\t '],
  ['small talk', 'It does not work. Please help me. The mailbox is invoices and I tried it again.']
]
