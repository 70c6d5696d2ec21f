// How to register an application for the wizard itself, as plain data made from what this wizard really uses.
// The rule it keeps: the redirect address and the permissions are computed, so that the page cannot promise others.
import { whichPortal } from '../steps/portal.ts'
import type { Click, Cloud } from '../steps/step.ts'

export type Purpose = 'own-tenant' | 'clients'

export type Place = {
  /** The public address, without a slash at the end. */
  baseUrl: string
  /** Everything is on this computer. */
  local: boolean
}

export const redirectUriOf = ({ baseUrl }: Place) => `${baseUrl}/auth/callback`

/** The portal's text box takes http for localhost only, and refuses 127.0.0.1.
 *  https://learn.microsoft.com/entra/identity-platform/reply-url */
export const portalRefusesAddress = ({ baseUrl }: Place) => /^http:\/\/(127\.|\[)/.test(baseUrl)

/** The names of the account types have changed over time, so both are said.
 *  https://learn.microsoft.com/entra/identity-platform/howto-modify-supported-accounts */
const accountTypes: Readonly<Record<Purpose, string>> = {
  'own-tenant':
    'Under Supported account types choose “Single tenant only” (older pages: “Accounts in this organizational directory only”)',
  clients:
    'Under Supported account types choose “Multiple Entra ID tenants” (older pages: “Accounts in any organizational directory”)'
}

/** The portal's clicks, in order. https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export function registrationClicks(place: Place, cloud: Cloud | undefined, purpose: Purpose): readonly Click[] {
  return [
    {
      says: 'Open App registrations and choose New registration',
      href: cloud && whichPortal({ cloud }).appRegistrations
    },
    {
      says: 'Enter a name that people will see when they sign in',
      type: [{ label: 'Name', value: 'Mail OAuth Wizard', copy: true }]
    },
    { says: accountTypes[purpose] },
    {
      says: 'Under Redirect URI choose the platform Web, enter this address, and choose Register',
      type: [{ label: 'Redirect URI', value: redirectUriOf(place), copy: true }]
    },
    { says: 'On the Overview page copy the Application (client) ID and the Directory (tenant) ID' }
  ]
}

/** What the wizard may do on behalf of the person who is signed in: delegated permissions of Microsoft Graph. */
export function permissionClicks(permissions: readonly string[], optional: readonly string[]): readonly Click[] {
  return [
    { says: 'Open API permissions, choose Add a permission, Microsoft Graph, Delegated permissions' },
    {
      says: 'Tick these, and choose Add permissions',
      type: [
        ...permissions.map(value => ({ label: 'Permission', value, copy: true })),
        ...optional.map(value => ({
          label: 'Optional',
          value,
          copy: true,
          note: 'Only for picking mailboxes from the directory. It is asked for when somebody opens that page.'
        }))
      ]
    },
    {
      says: 'Choose Grant admin consent, or leave it: Microsoft then asks the first administrator who enters a tenant'
    }
  ]
}

/** How the wizard proves that it is itself. */
export const credentialClicks: readonly Click[] = [
  { says: 'Open Certificates & secrets, Client secrets, and choose New client secret' },
  { says: 'Copy the Value at once, not the Secret ID: the portal shows it this once' }
]

export type Setting = { name: string; value: string; note?: string }

/** The settings in the environment, or in the file .env beside package.json. */
export function settingsFor(purpose: Purpose): readonly Setting[] {
  return [
    { name: 'AZURE_TENANT_ID', value: '<Directory (tenant) ID>' },
    { name: 'AZURE_CLIENT_ID', value: '<Application (client) ID>' },
    { name: 'AZURE_CLIENT_SECRET', value: '<Value of the client secret>' },
    ...(purpose === 'clients'
      ? [{ name: 'ALLOWED_TENANTS', value: '<your own tenant ID or domain, and others, separated by commas>' }]
      : [])
  ]
}

/** The settings as lines of an environment file. */
export const settingLines = (settings: readonly Setting[]) =>
  settings.map(({ name, value }) => `${name}=${value}`).join('\n')
