// Reading what a program asks of the authorize endpoint. The rule it keeps: whatever is wrong with client or redirect
// URI is said on a page of ours; everything else goes back to the program, with its `state`.

import { type Reply, type Request, redirect } from '../http.ts'
import type { Practice } from '../practice.ts'
import { type Client, findClient, platformOf } from './clients.ts'
import { type Authority, readAuthority } from './metadata.ts'
import { errorPage } from './pages.ts'
import { refusals, type SignInRefusal } from './refusals.ts'
import { type AskedScopes, readScopes } from './scopes.ts'
import { contextAsked } from './tokens.ts'

export type Asked = {
  authority: Authority
  client: Client
  redirectUri: string
  confidential: boolean
  state: string | null
  nonce: string | undefined
  scope: string
  scopes: AskedScopes
  codeChallenge: string | undefined
  prompt: string | null
  loginHint: string | undefined
  /** The authentication context that `claims` asks for. */
  context: string | undefined
}

type Return = Pick<Asked, 'redirectUri' | 'state'>

/** Sends the browser back to the program. */
export function back({ redirectUri, state }: Return, answer: Readonly<Record<string, string>>): Reply {
  const to = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value)
  if (state !== null) to.searchParams.set('state', state)
  return redirect(to.href, 303)
}

export function backWith(
  to: Return,
  { error, code, text }: SignInRefusal,
  more: Readonly<Record<string, string>> = {}
) {
  return back(to, { error, error_description: `AADSTS${code}: ${text}`, ...more })
}

/** Returns what was asked, or the reply that says what is wrong with it.
 *  https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export function readAsked(practice: Practice, { url, params }: Request): Asked | { reply: Reply } {
  const query = url.searchParams
  const authority = readAuthority(practice, params.tenant ?? '')
  if ('refusal' in authority) return { reply: errorPage(refusals.tenantUnknown(params.tenant ?? '')) }
  const place = authority.kind === 'tenant' ? authority.tenant.displayName : authority.name

  const appId = query.get('client_id') ?? ''
  const client = findClient(practice.state, appId)
  const elsewhere = authority.kind === 'tenant' && authority.tenant.id !== client?.homeTenantId
  if (!client || (elsewhere && !client.multiTenant)) {
    return { reply: errorPage(refusals.applicationUnknown(appId, place)) }
  }
  if (authority.kind === 'any' && !client.multiTenant) return { reply: errorPage(refusals.notMultiTenant(appId)) }

  const redirectUri = query.get('redirect_uri') ?? ''
  const platform = platformOf(client, redirectUri)
  if (platform === undefined) return { reply: errorPage(refusals.redirectUri(redirectUri, client.appId)) }

  const state = query.get('state')
  const refuse = (refusal: SignInRefusal) => ({ reply: backWith({ redirectUri, state }, refusal) })
  const responseType = query.get('response_type') ?? ''
  if (responseType !== 'code') return refuse(refusals.responseType(responseType))
  if ((query.get('response_mode') ?? 'query') !== 'query') return refuse(refusals.responseMode())
  const codeChallenge = query.get('code_challenge') ?? undefined
  if (codeChallenge === undefined && platform === 'public') return refuse(refusals.pkceMissing())
  if (codeChallenge !== undefined && query.get('code_challenge_method') !== 'S256') return refuse(refusals.pkceMethod())
  const scope = query.get('scope') ?? ''
  if (scope === '') return refuse(refusals.parameterMissing('scope'))
  const scopes = readScopes(scope, practice.addresses.https)
  if ('unknown' in scopes) return refuse(refusals.scopeUnknown(client.displayName, scopes.unknown))

  return {
    authority,
    client,
    redirectUri,
    confidential: platform === 'web',
    state,
    nonce: query.get('nonce') ?? undefined,
    scope,
    scopes,
    codeChallenge,
    prompt: query.get('prompt'),
    loginHint: query.get('login_hint') ?? undefined,
    context: contextAsked(query.get('claims'))
  }
}
