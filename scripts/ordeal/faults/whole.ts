// A whole tenant as text, without what differs from one walk to the next: random IDs, times, the setup's own key, order.
// The rule it keeps: what is left out is named here, one by one; everything else that a tenant holds is compared.
import type { PasswordCredential, Tenant } from '../../../practice-tenant/state.ts'

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g
const dayMs = 24 * 60 * 60 * 1000

/** A time of the walk, a random name, or what is computed from a random value. */
const leftOut = ['createdDateTime', 'secretHash', 'hint', 'keyId', 'tokensValidFromMs', 'authenticationContext']

/** Two walks have left the same exactly when these are equal. */
export function wholeOf(tenant: Tenant): string {
  const names = namesIn(tenant)
  const known = (text: string) =>
    text
      .replace(/^(Mail OAuth Wizard ).*$/, '$1attempt')
      .replace(/mail-oauth-wizard-[0-9a-f-]{36}/g, 'the key')
      .replace(guid, id => names.get(id) ?? id)
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return known(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return sorted(value.map(plain))
    const members = Object.entries(isSecret(value) ? lived(value) : value).filter(([name]) => !isRandom(name, value))
    return Object.fromEntries(members.map(([name, member]) => [known(name), deletedOr(name, member) ?? plain(member)]))
  }
  return JSON.stringify(plain(tenant), undefined, 1)
}

/** Objects that a walk makes have random IDs; here they are called by what they are. */
function namesIn(tenant: Tenant): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { id, appId, displayName } of [...tenant.applications, ...tenant.deletedApplications])
    names.set(id, `the application ${displayName}`).set(appId, `the client ${displayName}`)
  for (const { id, displayName } of [...tenant.servicePrincipals, ...tenant.deletedServicePrincipals])
    names.set(id, `the enterprise application ${displayName}`)
  return names
}

const isSecret = (value: object): value is PasswordCredential => 'secretHash' in value && 'endDateTime' in value

/** How many days a secret lives, in place of from when to when. */
function lived({ startDateTime, endDateTime, ...rest }: PasswordCredential) {
  return { ...rest, days: Math.round((Date.parse(endDateTime) - Date.parse(startDateTime)) / dayMs) }
}

const isRandom = (name: string, of: object) =>
  leftOut.includes(name) || (name === 'id' && 'appRoleId' in of && 'principalId' in of)

/** That something is deleted counts, not when. */
const deletedOr = (name: string, member: unknown) =>
  name === 'deletedDateTime' ? (member === null ? 'not deleted' : 'deleted') : undefined

const sorted = (list: readonly unknown[]) =>
  [...list].sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)))

/** The first lines that only one of two wholes has, for a sentence. */
export function difference(wanted: string, found: string): string {
  const lines = (text: string) => text.split('\n').map(line => line.trim())
  const [left, right] = [lines(wanted), lines(found)]
  const more = right.filter(line => !left.includes(line))
  const less = left.filter(line => !right.includes(line))
  const say = (some: readonly string[]) => some.slice(0, 4).join(' ')
  return `more: ${say(more) || 'only repeated'}; less: ${say(less) || 'nothing'}`
}
