// How the directory's objects look through Graph: members, defaults, and what may be filtered.
// The rule it keeps: what is stored beside an object for ourselves (secret hashes, owners) never shows.

import type { Application, AppRoleAssignment, Person, ServicePrincipal, Tenant } from '../state.ts'
import type { Row } from './filter.ts'
import type { Resource } from './query.ts'

const applicationDefaults = {
  applicationTemplateId: null,
  disabledByMicrosoftStatus: null,
  groupMembershipClaims: null,
  isDeviceOnlyAuthSupported: null,
  isFallbackPublicClient: null,
  samlMetadataUrl: null,
  defaultRedirectUri: null,
  certification: null,
  optionalClaims: null,
  requestSignatureVerification: null,
  tokenEncryptionKeyId: null,
  addIns: [],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    requestedAccessTokenVersion: null,
    oauth2PermissionScopes: [],
    preAuthorizedApplications: []
  },
  appRoles: [],
  info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null }
}

export function showApplication(application: Application): Row {
  const { owners: _owners, passwordCredentials, ...shown } = application
  const passwords = passwordCredentials.map(({ secretHash: _hash, ...one }) => ({ ...one, secretText: null }))
  const implicitGrantSettings = { enableAccessTokenIssuance: false, enableIdTokenIssuance: false }
  return {
    ...applicationDefaults,
    ...shown,
    web: { ...shown.web, implicitGrantSettings, redirectUriSettings: [] },
    passwordCredentials: passwords
  }
}

const applicationMembers = [
  ...Object.keys(applicationDefaults),
  ...['id', 'deletedDateTime', 'appId', 'createdDateTime', 'displayName', 'description', 'identifierUris', 'notes'],
  ...['publisherDomain', 'serviceManagementReference', 'signInAudience', 'tags', 'uniqueName', 'keyCredentials'],
  ...['passwordCredentials', 'publicClient', 'requiredResourceAccess', 'web', 'spa']
]

export const applicationResource: Resource = {
  type: 'microsoft.graph.application',
  set: 'applications',
  members: applicationMembers,
  filterable: ['id', 'appId', 'displayName', 'uniqueName', 'tags', 'signInAudience', 'identifierUris'],
  searchable: ['displayName']
}

export const deletedResource: Resource = {
  ...applicationResource,
  set: 'directory/deletedItems/microsoft.graph.application'
}

const principalDefaults = {
  alternativeNames: [],
  appDescription: null,
  applicationTemplateId: null,
  description: null,
  disabledByMicrosoftStatus: null,
  homepage: null,
  loginUrl: null,
  logoutUrl: null,
  notificationEmailAddresses: [],
  preferredSingleSignOnMode: null,
  preferredTokenSigningKeyThumbprint: null,
  replyUrls: [],
  samlSingleSignOnSettings: null,
  tokenEncryptionKeyId: null,
  addIns: [],
  info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  keyCredentials: [],
  passwordCredentials: [],
  resourceSpecificApplicationPermissions: [],
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null }
}

export function showPrincipal(principal: ServicePrincipal): Row {
  return { ...principalDefaults, ...principal }
}

export const principalResource: Resource = {
  type: 'microsoft.graph.servicePrincipal',
  set: 'servicePrincipals',
  members: [
    ...Object.keys(principalDefaults),
    ...['id', 'deletedDateTime', 'accountEnabled', 'appDisplayName', 'appId', 'appOwnerOrganizationId'],
    ...['appRoleAssignmentRequired', 'createdDateTime', 'displayName', 'notes', 'servicePrincipalNames', 'appRoles'],
    ...['servicePrincipalType', 'signInAudience', 'tags', 'oauth2PermissionScopes']
  ],
  filterable: ['id', 'appId', 'displayName', 'tags', 'servicePrincipalType', 'appOwnerOrganizationId'],
  searchable: ['displayName']
}

export const assignmentResource: Resource = {
  type: 'microsoft.graph.appRoleAssignment',
  set: 'appRoleAssignments',
  members: [
    ...['id', 'deletedDateTime', 'appRoleId', 'createdDateTime', 'principalDisplayName', 'principalId'],
    ...['principalType', 'resourceDisplayName', 'resourceId']
  ],
  filterable: ['id', 'resourceId', 'principalId', 'appRoleId']
}

export function showAssignment(tenant: Tenant, assignment: AppRoleAssignment): Row {
  const nameOf = (id: string) => tenant.servicePrincipals.find(one => one.id === id)?.displayName ?? null
  return {
    ...assignment,
    deletedDateTime: null,
    principalDisplayName: nameOf(assignment.principalId),
    resourceDisplayName: nameOf(assignment.resourceId)
  }
}

const basic = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
const userMembers = [
  ...basic,
  ...['accountEnabled', 'userType', 'jobTitle', 'businessPhones', 'mobilePhone', 'officeLocation', 'preferredLanguage'],
  ...['assignedPlans', 'proxyAddresses', 'createdDateTime', 'department']
]

export const userResource: Resource = {
  type: 'microsoft.graph.user',
  set: 'users',
  members: userMembers,
  usual: [...basic, 'businessPhones', 'jobTitle', 'mobilePhone', 'officeLocation', 'preferredLanguage'],
  filterable: ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'accountEnabled', 'userType'],
  searchable: ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
}

/** With User.ReadBasic.All only the basic profile shows. https://learn.microsoft.com/graph/permissions-reference */
export function showPerson(person: Person, basicOnly: boolean): Row {
  const { id, displayName, givenName, surname, mail, userPrincipalName } = person
  const shown = { id, displayName, givenName, surname, mail, userPrincipalName, businessPhones: [] }
  if (basicOnly) return shown
  const { accountEnabled, userType, jobTitle } = person
  const proxyAddresses = mail === null ? [] : [`SMTP:${mail}`]
  return { ...shown, accountEnabled, userType, jobTitle, proxyAddresses, assignedPlans: [] }
}
