// The changes that make an application and its enterprise application, or bring a deleted one back.
// The rule it keeps: each has a key that Microsoft enforces, so that sending one twice makes nothing twice.
import { type Application, type EnterpriseApplication, keyOf, listedInPortalTag, productTag } from './directory.ts'
import type { Change, Setup } from './step.ts'

export const makesEnterprise = 'Create its enterprise application (service principal) in this tenant'

export const applicationNotes = 'Signs in to Exchange Online mailboxes without a person (OAuth client credentials).'

/** https://learn.microsoft.com/graph/api/application-upsert; a 409 or 400 about the unique name means soft-deleted. */
export function createApplication(setup: Setup): Change {
  const body = {
    displayName: setup.name,
    signInAudience: 'AzureADMyOrg',
    tags: [productTag, keyOf(setup)],
    notes: applicationNotes
  }
  const says = `Create the application ${setup.name}, for this tenant only`
  // The unique name is the key here too: a second POST is refused, and only means that the first is not copied yet.
  if (setup.findsBy === 'tag')
    return {
      says,
      method: 'POST',
      path: '/applications',
      body: { ...body, uniqueName: keyOf(setup) },
      lookAgainOn: /same value for property uniqueName|ObjectConflict/
    }
  return {
    says,
    method: 'PATCH',
    path: `/applications(uniqueName='${keyOf(setup)}')`,
    headers: { Prefer: 'create-if-missing' },
    body,
    noUpsertOn: refusesUpsert
  }
}

const refusesUpsert =
  /create-if-missing|Prefer header|upsert|Request_UnsupportedQuery|NotImplemented|uniqueName' is not/i

/** https://learn.microsoft.com/graph/api/directory-deleteditems-restore; a 404 means that an earlier one has done it, and that
 *  a copy which does not know that was read. */
export const restore = (deleted: { id: string; displayName: string }): Change => ({
  says: `Restore the application ${deleted.displayName}, which was deleted from this tenant`,
  method: 'POST',
  path: `/directory/deletedItems/${deleted.id}/restore`,
  lookAgainOn: /Request_ResourceNotFound|Directory_ConcurrencyViolation/
})

/** https://learn.microsoft.com/graph/api/serviceprincipal-upsert, and where there is none
 *  https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals: its key is the client ID as well. */
export function enterpriseChange(
  setup: Setup,
  application: Application,
  enterprise: EnterpriseApplication | undefined
): Change | undefined {
  if (enterprise?.tags.includes(listedInPortalTag)) return undefined
  const path = `/servicePrincipals(appId='${application.appId}')` as const
  const tags = [...(enterprise?.tags ?? []), listedInPortalTag]
  if (enterprise)
    return {
      says: 'List the enterprise application in the portal, where admins look for its Object ID',
      method: 'PATCH',
      path,
      body: { tags }
    }
  // Replication, whatever the 403 pretends:
  // https://github.com/hashicorp/terraform-provider-azuread (service_principal_resource.go)
  const lookAgainOn =
    /NoBackingApplicationObject|does not reference a valid application object|must in the local tenant|ObjectConflict|already in use|Request_ResourceNotFound|Directory_ConcurrencyViolation/
  const says = makesEnterprise
  if (setup.findsBy === 'tag')
    return { says, method: 'POST', path: '/servicePrincipals', body: { appId: application.appId, tags }, lookAgainOn }
  const headers = { Prefer: 'create-if-missing' } as const
  return { says, method: 'PATCH', path, headers, body: { tags }, lookAgainOn, noUpsertOn: refusesUpsert }
}
