// Finds recipients and service principals by all the names that Exchange takes for them.
// The rule it keeps: the primary address is found at once, so that ten thousand mailboxes cost no more than one.

import { type ExchangeServicePrincipal, type ExchangeState, type Recipient, recipientIndex } from './state.ts'

/** Exchange's name for an object of an organisation in the directory. */
export function distinguishedName(exchange: ExchangeState, name: string): string {
  return `CN=${name},OU=${exchange.organization.name},OU=Microsoft Exchange Hosted Organizations,DC=EURPR06A001,DC=PROD,DC=OUTLOOK,DC=COM`
}

/** All recipients that answer to this name: address, other address, alias, user principal name, display name, IDs. */
export function findRecipients(exchange: ExchangeState, wanted: string): readonly Recipient[] {
  const byAddress = exchange.recipients[wanted.toLowerCase()]
  if (byAddress) return [byAddress]
  const commonName = /^CN=([^,]+),OU=/i.exec(wanted)?.[1]
  const inOurs =
    commonName !== undefined && distinguishedName(exchange, commonName).toLowerCase() === wanted.toLowerCase()
  return recipientIndex(exchange).byName.get((inOurs ? commonName : wanted).toLowerCase()) ?? []
}

/** Name and Identity of a service principal: the display name, or the object ID where none was given.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/new-serviceprincipal */
export function identityOf(principal: ExchangeServicePrincipal): string {
  return principal.displayName || principal.objectId
}

/** Service principals with this AppId, ObjectId, GUID, SID, name or distinguished name. */
export function findPrincipals(exchange: ExchangeState, wanted: string): readonly ExchangeServicePrincipal[] {
  const key = wanted.toLowerCase()
  return exchange.servicePrincipals.filter(principal =>
    [
      principal.appId,
      principal.objectId,
      principal.guid,
      principal.sid,
      identityOf(principal),
      distinguishedName(exchange, identityOf(principal))
    ].some(name => name.toLowerCase() === key)
  )
}

/** Somebody who can be given a right: a service principal or a recipient. */
export type Trustee = { sid: string; name: string }

/** Everybody who answers to this name, each once. */
export function findTrustees(exchange: ExchangeState, wanted: string): readonly Trustee[] {
  if (/^NT AUTHORITY\\SELF$/i.test(wanted)) return [{ sid: selfSid, name: selfName }]
  const principals = findPrincipals(exchange, wanted).map(({ sid }) => ({ sid, name: sid }))
  if (principals.length > 0) return principals
  return findRecipients(exchange, wanted).map(({ sid, userPrincipalName }) => ({ sid, name: userPrincipalName }))
}

export const selfSid = 'S-1-5-10'
export const selfName = 'NT AUTHORITY\\SELF'

/** How Exchange shows who holds a right. A service principal shows as its SID, and so does one that is gone. */
export function nameOfSid(exchange: ExchangeState, sid: string): string {
  if (sid === selfSid) return selfName
  return recipientIndex(exchange).bySid.get(sid)?.userPrincipalName ?? sid
}
