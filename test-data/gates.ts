// Evidence for the tests of the gates: one application, one mailbox, and what servers and receipts say of them.
import type { Evidence, Expected, LoginEvidence, LoginResult, TokenEvidence } from '../lib/gates/evidence.ts'
import type { ExchangeEvidence, MailboxEvidence } from '../lib/powershell/evidence.ts'
import type { Protocol } from '../lib/steps/step.ts'

export const mailbox = 'invoices@contoso.com'
export const other = 'orders@contoso.com'
export const ids = {
  tenant: '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11',
  app: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  enterprise: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  registration: '6d8a1f8c-51c6-4d17-a4a3-0d9b4b0a2a55',
  stranger: '00000000-1111-4222-8333-444455556666'
}

export const expected: Expected = {
  tenantId: ids.tenant,
  appId: ids.app,
  objectId: ids.enterprise,
  applicationObjectId: ids.registration,
  audience: 'https://outlook.office365.com',
  protocols: ['IMAP', 'POP', 'SMTP']
}

export const now = new Date('2026-08-03T12:00:00Z')
/** ISO 8601 of so many minutes before now. */
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()

export const server = '[LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T11:58:00.366Z 08DB5BC5D2A4B2F1]'
/** What servers say where they do not name the cause. https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
export const plain: Readonly<Record<Protocol, string>> = {
  IMAP: 'NO AUTHENTICATE failed.',
  POP: '-ERR Authentication failure: unknown user name or bad password.',
  SMTP: `535 5.7.3 Authentication unsuccessful ${server}`
}
export const words = {
  logonDenied: 'NO AUTHENTICATE failed. [Error="AuthFailed:LogonDenied-None-OAuthLog:" AuthResult=15]',
  notConnected: 'BAD User is authenticated but not connected.',
  tenantSwitch: `535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. ${server}`,
  mailboxSwitch: `535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. ${server}`,
  securityDefaults: `535 5.7.139 Authentication unsuccessful, user is locked by your organization’s security defaults policy. Contact your administrator. ${server}`,
  unnamedCondition: `535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. ${server}`,
  storedrv:
    '430 4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed',
  sendAsDenied:
    '554 5.2.252 SendAsDenied; invoices@contoso.com not allowed to send as invoices@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
  notThisSender: '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
  sendingUnnamed: '554 5.2.0 STOREDRV.Submission; Failed to process message due to a permanent exception',
  tooMany: `432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. ${server}`
}

export const givenToken = (changes: Partial<Extract<TokenEvidence, { kind: 'given' }>> = {}): TokenEvidence => ({
  kind: 'given',
  at: minutesAgo(3),
  audience: 'https://outlook.office365.com',
  tenantId: ids.tenant,
  appId: ids.app,
  objectId: ids.enterprise,
  roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
  expiresAt: minutesAgo(-57),
  ...changes
})

export const refusedToken = (at = minutesAgo(1)): TokenEvidence => ({
  kind: 'refused',
  at,
  problem: {
    id: 'secret-expired',
    title: 'This client secret has expired',
    happened: 'Microsoft knows the secret, and its last day has passed.',
    todo: ['Create a new client secret and check again.'],
    reference: { code: 'AADSTS7000222', requestId: '0d1a5c28-3487-4767-a690-9cc680689523' }
  }
})

export const login = (
  protocol: Protocol,
  result: LoginResult,
  at = minutesAgo(2),
  address = mailbox
): LoginEvidence => ({
  address,
  protocol,
  at,
  result
})
export const refused = (protocol: Protocol, said = plain[protocol], at = minutesAgo(2)) =>
  login(protocol, { kind: 'refused', said, during: 'login' }, at)
export const accepted = (protocol: Protocol, at = minutesAgo(2), address = mailbox) =>
  login(protocol, { kind: 'accepted', inbox: { messages: 3 } }, at, address)
export const sent = (said?: string, at = minutesAgo(1)) =>
  login('SMTP', {
    kind: 'accepted',
    sent: said ? { kind: 'refused', at, said } : { kind: 'accepted', at, said: '250 2.0.0 OK' }
  })

/** A diagnosis receipt that shows everything right, but for what is changed. */
export const receipt = (
  changes: Partial<ExchangeEvidence> = {},
  ofMailbox: Partial<MailboxEvidence> = {}
): ExchangeEvidence => ({
  source: 'receipt',
  script: 'diagnosis',
  at: minutesAgo(1),
  tenantId: ids.tenant,
  appId: ids.app,
  principals: [{ objectId: ids.enterprise, sid: 'S-1-5-21-1-2-3-4' }],
  smtpAuthOfOrganization: false,
  mailboxes: [
    { address: mailbox, recipient: 'mailbox', grant: true, imap: true, pop: true, smtpAuth: true, ...ofMailbox }
  ],
  failures: [],
  changed: false,
  ...changes
})

export const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  token: givenToken(),
  exchange: [],
  logins: [],
  changedAt: undefined,
  ...changes
})
