// What must be true of a tenant after a walk, by itself and compared with before.
// The rule it keeps: exactly one of each that was wanted, and nothing of anybody else's touched.
import { isDeepStrictEqual } from 'node:util'
import { exchangeOnlineAppId, listedInPortalTag } from '../../lib/steps/directory.ts'
import { permissionFor } from '../../lib/steps/step.ts'
import type { Application, ServicePrincipal, Tenant } from '../../practice-tenant/state.ts'
import type { Memory } from './memory.ts'
import type { Start } from './subject.ts'
import { key } from './world.ts'

const secretOfOurs = /^Mail OAuth Wizard /

/** One application, one enterprise application, one grant a protocol, one secret of ours whose value was shown. */
export function complaintsAboutEnd(tenant: Tenant, memory: Memory, { subject }: Start): string[] {
  const ids = [...subject.before, ...subject.steps].map(step => step.id)
  const complaints: string[] = []
  const expect = (count: number, what: string, wanted = 1) => {
    if (count !== wanted) complaints.push(`there are ${count} ${what} and not ${wanted}`)
  }
  if (!ids.includes('register-the-application')) return complaints
  const adopted = (memory.answers['register-the-application'] as { clientId?: string } | undefined)?.clientId
  const ours = tenant.applications.filter(one =>
    adopted ? one.appId === adopted : one.uniqueName === key || one.tags.includes(key)
  )
  expect(ours.length, 'applications of this setup')
  const [application] = ours
  if (!application) return complaints
  const principals = tenant.servicePrincipals.filter(one => one.appId === application.appId)
  expect(principals.length, 'enterprise applications')
  expect(principals.filter(one => one.tags.includes(listedInPortalTag)).length, 'that the portal lists')

  const exchange = tenant.servicePrincipals.find(one => one.appId === exchangeOnlineAppId)
  for (const protocol of memory.protocols) {
    const role = exchange?.appRoles.find(one => one.value === permissionFor[protocol])
    const asked = application.requiredResourceAccess
      .filter(one => one.resourceAppId === exchangeOnlineAppId)
      .flatMap(one => one.resourceAccess.filter(access => access.id === role?.id))
    if (ids.includes('add-permissions')) expect(asked.length, `requests for ${permissionFor[protocol]}`)
    const grants = tenant.appRoleAssignments.filter(
      one => one.appRoleId === role?.id && one.principalId === principals[0]?.id && one.resourceId === exchange?.id
    )
    if (ids.includes('grant-consent')) expect(grants.length, `grants of ${permissionFor[protocol]}`)
  }
  if (ids.includes('create-a-secret')) complaints.push(...complaintsAboutSecret(application, memory))
  return complaints
}

function complaintsAboutSecret(application: Application, memory: Memory): string[] {
  if (memory.secrets.some(one => one.stored && one.keyId === undefined)) return []
  const secrets = application.passwordCredentials.filter(
    one => secretOfOurs.test(one.displayName ?? '') && Date.parse(one.endDateTime) > Date.now()
  )
  const [secret] = secrets
  if (!secret || secrets.length > 1) return [`there are ${secrets.length} secrets of this setup and not 1`]
  if (!memory.shown.includes(secret.keyId)) return ['the value of the secret was never shown']
  const known = memory.secrets.find(one => one.keyId === secret.keyId)
  return known?.stored ? [] : ['nobody was asked whether the secret is stored']
}

const has = <T>(all: readonly T[], some: readonly T[]) =>
  some.every(one => all.some(other => isDeepStrictEqual(one, other)))

/** What was there before is there still: more may be added to what is ours, nothing is taken away, and what is foreign
 *  is as it was. */
export function complaintsAboutLoss(before: Tenant, after: Tenant, { memory }: Start): string[] {
  const complaints: string[] = []
  for (const old of before.applications) {
    const now = after.applications.find(one => one.id === old.id)
    if (!now || !containsApplication(now, withoutLostSecrets(old, memory)))
      complaints.push(`the application ${old.displayName} lost something`)
  }
  for (const old of before.servicePrincipals) {
    const now = after.servicePrincipals.find(one => one.id === old.id)
    if (!now || !containsPrincipal(now, old))
      complaints.push(`the enterprise application ${old.displayName} lost something`)
  }
  if (!has(after.appRoleAssignments, before.appRoleAssignments)) complaints.push('a grant was taken away')
  const foreign = (tenant: Tenant) => [tenant.people, tenant.groups, tenant.consents, tenant.exchange]
  if (!isDeepStrictEqual(foreign(before), foreign(after)))
    complaints.push('something was touched that is no application')
  return complaints
}

/** A secret whose value reached nobody is the one thing that the wizard takes away. */
function withoutLostSecrets(old: Application, memory: Memory): Application {
  const lost = memory.secrets.filter(one => one.keyId === undefined && !one.stored).map(one => one.name)
  const kept = old.passwordCredentials.filter(one => !lost.includes(one.displayName ?? ''))
  return { ...old, passwordCredentials: kept }
}

function containsApplication(now: Application, old: Application): boolean {
  const { tags, requiredResourceAccess, passwordCredentials, ...rest } = old
  const access = (one: Application) =>
    one.requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
      resourceAccess.map(each => ({ resourceAppId, ...each }))
    )
  const { tags: _t, requiredResourceAccess: _r, passwordCredentials: _p, ...restNow } = now
  return (
    has(now.tags, tags) &&
    has(access(now), access(old)) &&
    has(now.passwordCredentials, passwordCredentials) &&
    isDeepStrictEqual(restNow, rest)
  )
}

function containsPrincipal(now: ServicePrincipal, old: ServicePrincipal): boolean {
  const { tags, ...rest } = old
  const { tags: tagsNow, ...restNow } = now
  return has(tagsNow, tags) && isDeepStrictEqual(restNow, rest)
}
