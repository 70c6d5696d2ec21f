// What a client of one mail protocol is to `logIn`, and how all of them speak TLS.
// The rule it keeps: TLS 1.2 or newer, certificate and host name checked, whatever the environment says.
import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { MailHost } from '../../steps/step.ts'

/** One connection, used once. `end` may be called at any time and more than once, and leaves nothing open. */
export type Client<Result> = {
  /** Connects and logs in. Throws Node's error when there was no connection, no TLS or no trust. */
  prove(): Promise<Result>
  /** Says goodbye in the protocol's own way. */
  leave(): Promise<void>
  end(): void
}

/** Answers that matter are short; a longer one is no mail server's. */
export const answerLength = 64 * 1024

/** For `tls.connect`. `NODE_TLS_REJECT_UNAUTHORIZED=0` and Node's own switches for old TLS do not count here.
 *  Exchange Online ends TLS 1.0 and 1.1 for POP and IMAP in 2026 (message centre MC1293480). */
export const tlsOptions = (at: MailHost): ConnectionOptions => ({
  minVersion: 'TLSv1.2',
  rejectUnauthorized: true,
  ...(isIP(at.host) ? {} : { servername: at.host })
})
