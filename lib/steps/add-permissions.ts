// The permissions that the application asks for, so that the portal shows what consent will grant.
// The rule it keeps: what is there is merged with, never narrowed (a PATCH replaces the whole collection).
import {
  type Application,
  applicationGone,
  exchangeOnlineAppId,
  type MailRole,
  mailRoles,
  noExchange,
  type ResourceAccess,
  readExchangeOnline
} from './directory.ts'
import { whichPortal } from './portal.ts'
import { readRegistered, registerTheApplication } from './register-the-application.ts'
import { permissionFor, type Setup, type Step } from './step.ts'

export type Permitted = { roles: readonly MailRole[] }

export const addPermissions: Step<never, Permitted> = {
  id: 'add-permissions',
  title: 'Add the permissions',
  why: 'The application asks Exchange Online for exactly the protocols you chose. Asking grants nothing yet; consent does.',
  needs: [registerTheApplication],
  permissions: ['Application.ReadWrite.All'],

  async check(tenant, setup) {
    const [application, exchange] = await Promise.all([readRegistered(tenant, setup), readExchangeOnline(tenant)])
    if (!exchange) return { kind: 'blocked', problem: noExchange }
    const roles = mailRoles(exchange, setup.protocols)
    if (!Array.isArray(roles)) return { kind: 'blocked', problem: roles as Exclude<typeof roles, MailRole[]> }
    if (!application) return { kind: 'blocked', problem: applicationGone }
    const lacking = roles.filter(role => !asksFor(application, role))
    const [first] = lacking
    if (!first) return { kind: 'done', found: { roles }, facts: permittedFacts({ roles }) }
    return {
      kind: 'todo',
      changes: [
        {
          says: `Ask for ${lacking.map(role => role.value).join(', ')} on Office 365 Exchange Online`,
          method: 'PATCH',
          path: `/applications/${application.id}`,
          body: { requiredResourceAccess: merged(application.requiredResourceAccess, lacking) },
          lookAgainOn: /Request_ResourceNotFound|does not exist or one of its queried|Directory_ConcurrencyViolation/
        }
      ],
      then: []
    }
  },

  manual(setup) {
    const portal = whichPortal(setup)
    const appId = setup.found(registerTheApplication)?.appId
    return {
      where: portal.title,
      clicks: [
        {
          says: 'Open your application and choose API permissions, then Add a permission',
          href: appId ? portal.application(appId).permissions : portal.appRegistrations
        },
        {
          says: 'Choose APIs my organization uses, and search for the API',
          type: [{ label: 'API', value: 'Office 365 Exchange Online', copy: true }]
        },
        {
          says: 'Choose Application permissions, not Delegated permissions, and tick these',
          type: setup.protocols.map(protocol => ({ label: protocol, value: permissionFor[protocol], copy: true }))
        },
        { says: 'Choose Add permissions' }
      ],
      confirms: {
        says: `The API permissions page lists ${setup.protocols.map(protocol => permissionFor[protocol]).join(', ')} as Application permissions.`,
        found: rolesByName(setup)
      }
    }
  },
  facts: permittedFacts
}

function permittedFacts(found: Permitted) {
  return found.roles.map(role => ({ label: role.protocol, value: role.value, note: 'Application permission' }))
}

/** What the portal's page shows, for the person's word. */
export const rolesByName = (setup: Setup): Permitted => ({
  roles: setup.protocols.map(protocol => ({ protocol, value: permissionFor[protocol], id: '' }))
})

const asksFor = (application: Application, role: MailRole) =>
  application.requiredResourceAccess.some(
    resource =>
      resource.resourceAppId === exchangeOnlineAppId &&
      resource.resourceAccess.some(access => access.id === role.id && access.type === 'Role')
  )

/** What was asked for before, and the roles that lack. */
export function merged(present: readonly ResourceAccess[], lacking: readonly MailRole[]): readonly ResourceAccess[] {
  const more = lacking.map(role => ({ id: role.id, type: 'Role' as const }))
  const others = present.filter(resource => resource.resourceAppId !== exchangeOnlineAppId)
  const exchange = present.filter(resource => resource.resourceAppId === exchangeOnlineAppId)
  const access = [...exchange.flatMap(resource => resource.resourceAccess), ...more]
  return [...others, { resourceAppId: exchangeOnlineAppId, resourceAccess: access }]
}
