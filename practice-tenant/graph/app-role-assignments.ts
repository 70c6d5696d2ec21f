// Grants of app roles: admin consent without a redirect. The rule it keeps: a role is granted only if the resource in
// this tenant has it, once for a principal, and only with a role that may consent.
// https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto

import { randomBytes } from 'node:crypto'
import { type AppRoleAssignment, graphAppId, roleTemplates, type ServicePrincipal } from '../state.ts'
import { reading, writing } from './applications.ts'
import { demand, readBody, type Shape } from './body.ts'
import { type Answer, applicationAdmins, type Call, callerHas, requireScope } from './call.ts'
import { many, one, readWanted } from './query.ts'
import { badRequest, denied, notFound } from './refusal.ts'
import { findPrincipal } from './service-principals.ts'
import { assignmentResource, showAssignment } from './shown.ts'

const shape: Shape & object = {
  type: 'microsoft.graph.appRoleAssignment',
  members: { principalId: 'guid', resourceId: 'guid', appRoleId: 'guid' }
}

type Body = Pick<AppRoleAssignment, 'principalId' | 'resourceId' | 'appRoleId'>
type Side = 'principalId' | 'resourceId'

const { globalAdministrator, privilegedRoleAdministrator } = roleTemplates
const highest = [globalAdministrator, privilegedRoleAdministrator]

/** Cloud Application Administrators consent to everything but Microsoft Graph's app roles.
 *  https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent */
function requireConsentTo(call: Call, resource: ServicePrincipal): void {
  const anyOf = resource.appId === graphAppId ? highest : [...highest, ...applicationAdmins]
  if (!callerHas(call, anyOf)) throw denied()
}

function requireWritingScope(call: Call, resource: ServicePrincipal): void {
  const own = 'AppRoleAssignment.ReadWrite.All'
  const needsOwn = call.practice.state.settings.grantsNeedOwnScope || resource.appId === graphAppId
  if (needsOwn) requireScope(call, own)
  else requireScope(call, own, writing)
}

function post(call: Call, side: Side | undefined): Answer {
  requireScope(call, writing, 'AppRoleAssignment.ReadWrite.All')
  const { tenant, view, practice } = call
  const addressed = findPrincipal(call)
  const body = readBody<Body>(call.body, shape)
  demand(body, 'AppRoleAssignment', 'principalId', 'resourceId', 'appRoleId')
  const [principalId = '', resourceId = '', appRoleId = ''] = [body.principalId, body.resourceId, body.appRoleId].map(
    id => id?.toLowerCase()
  )
  if (side !== undefined && body[side]?.toLowerCase() !== addressed.id) {
    throw badRequest(`The value of property '${side}' does not match the object in the request URL.`)
  }
  const principal = view.find(tenant, 'servicePrincipals', ({ id }) => id === principalId)
  if (!principal || !tenant.servicePrincipals.some(({ id }) => id === principalId)) throw notFound(principalId)
  const resource = view.find(tenant, 'servicePrincipals', ({ id }) => id === resourceId)
  if (!resource) throw badRequest('Specified resourceId was not found')
  requireWritingScope(call, resource)
  requireConsentTo(call, resource)
  const role = resource.appRoles.find(({ id, isEnabled }) => id === appRoleId && isEnabled)
  if (!role?.allowedMemberTypes.includes('Application')) {
    throw badRequest('Permission being assigned was not found on application')
  }
  const same = (one: AppRoleAssignment) =>
    one.principalId === principalId && one.resourceId === resourceId && one.appRoleId === appRoleId
  if (tenant.appRoleAssignments.some(same)) throw badRequest('Permission being assigned already exists on the object')

  const assignment: AppRoleAssignment = {
    id: randomBytes(32).toString('base64url'),
    appRoleId,
    createdDateTime: new Date().toISOString(),
    principalId,
    principalType: 'ServicePrincipal',
    resourceId
  }
  practice.copies.changing(tenant, 'appRoleAssignments', assignment.id)
  tenant.appRoleAssignments.push(assignment)
  practice.changed()
  return one(call, assignmentResource, showAssignment(tenant, assignment), 201)
}

/** Assignments of this principal on one side; those whose other side is deleted do not show. */
function list(call: Call, side: Side): Answer {
  requireScope(call, ...reading, 'AppRoleAssignment.ReadWrite.All')
  const { tenant, view } = call
  const principal = findPrincipal(call)
  const wanted = readWanted(call, assignmentResource)
  const lives = (id: string) => tenant.servicePrincipals.some(one => one.id === id)
  const seen = view
    .select(tenant, 'appRoleAssignments', one => one[side] === principal.id && wanted(one))
    .filter(one => lives(one.principalId) && lives(one.resourceId))
  return many(
    call,
    assignmentResource,
    seen.map(one => showAssignment(tenant, one))
  )
}

function remove(call: Call, side: Side): Answer {
  requireScope(call, writing, 'AppRoleAssignment.ReadWrite.All')
  const { tenant, view, practice, params } = call
  const principal = findPrincipal(call)
  const id = params.assignmentId ?? ''
  const assignment = view.find(tenant, 'appRoleAssignments', one => one.id === id && one[side] === principal.id)
  const isKept = tenant.appRoleAssignments.some(one => one.id === id)
  if (!assignment || !isKept) throw notFound(id)
  const resource = tenant.servicePrincipals.find(one => one.id === assignment.resourceId)
  if (resource) {
    requireWritingScope(call, resource)
    requireConsentTo(call, resource)
  }
  practice.copies.changing(tenant, 'appRoleAssignments', id)
  tenant.appRoleAssignments = tenant.appRoleAssignments.filter(one => one.id !== id)
  practice.changed()
  return { status: 204 }
}

export const listAssignments = (call: Call) => list(call, 'principalId')
export const listAssignedTo = (call: Call) => list(call, 'resourceId')
export const postAssignment = (call: Call) => post(call, 'principalId')
/** The address may name either side here (facts 2.5). */
export const postAssignedTo = (call: Call) => post(call, undefined)
export const deleteAssignment = (call: Call) => remove(call, 'principalId')
export const deleteAssignedTo = (call: Call) => remove(call, 'resourceId')
