// The practice portal: /portal/{tenantId}/{personId}/... The rule it keeps: a form posts, the page it leads to is read
// from the tenant again; only a new secret is shown straight from the answer, as it is shown once.

import { type Handler, type Reply, type Request, type Route, redirect } from '../http.ts'
import { markup, page } from '../page.ts'
import type { Practice } from '../practice.ts'
import { type Application, exchangeAppId, type RequiredResource } from '../state.ts'
import { actAs } from './act-as.ts'
import { applicationPage, enterprisePage, indexPage, type Place, tenantPage } from './pages.ts'

const gone = () => page('Not found', markup`<p><a href="/portal">Back to the practice portal</a></p>`, 404)

const dayMs = 24 * 3600 * 1000

/** The portal makes the enterprise application by itself, and tags it so that its own list shows it (facts 2.4). */
function register(practice: Practice, place: Place, { form }: Request): Reply {
  const act = actAs(practice, place.tenant, place.person)
  const displayName = form.get('name') ?? ''
  const made = act('POST', '/applications', { displayName, signInAudience: 'AzureADMyOrg' })
  if (!made.ok) return tenantPage(place, made.says)
  const tags = ['WindowsAzureActiveDirectoryIntegratedApp']
  const principal = act('POST', '/servicePrincipals', { appId: made.body.appId, tags })
  if (!principal.ok) return tenantPage(place, principal.says)
  return redirect(`${place.home}/applications/${made.body.id}`, 303)
}

type Act = (practice: Practice, place: Place, application: Application, request: Request) => Reply

const addPermissions: Act = (practice, place, application, { form }) => {
  const exchange = place.tenant.servicePrincipals.find(({ appId }) => appId === exchangeAppId)
  const wanted = (exchange?.appRoles ?? []).filter(({ value }) => form.getAll('permission').includes(value))
  const others = application.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId !== exchangeAppId)
  const now = application.requiredResourceAccess.find(({ resourceAppId }) => resourceAppId === exchangeAppId)
  const kept = (now?.resourceAccess ?? []).filter(({ id }) => !wanted.some(role => role.id === id))
  const resourceAccess = [...kept, ...wanted.map(({ id }) => ({ id, type: 'Role' as const }))]
  const requiredResourceAccess: RequiredResource[] = [...others, { resourceAppId: exchangeAppId, resourceAccess }]
  const act = actAs(practice, place.tenant, place.person)
  const done = act('PATCH', `/applications/${application.id}`, { requiredResourceAccess })
  if (!done.ok) return applicationPage(place, application, { says: done.says })
  return redirect(`${place.home}/applications/${application.id}`, 303)
}

/** Grants every declared application permission that is not granted yet. */
const grantConsent: Act = (practice, place, application) => {
  const { tenant, person, home } = place
  const act = actAs(practice, tenant, person)
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === application.appId)
  if (!principal) return applicationPage(place, application, { says: 'The enterprise application is missing.' })
  for (const { resourceAppId, resourceAccess } of application.requiredResourceAccess) {
    const resource = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppId)
    for (const { id: appRoleId } of resourceAccess.filter(({ type }) => type === 'Role')) {
      const isGranted = tenant.appRoleAssignments.some(
        one => one.principalId === principal.id && one.appRoleId === appRoleId && one.resourceId === resource?.id
      )
      if (isGranted || !resource) continue
      const body = { principalId: principal.id, resourceId: resource.id, appRoleId }
      const done = act('POST', `/servicePrincipals/${principal.id}/appRoleAssignments`, body)
      if (!done.ok) return applicationPage(place, application, { says: done.says })
    }
  }
  return redirect(`${home}/applications/${application.id}`, 303)
}

const addSecret: Act = (practice, place, application, { form }) => {
  const days = Number(form.get('expires') ?? 180)
  const endDateTime = new Date(Date.now() + days * dayMs).toISOString()
  const passwordCredential = { displayName: form.get('description') ?? '', endDateTime }
  const act = actAs(practice, place.tenant, place.person)
  const done = act('POST', `/applications/${application.id}/addPassword`, { passwordCredential })
  if (!done.ok) return applicationPage(place, application, { says: done.says })
  const secret = { value: String(done.body.secretText), keyId: String(done.body.keyId) }
  return applicationPage(place, application, { secret })
}

export function portalRoutes(practice: Practice): Route[] {
  function at(show: (place: Place, request: Request) => Reply): Handler {
    return request => {
      const { tenantId, personId } = request.params
      const tenant = practice.state.tenants.find(({ id }) => id === tenantId)
      const person = tenant?.people.find(({ id }) => id === personId)
      if (!tenant || !person) return gone()
      return show({ tenant, person, home: `/portal/${tenant.id}/${person.id}` }, request)
    }
  }
  function atApplication(act: Act): Handler {
    return at((place, request) => {
      const application = place.tenant.applications.find(({ id }) => id === request.params.id)
      return application ? act(practice, place, application, request) : gone()
    })
  }
  const home = '/portal/{tenantId}/{personId}'
  return [
    ['GET', /^\/$/, () => redirect('/portal')],
    // A deep link like Entra's ends in `/#view/...`: whatever follows the hash stays in the browser.
    ['GET', /^\/portal\/?$/, () => indexPage(practice.state.tenants)],
    ['GET', home, at(place => tenantPage(place))],
    ['POST', `${home}/applications`, at((place, request) => register(practice, place, request))],
    [
      'GET',
      `${home}/applications/{id}`,
      atApplication((_practice, place, application) => applicationPage(place, application))
    ],
    ['POST', `${home}/applications/{id}/permissions`, atApplication(addPermissions)],
    ['POST', `${home}/applications/{id}/consent`, atApplication(grantConsent)],
    ['POST', `${home}/applications/{id}/secrets`, atApplication(addSecret)],
    [
      'GET',
      `${home}/enterprise/{id}`,
      at((place, request) => {
        const principal = place.tenant.servicePrincipals.find(({ id }) => id === request.params.id)
        return principal ? enterprisePage(place, principal) : gone()
      })
    ]
  ]
}
