// Applications (App registrations) and their deleted ones. The rule it keeps: a unique name is unique among the living
// and the deleted alike, and is looked up where it is kept, not where it was copied to.
// https://learn.microsoft.com/graph/api/application-upsert

import { newId } from '../practice.ts'
import type { Application } from '../state.ts'
import { emptyApplication } from '../worlds/seed.ts'
import { demand, readBody, type Shape } from './body.ts'
import { type Answer, type Call, mayManage, mayRegister, requireScope } from './call.ts'
import { many, one, readWanted } from './query.ts'
import { badRequest, denied, GraphRefusal, notFound, sameValue } from './refusal.ts'
import { applicationResource, showApplication } from './shown.ts'

export const reading = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'] as const
export const writing = 'Application.ReadWrite.All'

const uris: Shape = { type: 'microsoft.graph.publicClientApplication', members: { redirectUris: ['text'] } }
const shape: Shape & object = {
  type: 'microsoft.graph.application',
  members: {
    displayName: 'text',
    uniqueName: 'text?',
    signInAudience: {
      oneOf: ['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount']
    },
    tags: ['text'],
    notes: 'text?',
    description: 'text?',
    serviceManagementReference: 'text?',
    identifierUris: ['text'],
    requiredResourceAccess: [
      {
        type: 'microsoft.graph.requiredResourceAccess',
        members: {
          resourceAppId: 'text',
          resourceAccess: [
            {
              type: 'microsoft.graph.resourceAccess',
              members: { id: 'guid', type: { oneOf: ['Role', 'Scope'] } }
            }
          ]
        }
      }
    ],
    web: {
      type: 'microsoft.graph.webApplication',
      members: { redirectUris: ['text'], homePageUrl: 'text?', logoutUrl: 'text?', implicitGrantSettings: 'later' }
    },
    publicClient: uris,
    spa: { ...uris, type: 'microsoft.graph.spaApplication' },
    ...Object.fromEntries(
      [
        ...[
          'addIns',
          'api',
          'appRoles',
          'certification',
          'defaultRedirectUri',
          'groupMembershipClaims',
          'info',
          'logo'
        ],
        ...['isDeviceOnlyAuthSupported', 'isFallbackPublicClient', 'keyCredentials', 'optionalClaims'],
        ...['parentalControlSettings', 'passwordCredentials', 'requestSignatureVerification', 'samlMetadataUrl'],
        ...['servicePrincipalLockConfiguration', 'tokenEncryptionKeyId', 'verifiedPublisher', 'authenticationBehaviors']
      ].map(name => [name, 'later' as const])
    )
  }
}

type Body = Omit<Application, 'id' | 'owners'>

function readApplication(call: Call): Partial<Body> {
  const body = readBody<Body>(call.body, shape)
  const { displayName, tags } = body
  const tooLong = (displayName !== undefined && displayName.length > 256) || tags?.some(tag => tag.length > 256)
  if (tooLong || displayName === '') {
    throw badRequest("Invalid value specified for property 'displayName' of resource 'Application'.")
  }
  return body
}

const byKey = ({ id, key, value }: Call['params']) => {
  const wanted = (id ?? value ?? '').replaceAll("''", "'").toLowerCase()
  if (key === 'appId') return (one: Application) => one.appId === wanted
  if (key === 'uniqueName') return (one: Application) => one.uniqueName?.toLowerCase() === wanted
  return (one: Application) => one.id === wanted
}

const nameOf = ({ id, value }: Call['params']) => id ?? value ?? ''

/** The application that the path names, as this request sees it; Graph's 404 otherwise. */
export function findApplication(call: Call): Application {
  const matches = byKey(call.params)
  const seen = call.view.find(call.tenant, 'applications', matches)
  const kept = seen && call.tenant.applications.find(one => one.id === seen.id)
  if (!seen || (call.method !== 'GET' && !kept)) throw notFound(nameOf(call.params))
  return call.method === 'GET' ? seen : (kept ?? seen)
}

/** The same for a write: the caller must be allowed to manage it. */
export function requireApplication(call: Call): Application {
  requireScope(call, writing)
  const application = findApplication(call)
  if (!mayManage(call, application.owners)) throw denied()
  return application
}

