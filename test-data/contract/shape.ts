// What a tenant holds, without what differs from one walk to the next: IDs, times, attempt numbers, order.
// The rule it keeps: two walks have done the same exactly when their shapes are equal.
import type { Application, ServicePrincipal, Tenant } from '../../practice-tenant/state.ts'

export type Shape = {
  applications: readonly unknown[]
  deletedApplications: readonly unknown[]
  servicePrincipals: readonly unknown[]
  deletedServicePrincipals: readonly unknown[]
  grants: readonly string[]
  rest: unknown
}

const attempt = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

const sorted = <T>(list: readonly T[]): T[] =>
  list
    .map(each => ({ each, text: JSON.stringify(each) }))
    .sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0))
    .map(({ each }) => each)

function shapeOfApplication(application: Application): unknown {
  const { id: _, appId: _a, createdDateTime: _c, deletedDateTime, passwordCredentials, ...rest } = application
  const resources = application.requiredResourceAccess.map(resource => ({
    resourceAppId: resource.resourceAppId,
    resourceAccess: sorted(resource.resourceAccess)
  }))
  return {
    ...rest,
    tags: sorted(application.tags),
    requiredResourceAccess: sorted(resources),
    deleted: deletedDateTime !== null,
    secrets: sorted(passwordCredentials.map(({ displayName }) => displayName?.replace(attempt, 'attempt')))
  }
}

function shapeOfPrincipal(principal: ServicePrincipal): unknown {
  const { id: _, appId, createdDateTime: _c, deletedDateTime, servicePrincipalNames, ...rest } = principal
  return {
    ...rest,
    tags: sorted(principal.tags),
    names: sorted(servicePrincipalNames.filter(name => name !== appId)),
    deleted: deletedDateTime !== null
  }
}

/** The shape of a tenant; Exchange and its people are compared as they are, since no Entra step touches them. */
export function shapeOf(tenant: Tenant): Shape {
  const everybody = [...tenant.servicePrincipals, ...tenant.deletedServicePrincipals]
  const nameOf = (id: string) => everybody.find(principal => principal.id === id)?.displayName ?? 'nobody'
  const roleOf = (resourceId: string, roleId: string) =>
    everybody.find(principal => principal.id === resourceId)?.appRoles.find(role => role.id === roleId)?.value
  const { applications, deletedApplications, servicePrincipals, deletedServicePrincipals, appRoleAssignments } = tenant
  return {
    applications: sorted(applications.map(shapeOfApplication)),
    deletedApplications: sorted(deletedApplications.map(shapeOfApplication)),
    servicePrincipals: sorted(servicePrincipals.map(shapeOfPrincipal)),
    deletedServicePrincipals: sorted(deletedServicePrincipals.map(shapeOfPrincipal)),
    grants: sorted(
      appRoleAssignments.map(
        one => `${nameOf(one.principalId)} -> ${nameOf(one.resourceId)} ${roleOf(one.resourceId, one.appRoleId)}`
      )
    ),
    rest: { people: tenant.people, groups: tenant.groups, consents: tenant.consents, policy: tenant.secretPolicy }
  }
}
