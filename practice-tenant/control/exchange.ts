// Breaking or mending one thing in a tenant's Exchange, without the console. The rule it keeps: exactly what is named
// changes, so that a test shuts one gate and no other.

import { addServicePrincipal, type ExchangeState, type Recipient, type RecipientType } from '../exchange/state.ts'
import { findByAddress } from '../mail/admission.ts'

export type ExchangeChange = {
  /** One recipient, by any of its addresses. */
  mailbox?:
    | {
        address: string
        imapEnabled?: boolean | undefined
        popEnabled?: boolean | undefined
        /** null follows the organisation. */
        smtpClientAuthenticationDisabled?: boolean | null | undefined
        type?: RecipientType | undefined
      }
    | undefined
  transport?: { smtpClientAuthenticationDisabled: boolean } | undefined
  /** The service principal of an application. With another Object ID it keeps its SID, and so its grants, which no cmdlet
   *  can do; null removes it; one that is missing is made. */
  servicePrincipal?: { appId: string; objectId: string | null } | undefined
  /** An application's rights on one recipient, given or taken. */
  grant?: { mailbox: string; appId: string; fullAccess?: boolean | undefined; sendAs?: boolean | undefined } | undefined
}

function requireRecipient(exchange: ExchangeState, address: string): Recipient {
  const recipient = findByAddress(exchange, address)
  if (!recipient) throw new Error(`Exchange knows no ${address}.`)
  return recipient
}

function changeMailbox(exchange: ExchangeState, change: NonNullable<ExchangeChange['mailbox']>): void {
  const { address, ...switches } = change
  const given = Object.entries(switches).filter(([, value]) => value !== undefined)
  Object.assign(requireRecipient(exchange, address), Object.fromEntries(given))
}

function changePrincipal(exchange: ExchangeState, wanted: NonNullable<ExchangeChange['servicePrincipal']>): void {
  const appId = wanted.appId.toLowerCase()
  const { objectId } = wanted
  const found = exchange.servicePrincipals.find(one => one.appId === appId)
  if (objectId === null) {
    if (!found) throw new Error(`Exchange knows no application ${appId}.`)
    exchange.servicePrincipals = exchange.servicePrincipals.filter(one => one.appId !== appId)
  } else if (found) found.objectId = objectId.toLowerCase()
  else addServicePrincipal(exchange, { appId, objectId }, new Date())
}

function changeGrant(exchange: ExchangeState, wanted: NonNullable<ExchangeChange['grant']>): void {
  const recipient = requireRecipient(exchange, wanted.mailbox)
  const sid = exchange.servicePrincipals.find(one => one.appId === wanted.appId.toLowerCase())?.sid
  if (sid === undefined) throw new Error(`Exchange knows no application ${wanted.appId}.`)
  if (wanted.fullAccess !== undefined) {
    recipient.grants = recipient.grants.filter(one => one.sid !== sid)
    if (wanted.fullAccess) recipient.grants.push({ sid, rights: ['FullAccess'], deny: false, autoMapping: false })
  }
  if (wanted.sendAs !== undefined) {
    recipient.sendAs = recipient.sendAs.filter(one => one !== sid)
    if (wanted.sendAs) recipient.sendAs.push(sid)
  }
}

/** Carries out what is named. The caller says that the state has changed. */
export function changeExchange(exchange: ExchangeState, change: ExchangeChange): void {
  const { mailbox, transport, servicePrincipal, grant } = change
  if (mailbox) changeMailbox(exchange, mailbox)
  if (transport) Object.assign(exchange.transport, transport)
  if (servicePrincipal) changePrincipal(exchange, servicePrincipal)
  if (grant) changeGrant(exchange, grant)
}
