// The programs that may sign people in, or themselves: any application of any practice tenant, and Microsoft's own
// command line tools. The rule it keeps: redirect URIs match as Entra matches them.

import { hashSecret } from '../practice.ts'
import { type Application, commandLineToolsAppId, type PasswordCredential, type State, type Tenant } from '../state.ts'
import { microsoftTenantId } from '../worlds/microsoft-apps.ts'
import { refusals, type SignInRefusal } from './refusals.ts'

export type Client = {
  appId: string
  displayName: string
  homeTenantId: string
  multiTenant: boolean
  webRedirectUris: readonly string[]
  publicRedirectUris: readonly string[]
  secrets: readonly PasswordCredential[]
}

/** Microsoft's own: its redirect URI is the bare loopback address, inferred from working tools (facts 7.1). */
const commandLineTools: Client = {
  appId: commandLineToolsAppId,
  displayName: 'Microsoft Graph Command Line Tools',
  homeTenantId: microsoftTenantId,
  multiTenant: true,
  webRedirectUris: [],
  publicRedirectUris: ['http://localhost'],
  secrets: []
}

function clientOf(tenant: Tenant, application: Application): Client {
  return {
    appId: application.appId,
    displayName: application.displayName,
    homeTenantId: tenant.id,
    multiTenant: application.signInAudience !== 'AzureADMyOrg',
    webRedirectUris: application.web.redirectUris,
    publicRedirectUris: application.publicClient.redirectUris,
    secrets: application.passwordCredentials
  }
}

/** The client with this ID, wherever it lives. */
export function findClient(state: State, appId: string): Client | undefined {
  const wanted = appId.toLowerCase()
  if (wanted === commandLineToolsAppId) return commandLineTools
  for (const tenant of state.tenants) {
    const application = tenant.applications.find(one => one.appId === wanted)
    if (application) return clientOf(tenant, application)
  }
  return undefined
}

const loopback = ['localhost', '127.0.0.1']

/** On loopback the port does not count; scheme, path and letters' case do.
 *  https://learn.microsoft.com/entra/identity-platform/reply-url */
function sameRedirect(registered: string, given: string): boolean {
  if (registered === given) return true
  if (!URL.canParse(registered) || !URL.canParse(given)) return false
  const [ours, theirs] = [new URL(registered), new URL(given)]
  const samePlace = ours.protocol === theirs.protocol && ours.hostname === theirs.hostname
  const samePath = ours.pathname === theirs.pathname && ours.search === theirs.search && theirs.hash === ''
  const portsAgree = ours.port === theirs.port || loopback.includes(ours.hostname)
  return samePlace && samePath && portsAgree
}

/** Which platform of the client a redirect URI belongs to; undefined when it is not registered. */
export function platformOf(client: Client, redirectUri: string): 'web' | 'public' | undefined {
  if (client.webRedirectUris.some(one => sameRedirect(one, redirectUri))) return 'web'
  return client.publicRedirectUris.some(one => sameRedirect(one, redirectUri)) ? 'public' : undefined
}

/** Client ID and secret as a token request carries them: in its body or as Basic authentication. */
export function credentialsOf(form: URLSearchParams, authorization: string | undefined) {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')
  const [id, secret] = basic
    ? Buffer.from(basic[1] ?? '', 'base64')
        .toString('utf8')
        .split(':')
    : []
  const decode = (text: string | undefined) => (text === undefined ? undefined : decodeURIComponent(text))
  return { id: form.get('client_id') ?? decode(id), secret: form.get('client_secret') ?? decode(secret) }
}

/** Why a secret is not good; undefined when it is. `tooNew` says whether a secret does not count yet. */
export function judgeSecret(
  appId: string,
  secrets: readonly PasswordCredential[],
  secretText: string,
  tooNew: (keyId: string) => boolean
): SignInRefusal | undefined {
  const hash = hashSecret(secretText)
  const match = secrets.find(one => one.secretHash === hash)
  if (!match || Date.parse(match.startDateTime) > Date.now() || tooNew(match.keyId)) return refusals.secretWrong(appId)
  return Date.parse(match.endDateTime) < Date.now() ? refusals.secretExpired(appId) : undefined
}
