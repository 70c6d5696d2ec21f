// Which path of Graph is which handler. The rule it keeps: a path that is not here is answered 501 by its name.
// https://learn.microsoft.com/graph/api/overview

import type { Practice } from '../practice.ts'
import * as assignments from './app-role-assignments.ts'
import * as applications from './applications.ts'
import { type Answer, type Call, type Caller, readCaller } from './call.ts'
import * as deleted from './deleted-items.ts'
import { addPassword, removePassword } from './passwords.ts'
import * as people from './people.ts'
import { badRequest, GraphRefusal } from './refusal.ts'
import * as principals from './service-principals.ts'

type Resource = readonly [method: string, path: RegExp, handler: (call: Call) => Answer]

/** `x/{id}`, `x('id')`, `x(appId='...')`, `x(uniqueName='...')` */
const key = "(?:/(?<id>[^/()']+)|\\((?:(?<key>appId|uniqueName)=)?'(?<value>(?:[^']|'')*)'\\))"
const at = (source: string) => new RegExp(`^/v1\\.0/${source.replace('{key}', key)}/?$`)

const resources: readonly Resource[] = [
  ['GET', at('organization'), people.listOrganization],
  ['GET', at('organization/(?<id>[^/]+)'), people.getOrganization],
  ['GET', at('me'), people.getMe],
  ['GET', at('me/(?:transitiveMemberOf|memberOf)'), people.listMemberships],
  ['GET', at('me/(?:transitiveMemberOf|memberOf)/microsoft\\.graph\\.directoryRole'), people.listRoles],
  ['GET', at('users'), people.listUsers],
  ['GET', at('users/(?<id>[^/]+)'), people.getUser],

  ['GET', at('applications'), applications.listApplications],
  ['POST', at('applications'), applications.postApplication],
  ['GET', at('applications{key}'), applications.getApplication],
  ['PATCH', at('applications{key}'), applications.patchApplication],
  ['DELETE', at('applications{key}'), applications.deleteApplication],
  ['POST', at('applications{key}/addPassword'), addPassword],
  ['POST', at('applications{key}/removePassword'), removePassword],

  ['GET', at('servicePrincipals'), principals.listPrincipals],
  ['POST', at('servicePrincipals'), principals.postPrincipal],
  ['GET', at('servicePrincipals{key}'), principals.getPrincipal],
  ['PATCH', at('servicePrincipals{key}'), principals.patchPrincipal],
  ['DELETE', at('servicePrincipals{key}'), principals.deletePrincipal],
  ['GET', at('servicePrincipals{key}/appRoleAssignments'), assignments.listAssignments],
  ['POST', at('servicePrincipals{key}/appRoleAssignments'), assignments.postAssignment],
  ['DELETE', at('servicePrincipals{key}/appRoleAssignments/(?<assignmentId>[^/]+)'), assignments.deleteAssignment],
  ['GET', at('servicePrincipals{key}/appRoleAssignedTo'), assignments.listAssignedTo],
  ['POST', at('servicePrincipals{key}/appRoleAssignedTo'), assignments.postAssignedTo],
  ['DELETE', at('servicePrincipals{key}/appRoleAssignedTo/(?<assignmentId>[^/]+)'), assignments.deleteAssignedTo],

  ['GET', at('directory/deletedItems/microsoft\\.graph\\.application'), deleted.listDeleted],
  ['GET', at('directory/deletedItems/(?<id>[^/.]+)'), deleted.getDeleted],
  ['POST', at('directory/deletedItems/(?<id>[^/.]+)/restore'), deleted.restoreDeleted],
  ['DELETE', at('directory/deletedItems/(?<id>[^/.]+)'), deleted.deleteForGood]
]

export type GraphRequest = { method: string; url: URL; headers: Readonly<Record<string, string>>; body: unknown }

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw badRequest('The request URI is not valid.')
  }
}

/** Answers one request, or one part of a batch. Throws a GraphRefusal where Graph refuses. */
export async function answer(practice: Practice, request: GraphRequest): Promise<Answer> {
  return answerTo(practice, await readCaller(practice, request.headers.authorization), request)
}

/** The same for somebody who is known already: the practice portal's people. */
export function answerTo(practice: Practice, caller: Caller, { method, url, headers, body }: GraphRequest): Answer {
  const path = decodePath(url.pathname)
  for (const [wanted, pattern, handler] of resources) {
    if (wanted !== method) continue
    const match = pattern.exec(path)
    if (!match) continue
    const view = practice.copies.look()
    const params = { ...match.groups }
    return handler({ practice, tenant: caller.tenant, caller, view, method, url, headers, body, params })
  }
  throw new GraphRefusal(501, 'NotImplemented', `The practice tenant does not know ${method} ${path}.`)
}
