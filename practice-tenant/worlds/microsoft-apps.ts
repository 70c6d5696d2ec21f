// Microsoft's own applications as each practice tenant holds them: Exchange Online and Microsoft Graph.
// The rule it keeps: role IDs differ from the global cloud's and from tenant to tenant, so that a hard-coded one fails.

import { scopesOfGraph } from '../identity/scopes.ts'
import { fixedId } from '../practice.ts'
import { type AppRole, exchangeAppId, graphAppId, type ServicePrincipal, type Tenant } from '../state.ts'

/** The tenant that Microsoft's own applications live in; not one of ours. */
export const microsoftTenantId = fixedId('tenant of the maker of this cloud')

const exchangeRoles: readonly [value: string, displayName: string][] = [
  ['IMAP.AccessAsApp', 'IMAP.AccessAsApp'],
  ['POP.AccessAsApp', 'POP.AccessAsApp'],
  ['SMTP.SendAsApp', 'Application access for sending emails via SMTP AUTH'],
  ['full_access_as_app', 'Use Exchange Web Services with full access to all mailboxes'],
  ['Exchange.ManageAsApp', 'Manage Exchange As Application']
]

const graphRoles: readonly [value: string, displayName: string][] = [
  ['Application.ReadWrite.All', 'Read and write all applications'],
  ['Directory.Read.All', 'Read directory data'],
  ['Mail.Send', 'Send mail as any user'],
  ['User.Read.All', "Read all users' full profiles"]
]

function appRoles(tenant: Tenant, resource: string, roles: typeof exchangeRoles): AppRole[] {
  return roles.map(([value, displayName]) => ({
    id: fixedId(`role ${resource} ${value} of ${tenant.id}`),
    value,
    displayName,
    description: displayName,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
    origin: 'Application'
  }))
}

function microsoftApp(tenant: Tenant, appId: string, displayName: string, names: string[]): ServicePrincipal {
  return {
    id: fixedId(`service principal ${appId} of ${tenant.id}`),
    appId,
    displayName,
    appDisplayName: displayName,
    appOwnerOrganizationId: microsoftTenantId,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId, ...names],
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
    notes: null,
    appRoles: [],
    oauth2PermissionScopes: [],
    createdDateTime: '2021-03-01T09:00:00Z',
    deletedDateTime: null
  }
}

export function exchangePrincipal(tenant: Tenant): ServicePrincipal {
  const names = ['https://outlook.practice.example']
  const principal = microsoftApp(tenant, exchangeAppId, 'Office 365 Exchange Online', names)
  return { ...principal, appRoles: appRoles(tenant, 'exchange', exchangeRoles) }
}

export function graphPrincipal(tenant: Tenant): ServicePrincipal {
  const principal = microsoftApp(tenant, graphAppId, 'Microsoft Graph', [])
  const scopes = Object.values(scopesOfGraph).map(({ value, admin, title }) => ({
    id: fixedId(`scope graph ${value} of ${tenant.id}`),
    value,
    adminConsentDisplayName: title,
    isEnabled: true,
    type: admin ? ('Admin' as const) : ('User' as const)
  }))
  return { ...principal, appRoles: appRoles(tenant, 'graph', graphRoles), oauth2PermissionScopes: scopes }
}
