// The logins that were tried, indexed once: the newest of each mailbox and protocol, and what the accepted ones prove.

import type { Protocol } from '../steps/step.ts'
import { timeOf } from './ages.ts'
import type { LoginEvidence } from './evidence.ts'

export type Tried = { at: number; address: string; protocol: Protocol; result: LoginEvidence['result'] }

export type Logins = {
  /** The newest, whatever came of it. */
  of(address: string, protocol: Protocol): Tried | undefined
  /** The newest that was accepted, also where a newer one was not. */
  accepted(address: string, protocol: Protocol): Tried | undefined
  /** The newest accepted one of any mailbox, and the newest by protocol. */
  newestAccepted: Tried | undefined
  newestAcceptedBy: ReadonlyMap<Protocol, Tried>
}

const keyOf = (address: string, protocol: Protocol) => `${protocol} ${address.toLowerCase()}`

export function loginsOf(evidence: readonly LoginEvidence[]): Logins {
  const newest = new Map<string, Tried>()
  const accepted = new Map<string, Tried>()
  const byProtocol = new Map<Protocol, Tried>()
  let newestAccepted: Tried | undefined
  for (const { address, protocol, at, result } of evidence) {
    const tried: Tried = { at: timeOf(at), address, protocol, result }
    const key = keyOf(address, protocol)
    if (isNewer(tried, newest.get(key))) newest.set(key, tried)
    if (result.kind !== 'accepted') continue
    if (isNewer(tried, accepted.get(key))) accepted.set(key, tried)
    if (isNewer(tried, byProtocol.get(protocol))) byProtocol.set(protocol, tried)
    if (isNewer(tried, newestAccepted)) newestAccepted = tried
  }
  return {
    of: (address, protocol) => newest.get(keyOf(address, protocol)),
    accepted: (address, protocol) => accepted.get(keyOf(address, protocol)),
    newestAccepted,
    newestAcceptedBy: byProtocol
  }
}

const isNewer = (tried: Tried, than: Tried | undefined) => than === undefined || tried.at > than.at

/** Whether a test message of this login was accepted. */
export const wasSent = (tried: Tried | undefined) =>
  tried?.result.kind === 'accepted' && tried.result.sent?.kind === 'accepted'
