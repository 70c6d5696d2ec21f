// What the SMTP server says. The rule it keeps: Exchange Online's own words, and where no page of Microsoft's has them
// those that its clients report.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth

import type { Gate } from './admission.ts'
import { serverName, stamp } from './server-name.ts'

export const said = {
  authenticated: '235 2.7.0 Authentication successful',
  hello: '503 5.5.2 Send hello first',
  reset: '250 2.0.0 Resetting',
  ready: '220 2.0.0 SMTP server ready',
  bye: '221 2.0.0 Service closing transmission channel',
  ok: '250 2.0.0 OK',
  senderOk: '250 2.1.0 Sender OK',
  recipientOk: '250 2.1.5 Recipient OK',
  start: '354 Start mail input; end with <CRLF>.<CRLF>',
  unknown: '500 5.3.3 Unrecognized command',
  badArguments: '501 5.5.4 Invalid arguments',
  senderGiven: '503 5.5.2 Sender already specified',
  needSender: '503 5.5.2 Need mail command',
  needRecipient: '503 5.5.2 Need rcpt command',
  badSequence: '503 5.5.2 Bad sequence of commands',
  tooMany: '452 4.5.3 Too many recipients',
  tooBig: '552 5.3.4 Message size exceeds fixed maximum message size',
  cannotVerify: '252 2.1.5 Cannot VRFY user'
} as const

export const greeting = () => `220 ${serverName} Microsoft ESMTP MAIL Service ready at ${new Date().toUTCString()}`

export const notAuthenticated = () => `530 5.7.57 Client not authenticated to send mail. ${stamp()}`

/** https://github.com/nodemailer/nodemailer/issues/1060 */
export const unknownMechanism = () => `504 5.7.4 Unrecognized authentication type ${stamp()}`

/** The refusal of a login. Only two gates have words of their own; with the mailbox's own switch off they are the plain
 *  ones. https://github.com/Azure/Commercial-Marketplace-SaaS-Accelerator/issues/777 */
export function refusedLogin(gate: Gate): string {
  switch (gate) {
    case 'smtp-auth-tenant':
      return `535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. ${stamp()}`
    case 'security-defaults':
      return `535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator. ${stamp()}`
    default:
      return `535 5.7.3 Authentication unsuccessful ${stamp()}`
  }
}

/** Three connections of one mailbox may send at a time.
 *  https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements */
export const tooManyConnections = () =>
  `432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname=${serverName}]`

/** https://github.com/simonrob/email-oauth2-proxy/issues/271 */
export const noMailboxRight = () =>
  `430 4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; Failed to process message due to a transient exception with message [BeginDiagnosticData]Cannot open mailbox. Server = ${serverName} [EndDiagnosticData] [Hostname=${serverName}]`

/** https://github.com/MicrosoftDocs/OfficeDocs-Support/issues/1187, https://github.com/gophish/gophish/issues/2900 */
export const sendAsDenied = (mailbox: string, sender: string) =>
  `554 5.2.252 SendAsDenied; ${mailbox} not allowed to send as ${sender}; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message. [EndDiagnosticData] [Hostname=${serverName}]`

export const accepted = (messageId: string) => `250 2.0.0 OK <${messageId}> [Hostname=${serverName}]`
