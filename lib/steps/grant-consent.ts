// Admin consent: one app role assignment for each permission. The assignments are the consent.

import { addPermissions, type Permitted, rolesByName } from './add-permissions.ts'
import {
  listAssignments,
  type MailRole,
  mailRoles,
  noExchange,
  readEnterpriseApplication,
  readExchangeOnline
} from './directory.ts'
import { whichPortal } from './portal.ts'
import { registerTheApplication, requireAppId } from './register-the-application.ts'
import { type Change, permissionFor, type Step } from './step.ts'

/** Refusals of a grant that only mean: already there, or a parent is not copied yet.
 *  https://github.com/hashicorp/terraform-provider-azuread (app_role_assignment_resource.go) */
const onlyNews =
  /Permission being assigned already exists|Permission being assigned was not found|Not a valid reference update|Request_ResourceNotFound|does not exist or one of its queried|Specified resourceId was not found|Directory_ConcurrencyViolation/

const grantedFacts = (found: Permitted) =>
  found.roles.map(role => ({ label: role.protocol, value: `${role.value}, granted` }))

export const grantConsent: Step<never, Permitted> = {
  id: 'grant-consent',
  title: 'Grant admin consent',
  why: 'Consent lets the application use its permissions in this tenant. It opens no mailbox yet: Exchange Online decides that, in the steps after this one.',
  needs: [registerTheApplication, addPermissions],
  // One scope suffices for roles that Exchange exposes, by Microsoft's permission data; the API page asks for two.
  // https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments
  permissions: ['Application.ReadWrite.All'],
  permissionsIfRefused: ['AppRoleAssignment.ReadWrite.All'],

  async check(tenant, setup) {
    const appId = requireAppId(setup)
    const [enterprise, exchange, assignments] = await Promise.all([
      readEnterpriseApplication(tenant, appId),
      readExchangeOnline(tenant),
      listAssignments(tenant, appId)
    ])
    if (!exchange) return { kind: 'blocked', problem: noExchange }
    if (!enterprise) return { kind: 'blocked', problem: enterpriseGone }
    const roles = mailRoles(exchange, setup.protocols)
    if (!Array.isArray(roles)) return { kind: 'blocked', problem: roles as Exclude<typeof roles, MailRole[]> }
    const granted = (role: MailRole) =>
      assignments.some(assignment => assignment.appRoleId === role.id && assignment.resourceId === exchange.id)
    const changes = roles
      .filter(role => !granted(role))
      .map(
        (role): Change => ({
          says: `Grant ${role.value} to the application`,
          method: 'POST',
          path: `/servicePrincipals/${enterprise.id}/appRoleAssignments`,
          body: { principalId: enterprise.id, resourceId: exchange.id, appRoleId: role.id },
          lookAgainOn: onlyNews
        })
      )
    const [first, ...rest] = changes
    if (first) return { kind: 'todo', changes: [first, ...rest], then: [] }
    return { kind: 'done', found: { roles }, facts: grantedFacts({ roles }) }
  },

  manual(setup) {
    const portal = whichPortal(setup)
    const appId = setup.found(registerTheApplication)?.appId
    return {
      where: portal.title,
      clicks: [
        {
          says: 'Open your application and choose API permissions',
          href: appId ? portal.application(appId).permissions : portal.appRegistrations
        },
        { says: 'Choose Grant admin consent for your organization, and confirm' },
        { says: 'Wait for the green mark “Granted” in the column Status of every permission' }
      ],
      confirms: {
        says: `The Status column says Granted for ${setup.protocols.map(protocol => permissionFor[protocol]).join(', ')}.`,
        found: rolesByName(setup)
      }
    }
  },
  facts: grantedFacts
}

const enterpriseGone = {
  id: 'grant-without-sp',
  mayBeCopying: true,
  title: 'The application has no enterprise application here',
  happened: 'Microsoft Graph does not find the service principal that consent is granted to.',
  todo: ['Go back to Register the application and look again. If it was just made, Microsoft may still be copying it.']
}
