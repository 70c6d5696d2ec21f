// How the steps read the tenant's directory: the application, its enterprise application, Exchange Online's roles.
// The rule it keeps: never by display name, and the same path for the same thing, so that one look reads it once.
import type { GraphPath, Problem, Protocol, Setup, TenantReader } from './step.ts'
import { permissionFor } from './step.ts'

/** https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2 */
export const exchangeOnlineAppId = '00000002-0000-0ff1-ce00-000000000000'

/** Microsoft Graph, and Microsoft Graph Command Line Tools.
 *  https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
export const graphAppId = '00000003-0000-0000-c000-000000000000'
export const commandLineToolsAppId = '14d82eec-204b-4c2f-b7e8-296a70dab67e'

/** Without this tag the portal's list of enterprise applications hides a service principal.
 *  https://github.com/KelvinTegelaar/CIPP/issues/5796 */
export const listedInPortalTag = 'WindowsAzureActiveDirectoryIntegratedApp'

export const productTag = 'mail-oauth-wizard'

/** The alternate key of the application that a setup makes, and its second tag. */
export const keyOf = (setup: Pick<Setup, 'id'>) => `${productTag}-${setup.id}`

export type ResourceAccess = {
  resourceAppId: string
  resourceAccess: readonly { id: string; type: 'Role' | 'Scope' }[]
}

export type Application = {
  id: string
  appId: string
  displayName: string
  tags: readonly string[]
  requiredResourceAccess: readonly ResourceAccess[]
  passwordCredentials: readonly {
    keyId: string
    displayName: string | null
    hint: string | null
    endDateTime: string
  }[]
  /** Undefined where they were not asked for. */
  keyCredentials?: readonly KeyCredential[]
}

/** A certificate: its public half. Only one for `Verify` proves an application's sign-in; others encrypt or sign tokens. */
export type KeyCredential = { keyId: string; usage: string | null; endDateTime: string | null }

export type EnterpriseApplication = {
  id: string
  appId: string
  displayName: string
  accountEnabled: boolean
  appOwnerOrganizationId: string | null
  tags: readonly string[]
}

export type Assignment = { id: string; appRoleId: string; resourceId: string }

export type AppRole = { id: string; value: string | null; isEnabled: boolean; allowedMemberTypes: readonly string[] }
export type ExchangeOnline = {
  id: string
  appId: string
  accountEnabled: boolean
  /** The tenant of this cloud that Microsoft's own applications live in. */
  appOwnerOrganizationId: string | null
  appRoles: readonly AppRole[]
}

const applicationMembers = '$select=id,appId,displayName,tags,requiredResourceAccess,passwordCredentials'
const enterpriseMembers = '$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId,tags'

/** What is read of an application besides the usual. Certificates only where they count: Microsoft answers 150 such reads a
 *  minute for a whole tenant. */
export type Besides = { certificates: boolean }

const membersWith = (besides?: Besides) =>
  besides?.certificates ? `${applicationMembers},keyCredentials` : applicationMembers

/** The application with a client ID. https://learn.microsoft.com/graph/api/application-get */
export function readApplicationByClientId(tenant: TenantReader, appId: string, besides?: Besides) {
  return tenant.read<Application>(`/applications(appId='${appId}')?${membersWith(besides)}`)
}

/** The application that this setup made, by its alternate key, or by its tag where there is no upsert.
 *  https://learn.microsoft.com/graph/api/application-upsert */
export async function readOwnApplication(
  tenant: TenantReader,
  setup: Setup,
  besides?: Besides
): Promise<Application | undefined> {
  if (setup.findsBy === 'uniqueName')
    return tenant.read<Application>(`/applications(uniqueName='${keyOf(setup)}')?${membersWith(besides)}`)
  const filter = encodeURIComponent(`tags/any(t:t eq '${keyOf(setup)}')`)
  const [first] = await tenant.list<Application>(`/applications?$filter=${filter}&${membersWith(besides)}`)
  return first
}

/** The application that this setup made and somebody deleted less than 30 days ago, by its tag.
 *  https://learn.microsoft.com/graph/api/directory-deleteditems-list */
export async function readOwnDeleted(tenant: TenantReader, setup: Setup) {
  const path = '/directory/deletedItems/microsoft.graph.application?$select=id,displayName,tags'
  const deleted = await tenant.list<Pick<Application, 'id' | 'displayName' | 'tags'>>(path)
  return deleted.find(application => application.tags.includes(keyOf(setup)))
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-get */
export function readEnterpriseApplication(tenant: TenantReader, appId: string) {
  return tenant.read<EnterpriseApplication>(`/servicePrincipals(appId='${appId}')?${enterpriseMembers}`)
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments */
export function listAssignments(tenant: TenantReader, appId: string) {
  const path: GraphPath = `/servicePrincipals(appId='${appId}')/appRoleAssignments`
  return tenant.list<Assignment>(path)
}

export function readExchangeOnline(tenant: TenantReader) {
  return tenant.read<ExchangeOnline>(
    `/servicePrincipals(appId='${exchangeOnlineAppId}')?$select=id,appId,accountEnabled,appOwnerOrganizationId,appRoles`
  )
}

export type MailRole = { protocol: Protocol; value: string; id: string }

/** The role of each protocol, by name, from the tenant's own Exchange Online.
 *  Role IDs differ between clouds, so none is written down here. */
export function mailRoles(exchange: ExchangeOnline, protocols: readonly Protocol[]): MailRole[] | Problem {
  const roles: MailRole[] = []
  for (const protocol of protocols) {
    const value = permissionFor[protocol]
    const matches = exchange.appRoles.filter(
      role => role.value === value && role.isEnabled && role.allowedMemberTypes.includes('Application')
    )
    const [match] = matches
    if (!match || matches.length > 1) return roleNotOffered(value, matches.length)
    roles.push({ protocol, value, id: match.id })
  }
  return roles
}

function roleNotOffered(value: string, count: number): Problem {
  return {
    id: 'role-id-not-on-resource',
    title: `Exchange Online does not offer ${value} here`,
    happened: `Office 365 Exchange Online in this tenant lists ${count} enabled application permissions named ${value}; exactly one was expected.`,
    todo: [
      'Check that the tenant has an Exchange Online subscription and that the cloud of this setup is right.',
      'Ask Microsoft support why the permission is missing, and give them the name above.'
    ]
  }
}

/** https://learn.microsoft.com/entra/identity/enterprise-apps/create-service-principal-cross-tenant */
export const noExchange: Problem = {
  id: 'exchange-resource-missing',
  title: 'Exchange Online does not show in this tenant',
  happened:
    'The directory of this tenant holds no service principal for Office 365 Exchange Online. Its permissions cannot be granted without one. Most often the tenant has no Exchange Online; in a tenant that has never used it, only the service principal may be missing.',
  todo: [
    'Check that you signed in to the tenant that holds the mailboxes.',
    'If there is no licence with Exchange Online yet, assign one, wait until Microsoft has set it up, and look again.',
    'If the mailboxes are there, create the service principal: in Microsoft Graph PowerShell run New-MgServicePrincipal -AppId 00000002-0000-0ff1-ce00-000000000000, then look again.'
  ]
}

export const applicationGone: Problem = {
  id: 'application-gone',
  mayBeCopying: true,
  title: 'The application is not in this tenant any more',
  happened: 'Microsoft Graph does not find the application that the step before has found.',
  todo: ['Go back to Register the application and look again. If it was just made, Microsoft may still be copying it.']
}
