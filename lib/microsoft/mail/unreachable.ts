// Why no answer came that counts: the connection, the certificate, TLS, the time, or no mail server at the other end.
// The rule it keeps: what the admin reads names host and port and what to check; an error that is none of these is a bug.
import type { LoginResult } from '../../gates/evidence.ts'
import type { MailHost } from '../../steps/step.ts'

export type Unreachable = Extract<LoginResult, { kind: 'unreachable' }>

/** The server ended the connection before it had answered. */
export class Closed extends Error {
  override name = 'Closed'
}

const unreachable = (why: Unreachable['why'], says: string): Unreachable => ({ kind: 'unreachable', why, says })
const place = ({ host, port }: MailHost) => `${host}, port ${port},`

export function late(at: MailHost, waitMs: number): Unreachable {
  const seconds = Math.ceil(waitMs / 1000)
  return unreachable(
    'time',
    `${place(at)} did not answer within ${seconds} second${seconds === 1 ? '' : 's'}. Check that the firewall between the wizard’s server and Microsoft lets connections to port ${at.port} out, then test again.`
  )
}

/** An answer that no mail server gives, or one that was given before TLS protected it. `answer` is clean already. */
export const strange = (at: MailHost, answer: string) =>
  unreachable(
    'protocol',
    `${place(at)} answered ${answer ? `“${answer}”` : 'with something that cannot be read'}, which says nothing about the mailbox. Check host and port, and whether something in between answers in place of the mail server.`
  )

export const withoutXoauth2 = (at: MailHost) =>
  unreachable(
    'protocol',
    `${place(at)} does not offer a login with a token (XOAUTH2). Check that this is the address of Exchange Online.`
  )

export const withoutTls = (at: MailHost) =>
  unreachable(
    'tls',
    `${place(at)} does not offer STARTTLS, so the token was not sent. Check whether a firewall or a virus scanner on the way takes STARTTLS out, and whether host and port are right.`
  )

/** Node’s names for what may be wrong with a certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const ofCertificates =
  /^(CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERR_TLS_CERT_|ERROR_IN_CERT|ERROR_IN_CRL|INVALID_(CA|PURPOSE)$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$|UNSPECIFIED$)/
const ofTls = /^(ERR_SSL_|ERR_TLS_|EPROTO$|STARTTLS_INJECTION$)/
/** imapflow's limit for going over to TLS, which cannot be set. */
const upgradeWaitMs = 10_000
const ofNames = /^(ENOTFOUND|EAI_)/
const ofEnds = /^(ECONNRESET$|EPIPE$|NoConnection$|ClosedAfterConnect|ECONNECTION$|ETLS$)/
const ofConnections = /^E(CONN|HOST|NET|TIMEDOUT|ADDRNOTAVAIL|ACCES|PERM)/

/** What an error of a connection means; undefined for an error of any other kind. */
export function explainFailure(error: unknown, at: MailHost): Unreachable | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, originalCode } = error as { code?: unknown; originalCode?: unknown }
  // nodemailer keeps Node’s own code beside its own.
  const name = String(originalCode ?? code ?? '')
  if (ofCertificates.test(name)) return unreachable('certificate', certificateSays(name, at))
  if (ofTls.test(name))
    return unreachable(
      'tls',
      `No connection with TLS 1.2 or newer could be made to ${at.host}, port ${at.port}. Check whether something in between speaks in place of Microsoft, and whether host and port are right.`
    )
  if (name === 'UPGRADE_TIMEOUT') return late(at, upgradeWaitMs)
  if (ofNames.test(name))
    return unreachable(
      'connection',
      `The name ${at.host} was not found (port ${at.port} was to be asked). Check the host, and that the wizard’s server can look up names on the internet.`
    )
  if (error instanceof Closed || ofEnds.test(name))
    return unreachable(
      'connection',
      `${place(at)} closed the connection before it had answered. Test again. If it happens every time, check whether a firewall or a virus scanner on the way interferes with port ${at.port}.`
    )
  if (ofConnections.test(name))
    return unreachable(
      'connection',
      `No connection could be made to ${at.host}, port ${at.port}. Check that the firewall between the wizard’s server and Microsoft lets connections to port ${at.port} out.`
    )
  return undefined
}

function certificateSays(code: string, at: MailHost): string {
  const begin = `The certificate of ${at.host}, port ${at.port},`
  const end = 'so the token was not sent.'
  if (code === 'CERT_HAS_EXPIRED') return `${begin} has expired, ${end} Check the clock of the wizard’s server.`
  if (code === 'CERT_NOT_YET_VALID') return `${begin} is not valid yet, ${end} Check the clock of the wizard’s server.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return `${begin} is for another name, ${end} Check the host, and whether something in between answers in place of it.`
  return `${begin} is not trusted, ${end} Check whether a proxy or a virus scanner on the way opens the connection; if that is meant to be, start the wizard with its certificate in NODE_EXTRA_CA_CERTS.`
}
