// One call of Graph as its handlers see it, and who is calling. The rule it keeps: the token's scopes and the roles in
// it decide, and a role that was taken away since counts no more.

import type { View } from '../copies.ts'
import type { Practice } from '../practice.ts'
import { type Person, roleTemplates, type Tenant } from '../state.ts'
import { claimsChallenge, denied, invalidToken } from './refusal.ts'

export type Caller = {
  tenant: Tenant
  /** undefined: an application by itself. */
  person: Person | undefined
  /** Delegated scopes, or an application's roles. */
  scopes: readonly string[]
  /** Role template IDs that are both in the token and still held. */
  roles: readonly string[]
}

export type Call = {
  practice: Practice
  tenant: Tenant
  caller: Caller
  view: View
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  /** The parsed body; undefined when there is none. */
  body: unknown
  params: Readonly<Record<string, string | undefined>>
}

export type Answer = { status: number; body?: object; headers?: Readonly<Record<string, string>> }

const words = (value: unknown) => (typeof value === 'string' ? value.split(' ') : [])
const texts = (value: unknown) => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : [])

/** Reads the bearer token; throws Graph's refusal where it is not good. */
export async function readCaller(practice: Practice, authorization: string | undefined): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw invalidToken('Access token is empty.')
  const read = await practice.signingKey.verify('access', token)
  if (!('claims' in read)) {
    throw invalidToken(
      read.expired ? 'Lifetime validation failed, the token is expired.' : 'Access token validation failure.'
    )
  }
  const { claims } = read
  if (claims.aud !== practice.addresses.https) {
    throw invalidToken('Access token validation failure. Invalid audience.')
  }
  const tenant = practice.state.tenants.find(({ id }) => id === claims.tid)
  if (!tenant) throw invalidToken('The identity of the calling application could not be established.')
  if (claims.idtyp === 'app') return { tenant, person: undefined, scopes: texts(claims.roles), roles: [] }
  const person = tenant.people.find(({ id }) => id === claims.oid)
  if (!person?.accountEnabled) throw invalidToken('The user account is disabled or does not exist.')
  if (Number(claims.issuedAtMs) < (person.tokensValidFromMs ?? 0)) {
    if (texts(claims.xms_cc).includes('CP1')) throw claimsChallenge(practice.addresses.https)
    throw invalidToken('Access token has been revoked.')
  }
  const context = person.authenticationContext
  if (context && !texts(claims.acrs).includes(context))
    throw claimsChallenge(practice.addresses.https, { acrs: { essential: true, value: context } })
  const roles = texts(claims.wids).filter(template => person.roles.includes(template))
  return { tenant, person, scopes: words(claims.scp), roles }
}

/** Throws 403 unless the token carries one of these permissions. */
export function requireScope({ caller }: Call, ...anyOf: readonly string[]): void {
  if (!anyOf.some(scope => caller.scopes.includes(scope))) throw denied()
}

const { globalAdministrator, applicationAdministrator, cloudApplicationAdministrator } = roleTemplates

export const applicationAdmins: readonly string[] = [
  globalAdministrator,
  applicationAdministrator,
  cloudApplicationAdministrator
]

export function callerHas({ caller }: Call, templates: readonly string[]): boolean {
  return caller.person === undefined || templates.some(template => caller.roles.includes(template))
}

/** Who may create an application: https://learn.microsoft.com/graph/api/application-upsert */
export function mayRegister(call: Call): boolean {
  const { tenant, caller } = call
  const isMember = caller.person?.userType === 'Member'
  const ordinary = tenant.ordinaryMembersMayRegisterApplications && isMember
  return ordinary || callerHas(call, [...applicationAdmins, roleTemplates.applicationDeveloper])
}

/** An administrator of applications, or an owner of this one. */
export function mayManage(call: Call, owners: readonly string[]): boolean {
  const { person } = call.caller
  return callerHas(call, applicationAdmins) || (person !== undefined && owners.includes(person.id))
}
