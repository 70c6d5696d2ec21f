// The practice portal's pages: a very plain Entra, enough to do every step of the manual path by hand.
// The rule it keeps: labels are Entra's own words, so that the wizard's manual path reads true here.

import type { Reply } from '../http.ts'
import { type Markup, markup, page } from '../page.ts'
import {
  type Application,
  exchangeAppId,
  type Person,
  roleNames,
  type ServicePrincipal,
  type Tenant
} from '../state.ts'

export type Place = { tenant: Tenant; person: Person; home: string }

const who = ({ tenant, person, home }: Place) => markup`<p class="soft">${tenant.displayName}, as ${person.displayName}
(${person.roles.map(role => roleNames[role] ?? role).join(', ') || 'no admin role'}).
<a href="${home}">All applications of this tenant</a> · <a href="/portal">Everybody</a></p>`

const notice = (says: string | undefined) => says !== undefined && markup`<p role="alert"><strong>${says}</strong></p>`

export function indexPage(tenants: readonly Tenant[]): Reply {
  return page(
    'Practice portal',
    markup`<p>Deep links into Microsoft's admin centre end here in practice. Choose as whom to look around.</p>
${tenants.map(
  tenant => markup`<h2>${tenant.displayName}</h2>
<p class="soft">Directory (tenant) ID: <code>${tenant.id}</code></p>
<ul>${tenant.people
    .filter(({ signsIn }) => signsIn)
    .map(
      person => markup`<li><a href="/portal/${tenant.id}/${person.id}">${person.displayName},
${person.roles.map(role => roleNames[role] ?? role).join(' and ') || 'no admin role'}</a></li>`
    )}</ul>`
)}
<p><a href="/exchange">Exchange console</a></p>`
  )
}

export function tenantPage(place: Place, says?: string): Reply {
  const { tenant, home } = place
  const none = markup`<li class="soft">None yet.</li>`
  const applications = tenant.applications.map(
    one => markup`<li><a href="${home}/applications/${one.id}">${one.displayName}</a></li>`
  )
  const principals = tenant.servicePrincipals.map(
    one => markup`<li><a href="${home}/enterprise/${one.id}">${one.displayName}</a></li>`
  )
  return page(
    'App registrations',
    markup`${who(place)}${notice(says)}
<ul>${applications.length > 0 ? applications : none}</ul>
<h2>New registration</h2>
<form method="post" action="${home}/applications">
<label for="name">Name</label><input id="name" name="name" required maxlength="120">
<p><button>Register</button></p></form>
<h2>Enterprise applications</h2><ul>${principals}</ul>`,
    says === undefined ? 200 : 400
  )
}

const mailPermissions = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']

export type Grantable = { value: string; granted: boolean }

/** The application's declared permissions on Exchange Online, each with whether it is granted. */
export function permissionsOf(tenant: Tenant, application: Application): Grantable[] {
  const exchange = tenant.servicePrincipals.find(({ appId }) => appId === exchangeAppId)
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === application.appId)
  const declared = application.requiredResourceAccess.find(({ resourceAppId }) => resourceAppId === exchangeAppId)
  return (declared?.resourceAccess ?? []).map(({ id }) => ({
    value: exchange?.appRoles.find(role => role.id === id)?.value ?? id,
    granted: tenant.appRoleAssignments.some(
      one => one.principalId === principal?.id && one.resourceId === exchange?.id && one.appRoleId === id
    )
  }))
}

export function applicationPage(
  place: Place,
  application: Application,
  shown: { says?: string | undefined; secret?: { value: string; keyId: string } | undefined } = {}
): Reply {
  const { tenant, home } = place
  const own = `${home}/applications/${application.id}`
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === application.appId)
  const permissions = permissionsOf(tenant, application)
  const secret: Markup | false =
    shown.secret !== undefined &&
    markup`<h3>New client secret</h3><p>Copy the value now: it is shown once.</p>
<dl><dt>Value</dt><dd><code>${shown.secret.value}</code></dd>
<dt>Secret ID</dt><dd><code>${shown.secret.keyId}</code></dd></dl>`
  return page(
    application.displayName,
    markup`${who(place)}${notice(shown.says)}
<h2>Overview</h2>
<dl><dt>Display name</dt><dd>${application.displayName}</dd>
<dt>Application (client) ID</dt><dd><code>${application.appId}</code></dd>
<dt>Object ID</dt><dd><code>${application.id}</code></dd>
<dt>Directory (tenant) ID</dt><dd><code>${tenant.id}</code></dd>
<dt>Managed application in local directory</dt>
<dd>${principal ? markup`<a href="${home}/enterprise/${principal.id}">${principal.displayName}</a>` : 'none'}</dd></dl>
<h2>API permissions</h2>
<ul>${permissions.map(
      ({ value, granted }) => markup`<li>Office 365 Exchange Online: ${value},
${granted ? `Granted for ${tenant.displayName}` : `Not granted for ${tenant.displayName}`}</li>`
    )}</ul>
<form method="post" action="${own}/permissions"><fieldset><legend>Add a permission: Office 365 Exchange Online,
Application permissions</legend>${mailPermissions.map(
      value =>
        markup`<label><input type="checkbox" name="permission" value="${value}" style="width:auto"> ${value}</label>`
    )}<p><button>Add permissions</button></p></fieldset></form>
<form method="post" action="${own}/consent"><button>Grant admin consent for ${tenant.displayName}</button></form>
<h2>Certificates &amp; secrets</h2>
${secret}
<ul>${application.passwordCredentials.map(
      one => markup`<li>${one.displayName ?? 'No description'}: expires ${one.endDateTime.slice(0, 10)}, value
${one.hint}…, Secret ID <code>${one.keyId}</code></li>`
    )}</ul>
<form method="post" action="${own}/secrets">
<label for="description">Description</label><input id="description" name="description" maxlength="120">
<label for="expires">Expires</label><select id="expires" name="expires"><option value="90">90 days (3 months)</option>
<option value="180" selected>180 days (6 months)</option><option value="365">365 days (12 months)</option>
<option value="730">730 days (24 months)</option></select>
<p><button>New client secret</button></p></form>`,
    shown.says === undefined ? 200 : 400
  )
}

export function enterprisePage(place: Place, principal: ServicePrincipal): Reply {
  const { tenant } = place
  const granted = tenant.appRoleAssignments
    .filter(one => one.principalId === principal.id)
    .map(one => {
      const resource = tenant.servicePrincipals.find(({ id }) => id === one.resourceId)
      const role = resource?.appRoles.find(({ id }) => id === one.appRoleId)
      return markup`<li>${resource?.displayName ?? one.resourceId}: ${role?.value ?? one.appRoleId}</li>`
    })
  return page(
    principal.displayName,
    markup`${who(place)}
<h2>Properties of the enterprise application</h2>
<dl><dt>Name</dt><dd>${principal.displayName}</dd>
<dt>Application ID</dt><dd><code>${principal.appId}</code></dd>
<dt>Object ID</dt><dd><code>${principal.id}</code></dd></dl>
<h2>Permissions: Admin consent</h2>
<ul>${granted.length > 0 ? granted : markup`<li class="soft">None.</li>`}</ul>`
  )
}
