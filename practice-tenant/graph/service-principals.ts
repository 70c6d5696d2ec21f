// Service principals (Enterprise applications). The rule it keeps: one needs an application that can be seen, and there
// is one for an application at most. https://learn.microsoft.com/graph/api/serviceprincipal-upsert

import { findClient } from '../identity/clients.ts'
import { emptyPrincipal } from '../identity/consent.ts'
import { newId } from '../practice.ts'
import { exchangeAppId, type ServicePrincipal } from '../state.ts'
import { exchangePrincipal, microsoftTenantId } from '../worlds/microsoft-apps.ts'
import { reading, wantsUpsert, writing } from './applications.ts'
import { demand, readBody, type Shape } from './body.ts'
import { type Answer, applicationAdmins, type Call, callerHas, mayManage, mayRegister, requireScope } from './call.ts'
import { many, one, readWanted } from './query.ts'
import { badRequest, denied, noBackingApplication, notFound, principalExists } from './refusal.ts'
import { principalResource, showPrincipal } from './shown.ts'

const shape: Shape & object = {
  type: 'microsoft.graph.servicePrincipal',
  members: {
    appId: 'text',
    displayName: 'text',
    accountEnabled: 'flag',
    appRoleAssignmentRequired: 'flag',
    tags: ['text'],
    notes: 'text?',
    ...Object.fromEntries(
      [
        ...['addIns', 'alternativeNames', 'appRoles', 'description', 'homepage', 'info', 'keyCredentials', 'loginUrl'],
        ...['logoutUrl', 'notificationEmailAddresses', 'oauth2PermissionScopes', 'passwordCredentials', 'replyUrls'],
        ...['preferredSingleSignOnMode', 'samlSingleSignOnSettings', 'servicePrincipalNames', 'servicePrincipalType'],
        ...['customSecurityAttributes', 'tokenEncryptionKeyId', 'verifiedPublisher']
      ].map(name => [name, 'later' as const])
    )
  }
}

type Body = Pick<
  ServicePrincipal,
  'appId' | 'displayName' | 'accountEnabled' | 'appRoleAssignmentRequired' | 'tags' | 'notes'
>

const byKey = ({ id, key, value }: Call['params']) => {
  const wanted = (id ?? value ?? '').toLowerCase()
  return (one: ServicePrincipal) => (key === 'appId' ? one.appId : one.id) === wanted
}

const nameOf = ({ id, value }: Call['params']) => id ?? value ?? ''

/** The service principal that the path names, as this request sees it; Graph's 404 otherwise. */
export function findPrincipal(call: Call): ServicePrincipal {
  if (call.params.key === 'uniqueName') throw notFound(nameOf(call.params))
  const seen = call.view.find(call.tenant, 'servicePrincipals', byKey(call.params))
  const kept = seen && call.tenant.servicePrincipals.find(one => one.id === seen.id)
  if (!seen || (call.method !== 'GET' && !kept)) throw notFound(nameOf(call.params))
  return call.method === 'GET' ? seen : (kept ?? seen)
}

function ownersOf(call: Call, appId: string): readonly string[] {
  return call.tenant.applications.find(one => one.appId === appId)?.owners ?? []
}

function requireManage(call: Call, appId: string): void {
  if (!mayManage(call, ownersOf(call, appId))) throw denied()
}

/** The new principal of an application here, of one that lives elsewhere, or of Exchange Online. */
function backed(call: Call, appId: string): ServicePrincipal {
  const { tenant, view, practice } = call
  if (tenant.applications.some(application => application.appId === appId)) {
    const isOwner = mayManage(call, ownersOf(call, appId))
    if (!isOwner && !mayRegister(call)) throw denied()
    const application = view.find(tenant, 'applications', one => one.appId === appId)
    if (!application) throw noBackingApplication(appId)
    const { displayName, signInAudience } = application
    return emptyPrincipal({ id: newId(), appId, displayName, appOwnerOrganizationId: tenant.id, signInAudience })
  }
  if (!callerHas(call, applicationAdmins)) throw denied()
  if (appId === exchangeAppId && tenant.exchange) return { ...exchangePrincipal(tenant), id: newId() }
  const client = findClient(practice.state, appId)
  if (!client?.multiTenant) throw noBackingApplication(appId)
  const { displayName, homeTenantId: appOwnerOrganizationId } = client
  return emptyPrincipal({
    id: newId(),
    appId,
    displayName,
    appOwnerOrganizationId,
    signInAudience: 'AzureADMultipleOrgs'
  })
}

function create(call: Call, appId: string, body: Partial<Body>): Answer {
  const { tenant, practice } = call
  const principal = { ...backed(call, appId), ...body, appId }
  practice.copies.changing(tenant, 'servicePrincipals', principal.id)
  tenant.servicePrincipals.push(principal)
  practice.changed()
  return one(call, principalResource, showPrincipal(principal), 201)
}

function update(call: Call, principal: ServicePrincipal, body: Partial<Body>): Answer {
  requireManage(call, principal.appId)
  if (body.appId !== undefined && body.appId.toLowerCase() !== principal.appId) {
    throw badRequest("Property 'appId' is read-only and cannot be set.")
  }
  if (principal.appOwnerOrganizationId === microsoftTenantId && body.displayName !== undefined) throw denied()
  const { appId: _same, ...rest } = body
  call.practice.copies.changing(call.tenant, 'servicePrincipals', principal.id)
  Object.assign(principal, rest)
  call.practice.changed()
  return { status: 204 }
}

export function getPrincipal(call: Call): Answer {
  requireScope(call, ...reading)
  return one(call, principalResource, showPrincipal(findPrincipal(call)))
}

export function listPrincipals(call: Call): Answer {
  requireScope(call, ...reading)
  const wanted = readWanted(call, principalResource)
  const seen = call.view.select(call.tenant, 'servicePrincipals', principal => wanted(showPrincipal(principal)))
  return many(call, principalResource, seen.map(showPrincipal))
}

export function postPrincipal(call: Call): Answer {
  requireScope(call, writing)
  const body = readBody<Body>(call.body, shape)
  demand(body, 'ServicePrincipal', 'appId')
  const appId = body.appId?.toLowerCase() ?? ''
  if (call.tenant.servicePrincipals.some(principal => principal.appId === appId)) throw principalExists(appId)
  return create(call, appId, body)
}

export function patchPrincipal(call: Call): Answer {
  requireScope(call, writing)
  const body = readBody<Body>(call.body, shape)
  const upsert = wantsUpsert(call) && call.params.key === 'appId'
  if (!upsert) return update(call, findPrincipal(call), body)
  const appId = (call.params.value ?? '').toLowerCase()
  if (body.appId !== undefined && body.appId.toLowerCase() !== appId) {
    throw badRequest("The value of property 'appId' does not match the key in the request URL.")
  }
  const kept = call.tenant.servicePrincipals.find(principal => principal.appId === appId)
  return kept ? update(call, kept, body) : create(call, appId, body)
}

export function deletePrincipal(call: Call): Answer {
  requireScope(call, writing)
  const { tenant, practice } = call
  const principal = findPrincipal(call)
  requireManage(call, principal.appId)
  practice.copies.changing(tenant, 'servicePrincipals', principal.id)
  tenant.servicePrincipals = tenant.servicePrincipals.filter(one => one.id !== principal.id)
  tenant.deletedServicePrincipals.push({ ...principal, deletedDateTime: new Date().toISOString() })
  practice.changed()
  return { status: 204 }
}