function refuseSameName(call: Call, uniqueName: string | null | undefined, itself?: Application): void {
  if (uniqueName === null || uniqueName === undefined) return
  const same = (one: Application) => one !== itself && one.uniqueName?.toLowerCase() === uniqueName.toLowerCase()
  if (call.tenant.applications.some(same) || call.tenant.deletedApplications.some(same)) throw sameValue('uniqueName')
}

function create(call: Call, body: Partial<Body>, uniqueName: string | null): Answer {
  if (!mayRegister(call)) throw denied()
  demand(body, 'Application', 'displayName')
  refuseSameName(call, uniqueName)
  const { tenant, practice, caller } = call
  const { web, publicClient, spa, ...rest } = body
  const empty = emptyApplication(tenant, { id: newId(), appId: newId(), displayName: '', uniqueName })
  const application: Application = {
    ...empty,
    ...rest,
    uniqueName,
    web: { ...empty.web, ...web },
    publicClient: { ...empty.publicClient, ...publicClient },
    spa: { ...empty.spa, ...spa },
    owners: caller.person && !mayManage(call, []) ? [caller.person.id] : []
  }
  practice.copies.changing(tenant, 'applications', application.id)
  tenant.applications.push(application)
  practice.changed()
  return one(call, applicationResource, showApplication(application), 201)
}

function update(call: Call, application: Application, body: Partial<Body>): Answer {
  const { uniqueName, web, publicClient, spa, ...rest } = body
  if (uniqueName !== undefined && uniqueName !== application.uniqueName) {
    if (application.uniqueName !== null) throw badRequest("Property 'uniqueName' is read-only and cannot be changed.")
    refuseSameName(call, uniqueName, application)
  }
  call.practice.copies.changing(call.tenant, 'applications', application.id)
  Object.assign(application, rest, uniqueName === undefined ? {} : { uniqueName })
  Object.assign(application.web, web)
  Object.assign(application.publicClient, publicClient)
  Object.assign(application.spa, spa)
  const principal = call.tenant.servicePrincipals.find(({ appId }) => appId === application.appId)
  if (principal) principal.appDisplayName = application.displayName
  call.practice.changed()
  return { status: 204 }
}

export function getApplication(call: Call): Answer {
  requireScope(call, ...reading)
  return one(call, applicationResource, showApplication(findApplication(call)))
}

export function listApplications(call: Call): Answer {
  requireScope(call, ...reading)
  const wanted = readWanted(call, applicationResource)
  const seen = call.view.select(call.tenant, 'applications', application => wanted(showApplication(application)))
  return many(call, applicationResource, seen.map(showApplication))
}

export function postApplication(call: Call): Answer {
  requireScope(call, writing)
  const body = readApplication(call)
  return create(call, body, body.uniqueName ?? null)
}

/** Whether the caller asks for an upsert; a cloud may not know it. */
export function wantsUpsert({ headers, tenant }: Call): boolean {
  const asks = /(^|,)\s*create-if-missing\s*(,|$)/i.test(headers.prefer ?? '')
  if (asks && !tenant.upsert) {
    throw new GraphRefusal(400, 'Request_BadRequest', "The header 'Prefer: create-if-missing' is not supported.")
  }
  return asks
}

export function patchApplication(call: Call): Answer {
  requireScope(call, writing)
  const body = readApplication(call)
  const upsert = wantsUpsert(call) && call.params.key === 'uniqueName'
  if (!upsert) return update(call, requireApplication(call), body)
  // The key is judged where it is kept: an application that is not copied yet exists all the same.
  const kept = call.tenant.applications.find(byKey(call.params))
  if (!kept) return create(call, body, nameOf(call.params).replaceAll("''", "'"))
  if (!mayManage(call, kept.owners)) throw denied()
  return update(call, kept, body)
}

/** Soft delete; the service principal of the application goes with it. */
export function deleteApplication(call: Call): Answer {
  const { practice, tenant } = call
  const application = requireApplication(call)
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === application.appId)
  const deletedDateTime = new Date().toISOString()
  practice.copies.changing(tenant, 'applications', application.id)
  tenant.applications = tenant.applications.filter(one => one !== application)
  tenant.deletedApplications.push({ ...application, deletedDateTime })
  if (principal) {
    practice.copies.changing(tenant, 'servicePrincipals', principal.id)
    tenant.servicePrincipals = tenant.servicePrincipals.filter(one => one !== principal)
    tenant.deletedServicePrincipals.push({ ...principal, deletedDateTime })
  }
  practice.changed()
  return { status: 204 }
}
