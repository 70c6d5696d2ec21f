// What the practice tenant holds: the directory of each tenant, its Exchange, and the pretend cloud's own settings.
// The rule it keeps: every module reads and changes this one object, and calls `store.changed()` after a change.

import type { ExchangeState } from './exchange/state.ts'

/** Entra role templates. facts: CIPP `Get-CippDbRole.ps1`, `Push-ExecOnboardTenantQueue.ps1`. */
export const roleTemplates = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  applicationDeveloper: 'cf1c38e5-3621-4004-a7cb-879624dced7c',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'
} as const

export const roleNames: Readonly<Record<string, string>> = {
  [roleTemplates.globalAdministrator]: 'Global Administrator',
  [roleTemplates.privilegedRoleAdministrator]: 'Privileged Role Administrator',
  [roleTemplates.applicationAdministrator]: 'Application Administrator',
  [roleTemplates.cloudApplicationAdministrator]: 'Cloud Application Administrator',
  [roleTemplates.applicationDeveloper]: 'Application Developer',
  [roleTemplates.exchangeAdministrator]: 'Exchange Administrator',
  [roleTemplates.globalReader]: 'Global Reader'
}

export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000'
export const graphAppId = '00000003-0000-0000-c000-000000000000'
export const commandLineToolsAppId = '14d82eec-204b-4c2f-b7e8-296a70dab67e'

/** A user object of one tenant. A guest has an object ID of its own here and another at home. */
export type Person = {
  id: string
  displayName: string
  givenName: string
  surname: string
  userPrincipalName: string
  /** null where the person has no mailbox or mail address. */
  mail: string | null
  accountEnabled: boolean
  userType: 'Member' | 'Guest'
  jobTitle: string | null
  /** Role template IDs held tenant-wide in this tenant. */
  roles: string[]
  /** Where a guest is at home. */
  home?: { tenantId: string; id: string }
  /** Tokens issued before this moment are revoked. */
  tokensValidFromMs?: number
  /** The authentication context that Graph wants in this person's tokens (`acrs`); unset or null: none.
   *  https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context */
  authenticationContext?: string | null
  /** Offered on the sign-in page. */
  signsIn: boolean
}

export type Group = { id: string; displayName: string; mail: string }

export type PasswordCredential = {
  customKeyIdentifier: string | null
  displayName: string | null
  hint: string
  keyId: string
  startDateTime: string
  endDateTime: string
  /** SHA-256 of the secret in base64url; the secret itself is kept nowhere. */
  secretHash: string
}

/** The public half of a certificate. https://learn.microsoft.com/graph/api/resources/keycredential */
export type KeyCredential = {
  customKeyIdentifier: string | null
  displayName: string | null
  key: null
  keyId: string
  startDateTime: string
  endDateTime: string
  type: 'AsymmetricX509Cert'
  usage: 'Verify' | 'Encrypt'
}

export type RequiredResource = { resourceAppId: string; resourceAccess: { id: string; type: 'Role' | 'Scope' }[] }

export type Application = {
  id: string
  appId: string
  displayName: string
  uniqueName: string | null
  signInAudience: string
  tags: string[]
  notes: string | null
  description: string | null
  identifierUris: string[]
  publisherDomain: string
  serviceManagementReference: string | null
  requiredResourceAccess: RequiredResource[]
  web: { redirectUris: string[]; homePageUrl: string | null; logoutUrl: string | null }
  publicClient: { redirectUris: string[] }
  spa: { redirectUris: string[] }
  passwordCredentials: PasswordCredential[]
  keyCredentials: KeyCredential[]
  createdDateTime: string
  deletedDateTime: string | null
  /** Object IDs of people; never shown by Graph as a member of the application. */
  owners: string[]
}

export type AppRole = {
  id: string
  value: string
  displayName: string
  description: string
  isEnabled: boolean
  allowedMemberTypes: string[]
  origin: string
}

export type Scope = {
  id: string
  value: string
  adminConsentDisplayName: string
  isEnabled: boolean
  type: 'Admin' | 'User'
}

