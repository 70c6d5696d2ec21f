// Who may consent to which delegated permission, and remembering that somebody did.
// The rule it keeps: consent of the whole organisation counts for everybody; a person's own for that person.

import { fixedId, newId } from '../practice.ts'
import { graphAppId, hasRole, type Person, roleTemplates, type ServicePrincipal, type Tenant } from '../state.ts'
import type { Client } from './clients.ts'
import type { GraphScope } from './scopes.ts'

/** https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent */
export function mayConsentForAll(person: Person): boolean {
  const { globalAdministrator, privilegedRoleAdministrator, applicationAdministrator, cloudApplicationAdministrator } =
    roleTemplates
  return hasRole(
    person,
    globalAdministrator,
    privilegedRoleAdministrator,
    applicationAdministrator,
    cloudApplicationAdministrator
  )
}

/** The asked permissions that nobody has consented to for this person. */
export function notConsented(
  tenant: Tenant,
  person: Person,
  appId: string,
  asked: readonly GraphScope[]
): GraphScope[] {
  const given = tenant.consents
    .filter(one => one.appId === appId && (one.personId === null || one.personId === person.id))
    .flatMap(one => one.scopes)
  return asked.filter(({ value }) => !given.includes(value))
}

/** All that was consented to for this person: what `/.default` asks for. */
export function consentedScopes(tenant: Tenant, person: Person, appId: string): string[] {
  const mine = tenant.consents.filter(one => one.personId === null || one.personId === person.id)
  return [...new Set(mine.filter(one => one.appId === appId).flatMap(one => one.scopes))]
}

/** Remembers consent; the client's enterprise application appears in the tenant, as at Microsoft. */
export function remember(tenant: Tenant, client: Client, scopes: readonly string[], personId: string | null): void {
  const same = tenant.consents.find(one => one.appId === client.appId && one.personId === personId)
  if (same) same.scopes = [...new Set([...same.scopes, ...scopes])]
  else tenant.consents.push({ appId: client.appId, resourceAppId: graphAppId, scopes: [...scopes], personId })
  ensurePrincipal(tenant, client)
}

export function ensurePrincipal(tenant: Tenant, client: Client): void {
  if (tenant.servicePrincipals.some(one => one.appId === client.appId)) return
  tenant.servicePrincipals.push(
    emptyPrincipal({
      id: newId(),
      appId: client.appId,
      displayName: client.displayName,
      appOwnerOrganizationId: client.homeTenantId,
      signInAudience: client.multiTenant ? 'AzureADMultipleOrgs' : 'AzureADMyOrg'
    })
  )
}

/** A service principal with every member that Graph shows, most of them empty. */
export function emptyPrincipal(
  wanted: Pick<ServicePrincipal, 'id' | 'appId' | 'displayName' | 'appOwnerOrganizationId' | 'signInAudience'> &
    Partial<ServicePrincipal>
): ServicePrincipal {
  return {
    appDisplayName: wanted.displayName,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [wanted.appId],
    tags: [],
    notes: null,
    appRoles: [],
    oauth2PermissionScopes: [],
    createdDateTime: new Date().toISOString(),
    deletedDateTime: null,
    ...wanted
  }
}

/** The object ID of a role in a tenant. */
export function directoryRoleId(tenant: Tenant, template: string): string {
  return fixedId(`directory role ${template} of ${tenant.id}`)
}
