// The object that a parameter names, or Exchange's error that there is none or more than one.

import type { Call } from './cmdlet.ts'
import { findRecipients, findTrustees, type Trustee } from './directory.ts'
import { exchangeFault } from './faults.ts'
import type { ExchangeState, Recipient } from './state.ts'

/** The mailbox that -Identity names. A mail user has its mailbox elsewhere and a group has none: both are refused. */
export function mailbox(call: Call, exchange: ExchangeState, wanted: string): Recipient | undefined {
  const found = findRecipients(exchange, wanted)
  if (found.length > 1) {
    call.error(exchangeFault.ambiguous(call, wanted))
    return undefined
  }
  const [only] = found
  if (only?.type === 'UserMailbox' || only?.type === 'SharedMailbox') return only
  call.error(only ? exchangeFault.notFound(call, wanted) : exchangeFault.noMailbox(call, wanted))
  return undefined
}

/** Any recipient at all, for send-as. */
export function recipient(call: Call, exchange: ExchangeState, wanted: string): Recipient | undefined {
  const found = findRecipients(exchange, wanted)
  if (found.length === 1) return found[0]
  call.error(found.length > 1 ? exchangeFault.ambiguous(call, wanted) : exchangeFault.noRecipient(call, wanted))
  return undefined
}

export function trustee(call: Call, exchange: ExchangeState, wanted: string): Trustee | undefined {
  const found = findTrustees(exchange, wanted)
  if (found.length === 1) return found[0]
  call.error(found.length > 1 ? exchangeFault.ambiguous(call, wanted) : exchangeFault.noTrustee(call, wanted))
  return undefined
}