export type ServicePrincipal = {
  id: string
  appId: string
  displayName: string
  appDisplayName: string
  /** The tenant that the application lives in. */
  appOwnerOrganizationId: string
  accountEnabled: boolean
  appRoleAssignmentRequired: boolean
  servicePrincipalType: string
  servicePrincipalNames: string[]
  signInAudience: string
  tags: string[]
  notes: string | null
  appRoles: AppRole[]
  oauth2PermissionScopes: Scope[]
  createdDateTime: string
  deletedDateTime: string | null
}

export type AppRoleAssignment = {
  id: string
  appRoleId: string
  createdDateTime: string
  principalId: string
  principalType: 'ServicePrincipal' | 'User'
  resourceId: string
}

/** Delegated permission granted to a client: for everybody, or for one person. */
export type Consent = { appId: string; resourceAppId: string; scopes: string[]; personId: string | null }

/** What an app management policy forbids. */
export type SecretPolicy = { id: string; maxDays?: number; blocked?: boolean }

export type Tenant = {
  id: string
  displayName: string
  /** `something.onmicrosoft.com` */
  initialDomain: string
  /** All verified domains, the default one first. */
  domains: string[]
  people: Person[]
  groups: Group[]
  applications: Application[]
  deletedApplications: Application[]
  servicePrincipals: ServicePrincipal[]
  deletedServicePrincipals: ServicePrincipal[]
  appRoleAssignments: AppRoleAssignment[]
  consents: Consent[]
  secretPolicy: SecretPolicy | null
  ordinaryMembersMayRegisterApplications: boolean
  /** Whether `Prefer: create-if-missing` is understood (some clouds may not). */
  upsert: boolean
  /** Under security defaults nothing is submitted over SMTP AUTH.
   *  https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission */
  securityDefaults: boolean
  /** undefined: this tenant has no Exchange Online. */
  exchange?: ExchangeState | undefined
}

export type Settings = {
  /** Reads for which a fresh change of an object stays invisible. */
  copyDelayReads: number
  /** After that, this many further reads alternate between seeing the change and not. */
  flickerReads: number
  /** Times a new secret is refused by the token endpoint before it counts. */
  secretDelayTries: number
  /** Mail logins that are refused although everything is right: Exchange has not noticed yet. */
  mailDelayTries: number
  /** The API page of appRoleAssignedTo asks for AppRoleAssignment.ReadWrite.All as well; the permission data does not. */
  grantsNeedOwnScope: boolean
  tokenLifetimeSeconds: number
  refreshTokenLifetimeSeconds: number
}

export const defaultSettings: Settings = {
  copyDelayReads: 0,
  flickerReads: 0,
  secretDelayTries: 0,
  mailDelayTries: 0,
  grantsNeedOwnScope: false,
  tokenLifetimeSeconds: 3600,
  refreshTokenLifetimeSeconds: 24 * 3600
}

export type State = {
  version: 1
  /** The wizard's own application: known to every tenant, its secret handed out in cloud.json. */
  wizard: { appId: string; secretText: string; homeTenantId: string; redirectUris: string[] }
  settings: Settings
  tenants: Tenant[]
}

/** Where this pretend cloud is reached. Filled once all ports listen. */
export type Addresses = { https: string; http: string; mailPorts: { imap: number; pop: number; smtp: number } }

/** The one thing that is handed to every module. */
export type Store = {
  readonly state: State
  readonly addresses: Addresses
  /** Says that the state has changed, so that it is written soon. */
  changed(): void
  /** Replaces everything (a reset). */
  replace(state: State): void
}

/** The tenant with this ID or verified domain, letters' case aside; undefined when there is none. */
export function findTenant(state: State, idOrDomain: string): Tenant | undefined {
  const wanted = idOrDomain.toLowerCase()
  return state.tenants.find(tenant => tenant.id === wanted || tenant.domains.includes(wanted))
}

/** The person of a tenant with this object ID, user principal name or address. */
export function findPerson(tenant: Tenant, wanted: string): Person | undefined {
  const key = wanted.toLowerCase()
  return tenant.people.find(
    person => person.id === key || person.userPrincipalName.toLowerCase() === key || person.mail?.toLowerCase() === key
  )
}

/** Whether a person holds one of these role templates tenant-wide. */
export function hasRole(person: Person, ...templates: readonly string[]): boolean {
  return templates.some(template => person.roles.includes(template))
}
