// Applications put straight into a tenant, so that a test can begin in the middle. The rule it keeps: what is seeded
// is what Graph would have made, and is seen at once whatever the copy delay.

import { randomBytes } from 'node:crypto'
import { newCredential, newSecretText } from '../graph/passwords.ts'
import { emptyPrincipal } from '../identity/consent.ts'
import { newId } from '../practice.ts'
import { type Application, exchangeAppId, type KeyCredential, type ServicePrincipal, type Tenant } from '../state.ts'
import { emptyApplication } from './seed.ts'

export type Seeded = {
  displayName: string
  uniqueName?: string | undefined
  tags?: string[] | undefined
  appId?: string | undefined
  notes?: string | undefined
  signInAudience?: string | undefined
  redirectUris?: string[] | undefined
  publicRedirectUris?: string[] | undefined
  /** Values of Exchange's app roles declared on the application. */
  permissions?: string[] | undefined
  servicePrincipal?: boolean | { tags?: string[] | undefined; displayName?: string | undefined } | undefined
  /** Values of Exchange's app roles granted to the service principal. */
  grants?: string[] | undefined
  secrets?: { displayName?: string | undefined; days?: number | undefined }[] | undefined
  /** Certificates, of which the practice tenant keeps no bytes. */
  certificates?: { displayName?: string | undefined; days?: number | undefined }[] | undefined
  /** Object IDs of people. */
  owners?: string[] | undefined
  /** Soft-deleted already. */
  deleted?: boolean | undefined
}

export type SeededIds = {
  appId: string
  applicationId: string
  servicePrincipalId: string | undefined
  grantIds: string[]
  secrets: { keyId: string; secretText: string }[]
}

const dayMs = 24 * 3600 * 1000
const enterpriseTag = 'WindowsAzureActiveDirectoryIntegratedApp'

function requireExchange(tenant: Tenant): ServicePrincipal {
  const exchange = tenant.servicePrincipals.find(({ appId }) => appId === exchangeAppId)
  if (!exchange) throw new Error(`${tenant.displayName} has no Exchange Online.`)
  return exchange
}

function roleIds(tenant: Tenant, values: readonly string[]): string[] {
  const { appRoles } = requireExchange(tenant)
  return values.map(value => {
    const role = appRoles.find(one => one.value === value)
    if (!role) throw new Error(`Exchange Online has no role ${value}.`)
    return role.id
  })
}

function lifeOf(days: number) {
  const now = Date.now()
  // An expired one has begun a year ago.
  const startDateTime = new Date(days > 0 ? now : now - 365 * dayMs).toISOString()
  return { startDateTime, endDateTime: new Date(now + days * dayMs).toISOString() }
}

function seedCertificates(wanted: NonNullable<Seeded['certificates']>): KeyCredential[] {
  return wanted.map(({ displayName = null, days = 180 }) => ({
    customKeyIdentifier: randomBytes(20).toString('base64url'),
    displayName,
    key: null,
    keyId: newId(),
    ...lifeOf(days),
    type: 'AsymmetricX509Cert',
    usage: 'Verify'
  }))
}

function seedSecrets(application: Application, wanted: NonNullable<Seeded['secrets']>): SeededIds['secrets'] {
  return wanted.map(({ displayName = null, days = 180 }) => {
    const secretText = newSecretText()
    const { startDateTime, endDateTime } = lifeOf(days)
    const credential = newCredential(secretText, { displayName, startDateTime, endDateTime })
    application.passwordCredentials.push(credential)
    return { keyId: credential.keyId, secretText }
  })
}

function seedGrants(tenant: Tenant, principal: ServicePrincipal, values: readonly string[]): string[] {
  const resource = requireExchange(tenant)
  return roleIds(tenant, values).map(appRoleId => {
    const id = randomBytes(32).toString('base64url')
    tenant.appRoleAssignments.push({
      id,
      appRoleId,
      createdDateTime: new Date().toISOString(),
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      resourceId: resource.id
    })
    return id
  })
}

/** Makes the application and what belongs to it. The caller says that the state has changed. */
export function seedApplication(tenant: Tenant, wanted: Seeded): SeededIds {
  const { displayName, servicePrincipal = false, grants = [], permissions = [] } = wanted
  const application = emptyApplication(tenant, {
    id: newId(),
    appId: wanted.appId?.toLowerCase() ?? newId(),
    displayName,
    uniqueName: wanted.uniqueName ?? null,
    tags: wanted.tags ?? [],
    notes: wanted.notes ?? null,
    signInAudience: wanted.signInAudience ?? 'AzureADMyOrg',
    owners: wanted.owners ?? [],
    deletedDateTime: wanted.deleted ? new Date().toISOString() : null
  })
  application.web.redirectUris = wanted.redirectUris ?? []
  application.publicClient.redirectUris = wanted.publicRedirectUris ?? []
  if (permissions.length > 0) {
    const resourceAccess = roleIds(tenant, permissions).map(id => ({ id, type: 'Role' as const }))
    application.requiredResourceAccess = [{ resourceAppId: exchangeAppId, resourceAccess }]
  }
  application.keyCredentials = seedCertificates(wanted.certificates ?? [])
  const secrets = seedSecrets(application, wanted.secrets ?? [])
  ;(wanted.deleted ? tenant.deletedApplications : tenant.applications).push(application)

  const ids = { appId: application.appId, applicationId: application.id, secrets }
  if (servicePrincipal === false) return { ...ids, servicePrincipalId: undefined, grantIds: [] }
  const options = servicePrincipal === true ? {} : servicePrincipal
  const principal = emptyPrincipal({
    id: newId(),
    appId: application.appId,
    displayName: options.displayName ?? displayName,
    appDisplayName: displayName,
    appOwnerOrganizationId: tenant.id,
    signInAudience: application.signInAudience,
    tags: options.tags ?? [enterpriseTag],
    deletedDateTime: application.deletedDateTime
  })
  ;(wanted.deleted ? tenant.deletedServicePrincipals : tenant.servicePrincipals).push(principal)
  return { ...ids, servicePrincipalId: principal.id, grantIds: seedGrants(tenant, principal, grants) }
}
