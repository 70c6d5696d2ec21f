// The logins that were tried, indexed once: the newest of each mailbox and protocol, and what the accepted ones prove.

import { timeOf } from '../powershell/known.ts'
import type { Protocol } from '../steps/step.ts'
import type { LoginEvidence } from './evidence.ts'

export type Tried = { at: number; address: string; protocol: Protocol; result: LoginEvidence['result'] }

/** Of one mailbox, by protocol: the newest login, and the newest accepted one, also where a newer one was not. */
export type LoginsOfMailbox = { newest: ByProtocol; accepted: ByProtocol }
type ByProtocol = Partial<Record<Protocol, Tried>>

export type Logins = {
  of(address: string): LoginsOfMailbox
  /** The newest accepted one of any mailbox, and the newest by protocol. */
  newestAccepted: Tried | undefined
  newestAcceptedBy: ByProtocol
}

const none: LoginsOfMailbox = { newest: {}, accepted: {} }

export function loginsOf(evidence: readonly LoginEvidence[]): Logins {
  const mailboxes = new Map<string, LoginsOfMailbox>()
  const newestAcceptedBy: ByProtocol = {}
  let newestAccepted: Tried | undefined
  for (const { address, protocol, at, result } of evidence) {
    const tried: Tried = { at: timeOf(at), address, protocol, result }
    const key = address.toLowerCase()
    const known = mailboxes.get(key) ?? { newest: {}, accepted: {} }
    mailboxes.set(key, known)
    keepNewest(known.newest, tried)
    if (result.kind !== 'accepted') continue
    keepNewest(known.accepted, tried)
    keepNewest(newestAcceptedBy, tried)
    if (!newestAccepted || tried.at > newestAccepted.at) newestAccepted = tried
  }
  return { of: address => mailboxes.get(address.toLowerCase()) ?? none, newestAccepted, newestAcceptedBy }
}

function keepNewest(by: ByProtocol, tried: Tried) {
  const before = by[tried.protocol]
  if (!before || tried.at > before.at) by[tried.protocol] = tried
}

/** When the test message was accepted; a login that was accepted later makes it no newer. */
export const sentAt = (tried: Tried | undefined): number | undefined =>
  tried?.result.kind === 'accepted' && tried.result.sent?.kind === 'accepted' ? timeOf(tried.result.sent.at) : undefined
