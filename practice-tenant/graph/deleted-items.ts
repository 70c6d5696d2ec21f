// Soft-deleted applications: listed, restored, deleted for good. The rule it keeps: what belongs to a deleted
// application (its service principal, its grants) comes back or goes with it.
// https://learn.microsoft.com/graph/api/directory-deleteditems-delete

import type { Application } from '../state.ts'
import { reading, writing } from './applications.ts'
import { type Answer, applicationAdmins, type Call, callerHas, mayManage, requireScope } from './call.ts'
import { many, one, readWanted } from './query.ts'
import { denied, notFound } from './refusal.ts'
import { applicationResource, deletedResource, showApplication } from './shown.ts'

function findDeleted(call: Call): Application {
  const wanted = call.params.id?.toLowerCase() ?? ''
  const seen = call.view.find(call.tenant, 'deletedApplications', ({ id }) => id === wanted)
  if (!seen) throw notFound(wanted)
  return seen
}

/** As it is kept, not as it was copied: what is restored or gone already cannot be so a second time. */
function findToChange(call: Call): Application {
  const seen = findDeleted(call)
  const kept = call.tenant.deletedApplications.find(({ id }) => id === seen.id)
  if (!kept) throw notFound(seen.id)
  return kept
}

export function listDeleted(call: Call): Answer {
  requireScope(call, ...reading)
  const wanted = readWanted(call, deletedResource)
  const seen = call.view.select(call.tenant, 'deletedApplications', one => wanted(showApplication(one)))
  return many(call, deletedResource, seen.map(showApplication))
}

export function getDeleted(call: Call): Answer {
  requireScope(call, ...reading)
  return one(call, applicationResource, showApplication(findDeleted(call)))
}

export function restoreDeleted(call: Call): Answer {
  requireScope(call, writing)
  const { tenant, practice } = call
  const deleted = findToChange(call)
  if (!mayManage(call, deleted.owners)) throw denied()
  practice.copies.changing(tenant, 'deletedApplications', deleted.id)
  practice.copies.changing(tenant, 'applications', deleted.id)
  const application = { ...deleted, deletedDateTime: null }
  tenant.deletedApplications = tenant.deletedApplications.filter(({ id }) => id !== deleted.id)
  tenant.applications.push(application)
  const principal = tenant.deletedServicePrincipals.find(({ appId }) => appId === deleted.appId)
  if (principal && !tenant.servicePrincipals.some(({ appId }) => appId === deleted.appId)) {
    practice.copies.changing(tenant, 'servicePrincipals', principal.id)
    tenant.servicePrincipals.push({ ...principal, deletedDateTime: null })
    tenant.deletedServicePrincipals = tenant.deletedServicePrincipals.filter(({ id }) => id !== principal.id)
  }
  practice.changed()
  return one(call, applicationResource, showApplication(application))
}

export function deleteForGood(call: Call): Answer {
  requireScope(call, writing)
  const { tenant, practice } = call
  const deleted = findToChange(call)
  if (!callerHas(call, applicationAdmins)) throw denied()
  practice.copies.changing(tenant, 'deletedApplications', deleted.id)
  const principal = tenant.deletedServicePrincipals.find(({ appId }) => appId === deleted.appId)
  tenant.deletedApplications = tenant.deletedApplications.filter(({ id }) => id !== deleted.id)
  tenant.deletedServicePrincipals = tenant.deletedServicePrincipals.filter(({ appId }) => appId !== deleted.appId)
  tenant.appRoleAssignments = tenant.appRoleAssignments.filter(one => one.principalId !== principal?.id)
  practice.changed()
  return { status: 204 }
}
