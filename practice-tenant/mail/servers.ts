// The three mail servers together. The rule it keeps: they listen where https does, under the same certificate, and one
// call ends them with all their connections.

import { listen } from '../listen.ts'
import type { Practice } from '../practice.ts'
import type { Addresses } from '../state.ts'
import { imapTalk } from './imap.ts'
import { type Certificate, createLineServer } from './line-server.ts'
import { popTalk } from './pop.ts'
import { smtpTalk } from './smtp.ts'

export type MailPorts = Addresses['mailPorts']

export type MailServers = { ports: MailPorts; close(): Promise<void> }

/** @param wanted ports of the last run; another one where it is taken, or where there is none */
export async function startMailServers(
  practice: Practice,
  certificate: Certificate,
  wanted: Partial<MailPorts>
): Promise<MailServers> {
  const imap = createLineServer('tls', certificate, imapTalk(practice))
  const pop = createLineServer('tls', certificate, popTalk(practice))
  const smtp = createLineServer('starttls', certificate, smtpTalk(practice))
  const ports = {
    imap: await listen(imap.server, wanted.imap ?? 0),
    pop: await listen(pop.server, wanted.pop ?? 0),
    smtp: await listen(smtp.server, wanted.smtp ?? 0)
  }
  const close = async () => {
    await Promise.all([imap.close(), pop.close(), smtp.close()])
  }
  return { ports, close }
}
