// The delegated permissions of Microsoft Graph that the practice tenant knows, and reading a request's `scope`.
// The rule it keeps: a scope that is not on this list is refused, so that the product cannot ask for more unnoticed.

export type GraphScope = { value: string; title: string /** Only an administrator may consent. */; admin: boolean }

const list: readonly [value: string, title: string, admin: boolean][] = [
  ['User.Read', 'Sign in and read user profile', false],
  ['User.ReadBasic.All', "Read all users' basic profiles", false],
  ['User.Read.All', "Read all users' full profiles", true],
  ['Application.Read.All', 'Read applications', true],
  ['Application.ReadWrite.All', 'Read and write all applications', true],
  ['AppRoleAssignment.ReadWrite.All', 'Manage app permission grants and app role assignments', true],
  ['Organization.Read.All', 'Read organization information', true],
  ['Directory.Read.All', 'Read directory data', true],
  ['CrossTenantInformation.ReadBasic.All', 'Read cross-tenant basic information', true],
  ['RoleManagement.Read.Directory', 'Read directory RBAC settings', true],
  ['Policy.Read.All', "Read your organization's policies", true]
]

/** By value in lower case. Which of them need an administrator: https://learn.microsoft.com/graph/permissions-reference */
export const scopesOfGraph: Readonly<Record<string, GraphScope>> = Object.fromEntries(
  list.map(([value, title, admin]) => [value.toLowerCase(), { value, title, admin }])
)

const openIdScopes = ['openid', 'profile', 'email', 'offline_access']

export type AskedScopes = {
  openId: string[]
  graph: GraphScope[] /** All that was consented before. */
  allConsented: boolean
}

/** Reads a `scope` parameter. Bare names and those under `graph` (the address of Graph) count; gives the first unknown. */
export function readScopes(scope: string, graph: string): AskedScopes | { unknown: string } {
  const asked: AskedScopes = { openId: [], graph: [], allConsented: false }
  for (const item of scope.split(/\s+/).filter(Boolean)) {
    const prefix = `${graph}/`
    const bare = item.toLowerCase().startsWith(prefix) ? item.slice(prefix.length) : item
    const known = scopesOfGraph[bare.toLowerCase()]
    if (openIdScopes.includes(item)) asked.openId.push(item)
    else if (bare === '.default' && bare !== item) asked.allConsented = true
    else if (known) asked.graph.push(known)
    else return { unknown: item }
  }
  return asked
}
