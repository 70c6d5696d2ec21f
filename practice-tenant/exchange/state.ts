// What Exchange Online holds for one tenant: recipients with their switches and grants, service principals, transport
// settings. The rule it keeps: plain JSON that the cmdlets change and the mail servers read; Entra is not looked at.

import { createHash, randomUUID } from 'node:crypto'
import type { Inbox } from '../mail/mailboxes.ts'

/** An application as Exchange knows it. `objectId` is whatever the admin typed: Exchange does not ask Entra. */
export type ExchangeServicePrincipal = {
  appId: string
  objectId: string
  /** Empty when none was given; then Identity and Name are the object ID. */
  displayName: string
  /** The security identifier that mailbox permissions carry. */
  sid: string
  /** Exchange's own GUID for it. */
  guid: string
  createdAt: string
}

export const recipientTypes = ['UserMailbox', 'SharedMailbox', 'MailUser', 'MailUniversalDistributionGroup'] as const
export type RecipientType = (typeof recipientTypes)[number]

/** One access control entry of a mailbox. `sid` may be of a service principal, of a person, or of somebody gone. */
export type Grant = { sid: string; rights: string[]; deny: boolean; autoMapping: boolean }

export type Recipient = {
  /** Primary SMTP address, in the letters it was made with. */
  address: string
  otherAddresses: string[]
  displayName: string
  alias: string
  userPrincipalName: string
  type: RecipientType
  /** Object ID in Entra. */
  objectId: string
  guid: string
  sid: string
  imapEnabled: boolean
  popEnabled: boolean
  /** null follows the organisation. */
  smtpClientAuthenticationDisabled: boolean | null
  grants: Grant[]
  /** Security identifiers that may send as this recipient. */
  sendAs: string[]
}

export type ExchangeState = {
  organization: {
    /** The initial domain, `something.onmicrosoft.com`: also the organisation's name. */
    name: string
    displayName: string
    guid: string
    customized: boolean
  }
  /** `true` by default for organisations made after January 2020.
   *  https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission */
  transport: { smtpClientAuthenticationDisabled: boolean }
  servicePrincipals: ExchangeServicePrincipal[]
  /** By primary address in lower case. */
  recipients: Record<string, Recipient>
  /** Inboxes that were changed, by primary address in lower case; the others are as they began. */
  inboxes?: Record<string, Inbox>
}

/** A stable security identifier made from any text, so that two starts of the same world agree. */
export function securityIdentifier(seed: string): string {
  const hash = createHash('sha256').update(seed.toLowerCase()).digest()
  const [a, b, c] = [0, 4, 8].map(at => hash.readUInt32BE(at))
  return `S-1-5-21-${a}-${b}-${c}-${10000 + (hash.readUInt32BE(12) % 80_000_000)}`
}

/** A stable GUID made from any text (version and variant bits as in a random one). */
export function guidFrom(seed: string): string {
  const hex = createHash('sha256').update(`guid:${seed.toLowerCase()}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Exchange Online of a tenant, without recipients. */
export function emptyExchange(tenant: { id: string; displayName: string; initialDomain: string }): ExchangeState {
  return {
    organization: {
      name: tenant.initialDomain,
      displayName: tenant.displayName,
      guid: guidFrom(`organization:${tenant.id}`),
      customized: true
    },
    transport: { smtpClientAuthenticationDisabled: true },
    servicePrincipals: [],
    recipients: {}
  }
}

/** What is needed to make a recipient; the rest has Exchange's defaults (IMAP and POP on, SMTP AUTH as the organisation). */
export type NewRecipient = Pick<Recipient, 'address' | 'displayName'> & Partial<Recipient>

/** Adds a recipient, or replaces the one with the same primary address, and gives it back. */
export function addRecipient(exchange: ExchangeState, wanted: NewRecipient): Recipient {
  const key = wanted.address.toLowerCase()
  const recipient: Recipient = {
    otherAddresses: [],
    alias: wanted.address.split('@')[0] ?? wanted.address,
    userPrincipalName: wanted.address,
    type: 'UserMailbox',
    objectId: guidFrom(`entra:${key}`),
    guid: guidFrom(`recipient:${key}`),
    sid: securityIdentifier(`recipient:${key}`),
    imapEnabled: true,
    popEnabled: true,
    smtpClientAuthenticationDisabled: null,
    grants: [],
    sendAs: [],
    ...wanted
  }
  exchange.recipients[key] = recipient
  indexes.delete(exchange)
  return recipient
}

type Index = { bySid: ReadonlyMap<string, Recipient>; byName: ReadonlyMap<string, readonly Recipient[]> }
const indexes = new WeakMap<ExchangeState, Index>()

/** Everything that Exchange takes for this recipient, in lower case. */
function namesOf(recipient: Recipient): readonly string[] {
  const { address, otherAddresses, displayName, alias, userPrincipalName, objectId, guid, sid } = recipient
  const all = [address, ...otherAddresses, displayName, alias, userPrincipalName, objectId, guid, sid]
  return [...new Set(all.map(name => name.toLowerCase()))]
}

/** Recipients by SID and by name, made once until another is added: a script may ask ten thousand times. */
export function recipientIndex(exchange: ExchangeState): Index {
  const known = indexes.get(exchange)
  if (known) return known
  const all = Object.values(exchange.recipients)
  const byName = new Map<string, Recipient[]>()
  for (const recipient of all)
    for (const name of namesOf(recipient)) byName.set(name, [...(byName.get(name) ?? []), recipient])
  const index = { bySid: new Map(all.map(recipient => [recipient.sid, recipient])), byName }
  indexes.set(exchange, index)
  return index
}

/** Adds an application to Exchange without any check, as New-ServicePrincipal does once it has looked for duplicates. */
export function addServicePrincipal(
  exchange: ExchangeState,
  wanted: Pick<ExchangeServicePrincipal, 'appId' | 'objectId'> & { displayName?: string },
  now: Date
): ExchangeServicePrincipal {
  const guid = randomUUID()
  const principal = {
    appId: wanted.appId.toLowerCase(),
    objectId: wanted.objectId.toLowerCase(),
    displayName: wanted.displayName ?? '',
    sid: securityIdentifier(`service-principal:${guid}`),
    guid,
    createdAt: now.toISOString()
  }
  exchange.servicePrincipals.push(principal)
  return principal
}

/** Whether this SID has full access to the mailbox (a deny entry wins). */
export function hasFullAccess(recipient: Recipient, sid: string): boolean {
  const mine = recipient.grants.filter(grant => grant.sid === sid && grant.rights.includes('FullAccess'))
  return mine.some(grant => !grant.deny) && !mine.some(grant => grant.deny)
}

/** Whether an authenticated submission may be made: the mailbox's own switch wins over the organisation's.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox */
export function smtpSubmissionAllowed(exchange: ExchangeState, recipient: Recipient): boolean {
  return !(recipient.smtpClientAuthenticationDisabled ?? exchange.transport.smtpClientAuthenticationDisabled)
}
