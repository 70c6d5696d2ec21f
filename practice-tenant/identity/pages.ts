// What people see while they sign in: the list of accounts, the consent page, "Need admin approval", and errors.
// The rule it keeps: everything works by role and label, without a script, and no password is ever asked for.

import type { Reply } from '../http.ts'
import { markup, page } from '../page.ts'
import { type Person, roleNames, type Tenant } from '../state.ts'
import type { Client } from './clients.ts'
import type { SignInRefusal } from './refusals.ts'
import type { GraphScope } from './scopes.ts'
import { accountOf } from './sign-ins.ts'

/** A person as the button that signs them in names them. */
export function nameForButton(tenant: Tenant, person: Person): string {
  const roles = person.roles.map(template => roleNames[template] ?? template)
  const role = roles.length > 0 ? roles.join(' and ') : 'no admin role'
  const guest = person.userType === 'Guest' ? `, guest of ${tenant.displayName}` : ''
  return `${person.displayName}, ${role}, ${person.mail ?? person.userPrincipalName}${guest}`
}

export type Choices = { tenant: Tenant; people: Person[] }[]

/** `others` are accounts that do not exist in the tenant that was asked for. */
export function accountPage(client: Client, choices: Choices, others: Choices, hint: string | undefined): Reply {
  const button = (tenant: Tenant, person: Person) => {
    const account = accountOf(tenant, person)
    const hinted = hint !== undefined && person.mail?.toLowerCase() === hint.toLowerCase()
    return markup`<li><button class="${hinted ? 'wide' : 'wide plain'}" name="account"
      value="${`${account.tenantId}.${account.id}`}">${nameForButton(tenant, person)}</button></li>`
  }
  const list = (groups: Choices) =>
    groups.map(
      ({ tenant, people }) => markup`<h2>${tenant.displayName}</h2>
<ul class="people">${people.map(person => button(tenant, person))}</ul>`
    )
  return page(
    'Pick an account',
    markup`<p>to sign in to <strong>${client.displayName}</strong>. One click signs in: no password is asked for here.</p>
<form method="post">${list(choices)}
${
  others.length > 0 && markup`<details><summary>Accounts that are not in this tenant</summary>${list(others)}</details>`
}
<p><button class="plain" name="cancel" value="yes">Cancel</button></p></form>`
  )
}

export function consentPage(
  client: Client,
  tenant: Tenant,
  person: Person,
  asked: readonly GraphScope[],
  forAll: boolean
): Reply {
  const account = accountOf(tenant, person)
  return page(
    'Permissions requested',
    markup`<p><strong>${client.displayName}</strong> would like, in <strong>${tenant.displayName}</strong>:</p>
<ul>${asked.map(({ title, value }) => markup`<li>${title} <span class="soft">(${value})</span></li>`)}</ul>
<p class="soft">Signed in as ${person.displayName}, ${person.mail ?? person.userPrincipalName}.</p>
<form method="post"><input type="hidden" name="account" value="${`${account.tenantId}.${account.id}`}">
${forAll && markup`<p><label><input type="checkbox" name="wholeOrganization" value="yes" checked style="width:auto"> Consent on behalf of your organization</label></p>`}
<p><button name="consent" value="accept">Accept</button>
<button class="plain" name="consent" value="cancel">Cancel</button></p></form>`
  )
}

export function approvalPage(client: Client, tenant: Tenant, person: Person, asked: readonly GraphScope[]): Reply {
  const account = accountOf(tenant, person)
  return page(
    'Need admin approval',
    markup`<p><strong>${client.displayName}</strong> needs permission to access resources in
<strong>${tenant.displayName}</strong> that only an admin can grant. Please ask an admin to grant permission to this app
before you can use it.</p>
<ul>${asked.map(({ title, value }) => markup`<li>${title} <span class="soft">(${value})</span></li>`)}</ul>
<p class="soft">Signed in as ${person.displayName}, ${person.mail ?? person.userPrincipalName}.</p>
<form method="post"><input type="hidden" name="account" value="${`${account.tenantId}.${account.id}`}">
<p><button name="again" value="yes">Have an admin account? Sign in with that account</button></p>
<p><button class="plain" name="consent" value="unapproved">Return to the application without granting consent</button></p>
</form>`
  )
}

/** Where there is nowhere safe to send the browser back to. */
export function errorPage({ status, code, text }: SignInRefusal): Reply {
  return page('Sorry, but we are having trouble signing you in.', markup`<p>AADSTS${code}: ${text}</p>`, status)
}

export function signedOutPage(): Reply {
  return page('You signed out of your account', markup`<p>It is a good idea to close all browser windows.</p>`)
}
