// The organisation, the signed-in person with their roles, and the directory's users.
// The rule it keeps: User.Read shows oneself and the organisation, User.ReadBasic.All others' basic profiles only.

import { directoryRoleId } from '../identity/consent.ts'
import { fixedId } from '../practice.ts'
import { type Person, roleNames, type Tenant } from '../state.ts'
import { type Answer, type Call, requireScope } from './call.ts'
import type { Row } from './filter.ts'
import { many, one, type Resource, readWanted } from './query.ts'
import { denied, notFound, unsupportedQuery } from './refusal.ts'
import { showPerson, userResource } from './shown.ts'

const organizationResource: Resource = {
  type: 'microsoft.graph.organization',
  set: 'organization',
  members: [
    ...['id', 'displayName', 'tenantType', 'verifiedDomains', 'assignedPlans', 'countryLetterCode', 'createdDateTime'],
    ...[
      'onPremisesSyncEnabled',
      'preferredLanguage',
      'technicalNotificationMails',
      'businessPhones',
      'city',
      'country'
    ],
    ...[
      'deletedDateTime',
      'partnerTenantType',
      'postalCode',
      'provisionedPlans',
      'state',
      'street',
      'defaultUsageLocation'
    ]
  ],
  filterable: ['id']
}

function showOrganization(tenant: Tenant): Row {
  const verifiedDomains = tenant.domains.map((name, index) => ({
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault: index === 0,
    isInitial: name === tenant.initialDomain,
    name,
    type: 'Managed'
  }))
  const exchangePlan = {
    assignedDateTime: '2021-03-01T09:00:00Z',
    capabilityStatus: 'Enabled',
    service: 'exchange',
    servicePlanId: fixedId('Exchange Online service plan')
  }
  return {
    id: tenant.id,
    displayName: tenant.displayName,
    tenantType: 'AAD',
    createdDateTime: '2021-03-01T09:00:00Z',
    countryLetterCode: 'SE',
    technicalNotificationMails: [],
    businessPhones: [],
    provisionedPlans: [],
    verifiedDomains,
    assignedPlans: tenant.exchange ? [exchangePlan] : []
  }
}

const organizationScopes = ['User.Read', 'User.Read.All', 'Organization.Read.All', 'Directory.Read.All'] as const

export function listOrganization(call: Call): Answer {
  requireScope(call, ...organizationScopes)
  const row = showOrganization(call.tenant)
  return many(call, organizationResource, [row].filter(readWanted(call, organizationResource)))
}

export function getOrganization(call: Call): Answer {
  requireScope(call, ...organizationScopes)
  if (call.params.id?.toLowerCase() !== call.tenant.id) throw notFound(call.params.id ?? '')
  return one(call, organizationResource, showOrganization(call.tenant))
}

function requireSelf(call: Call): Person {
  requireScope(call, 'User.Read', 'User.Read.All', 'Directory.Read.All')
  if (!call.caller.person) throw denied()
  return call.caller.person
}

export function getMe(call: Call): Answer {
  return one(call, { ...userResource, set: 'users' }, showPerson(requireSelf(call), false))
}

const roleResource: Resource = {
  type: 'microsoft.graph.directoryRole',
  set: 'directoryObjects',
  members: ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'],
  filterable: ['id', 'displayName', 'roleTemplateId']
}

/** Directory roles, each with its type, as the collection may hold groups as well. */
function rolesOf(tenant: Tenant, person: Person): Row[] {
  return person.roles.map(template => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: directoryRoleId(tenant, template),
    deletedDateTime: null,
    description: roleNames[template] ?? null,
    displayName: roleNames[template] ?? null,
    roleTemplateId: template
  }))
}

/** https://learn.microsoft.com/graph/api/user-list-transitivememberof */
export function listMemberships(call: Call): Answer {
  const person = requireSelf(call)
  return many(call, roleResource, rolesOf(call.tenant, person).filter(readWanted(call, roleResource)))
}

/** With the cast the page demands the header and $count. */
export function listRoles(call: Call): Answer {
  const eventual = call.headers.consistencylevel?.toLowerCase() === 'eventual'
  if (!eventual || call.url.searchParams.get('$count') !== 'true') {
    throw unsupportedQuery("The cast needs the header 'ConsistencyLevel: eventual' and the query option '$count=true'.")
  }
  const person = requireSelf(call)
  const rows = rolesOf(call.tenant, person).map(({ '@odata.type': _type, ...row }) => row)
  return many(call, { ...roleResource, set: 'directoryRoles' }, rows.filter(readWanted(call, roleResource)))
}

const basicScopes = ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'] as const

const seesOnlyBasics = ({ caller }: Call) =>
  !caller.scopes.includes('User.Read.All') && !caller.scopes.includes('Directory.Read.All')

export function listUsers(call: Call): Answer {
  requireScope(call, ...basicScopes)
  const basicOnly = seesOnlyBasics(call)
  const wanted = readWanted(call, userResource)
  const rows = call.tenant.people.map(person => showPerson(person, basicOnly)).filter(wanted)
  return many(call, userResource, rows)
}

export function getUser(call: Call): Answer {
  requireScope(call, ...basicScopes)
  const wanted = call.params.id?.toLowerCase() ?? ''
  const person = call.tenant.people.find(({ id, userPrincipalName }) => {
    return id === wanted || userPrincipalName.toLowerCase() === wanted
  })
  if (!person) throw notFound(call.params.id ?? '')
  return one(call, userResource, showPerson(person, seesOnlyBasics(call)))
}
