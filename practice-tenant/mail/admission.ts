// Whether an app comes in: every gate between a token and a mailbox, in the order in which Exchange meets them.
// The rule it keeps: one gate that is shut is one answer, and nobody but the journal is told which it was.

import { findRecipients } from '../exchange/directory.ts'
import {
  type ExchangeServicePrincipal,
  type ExchangeState,
  hasFullAccess,
  type Recipient,
  smtpSubmissionAllowed
} from '../exchange/state.ts'
import { outlookResource } from '../identity/tokens.ts'
import type { Practice } from '../practice.ts'
import { findTenant, type State, type Tenant } from '../state.ts'
import type { Credentials } from './xoauth2.ts'

export type Protocol = 'imap' | 'pop' | 'smtp'

export type Gate =
  /** The SASL string cannot be read, or names no mechanism that is taken. */
  | 'sasl'
  /** Not signed by this cloud, or not an app's access token. */
  | 'token'
  | 'expiry'
  | 'audience'
  /** The token's tenant is unknown or without Exchange, or the mailbox is of another one. */
  | 'tenant'
  | 'role'
  | 'principal'
  | 'object-id'
  | 'mailbox'
  /** There is such a recipient, but it is a group, or its mailbox is elsewhere. */
  | 'recipient-type'
  | 'grant'
  /** IMAP or POP is off for the mailbox. */
  | 'protocol'
  | 'smtp-auth-mailbox'
  | 'smtp-auth-tenant'
  | 'security-defaults'
  | 'concurrency'
  | 'send-as'
  /** Everything is right, and not noticed yet. */
  | 'time'

/** Who is in: kept by name, since a reset may replace what stands behind it at any time. */
export type Visitor = { tenantId: string; mailbox: string; principal: { appId: string; objectId: string } }

export type Admission = { kind: 'in'; visitor: Visitor } | { kind: 'shut'; gate: Gate }

const roles: Readonly<Record<Protocol, string>> = {
  imap: 'IMAP.AccessAsApp',
  pop: 'POP.AccessAsApp',
  smtp: 'SMTP.SendAsApp'
}

const shut = (gate: Gate): Admission => ({ kind: 'shut', gate })

/** The recipient with this address or user principal name; a display name or an alias is none. */
export function findByAddress(exchange: ExchangeState, wanted: string): Recipient | undefined {
  const key = wanted.toLowerCase()
  return findRecipients(exchange, wanted).find(({ address, otherAddresses, userPrincipalName }) =>
    [address, ...otherAddresses, userPrincipalName].some(name => name.toLowerCase() === key)
  )
}

export function isMailbox({ type }: Recipient): boolean {
  return type === 'UserMailbox' || type === 'SharedMailbox'
}

function switchShut(protocol: Protocol, tenant: Tenant, exchange: ExchangeState, mailbox: Recipient): Gate | undefined {
  switch (protocol) {
    case 'imap':
      return mailbox.imapEnabled ? undefined : 'protocol'
    case 'pop':
      return mailbox.popEnabled ? undefined : 'protocol'
    case 'smtp':
      if (!smtpSubmissionAllowed(exchange, mailbox))
        return mailbox.smtpClientAuthenticationDisabled === null ? 'smtp-auth-tenant' : 'smtp-auth-mailbox'
      return tenant.securityDefaults ? 'security-defaults' : undefined
  }
}

type Principal = { kind: 'found'; principal: ExchangeServicePrincipal } | { kind: 'shut'; gate: Gate }

/** Exchange knows an application by both IDs; a right AppId with a wrong ObjectId is nobody. */
function principalOf(exchange: ExchangeState, appId: unknown, objectId: unknown): Principal {
  const sameApp = exchange.servicePrincipals.filter(one => one.appId === appId)
  const principal = sameApp.find(one => one.objectId === objectId)
  if (principal) return { kind: 'found', principal }
  return { kind: 'shut', gate: sameApp.length > 0 ? 'object-id' : 'principal' }
}

function missing(state: State, mailbox: string): Gate {
  const elsewhere = state.tenants.some(({ exchange }) => exchange && findByAddress(exchange, mailbox))
  return elsewhere ? 'tenant' : 'mailbox'
}

/** Walks the gates. A missing grant does not fail the login to SMTP: it shows when something is sent. */
export async function admit(practice: Practice, protocol: Protocol, given: Credentials): Promise<Admission> {
  const verified = await practice.signingKey.verify('access', given.token)
  if (!('claims' in verified)) return shut(verified.expired ? 'expiry' : 'token')
  const { aud, tid, roles: granted, appid, oid, idtyp } = verified.claims
  if (aud !== outlookResource) return shut('audience')
  if (idtyp !== 'app' || typeof tid !== 'string') return shut('token')
  const tenant = findTenant(practice.state, tid)
  if (!tenant?.exchange) return shut('tenant')
  const { exchange } = tenant
  if (!Array.isArray(granted) || !granted.includes(roles[protocol])) return shut('role')
  const known = principalOf(exchange, appid, oid)
  if (known.kind === 'shut') return known
  const mailbox = findByAddress(exchange, given.mailbox)
  if (!mailbox) return shut(missing(practice.state, given.mailbox))
  if (!isMailbox(mailbox)) return shut('recipient-type')
  if (protocol !== 'smtp' && !hasFullAccess(mailbox, known.principal.sid)) return shut('grant')
  const off = switchShut(protocol, tenant, exchange, mailbox)
  if (off) return shut(off)
  if (!hasNoticed(practice)) return shut('time')
  const { appId, objectId } = known.principal
  return { kind: 'in', visitor: { tenantId: tenant.id, mailbox: mailbox.address, principal: { appId, objectId } } }
}

/** Exchange remembers for a while how things stood before a change. */
function hasNoticed({ state, changed }: Practice): boolean {
  if (state.settings.mailDelayTries === 0) return true
  state.settings.mailDelayTries -= 1
  changed()
  return false
}

export type Place = { exchange: ExchangeState; mailbox: Recipient; sid: string | undefined }

/** What a visitor's names stand for now; undefined once the mailbox is gone. */
export function placeOf({ state }: Pick<Practice, 'state'>, visitor: Visitor): Place | undefined {
  const exchange = findTenant(state, visitor.tenantId)?.exchange
  const mailbox = exchange?.recipients[visitor.mailbox.toLowerCase()]
  if (!exchange || !mailbox || !isMailbox(mailbox)) return undefined
  const known = principalOf(exchange, visitor.principal.appId, visitor.principal.objectId)
  return { exchange, mailbox, sid: known.kind === 'found' ? known.principal.sid : undefined }
}
