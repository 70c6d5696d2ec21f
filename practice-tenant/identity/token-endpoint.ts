// The token endpoint: code, refresh token and client credentials. The rule it keeps: nothing that is sent or made here
// is ever printed, and each refusal carries Entra's own code.

import { createHash } from 'node:crypto'
import { json, type Reply, type Request, type Route } from '../http.ts'
import type { Practice } from '../practice.ts'
import type { Person, Tenant } from '../state.ts'
import { type Client, credentialsOf, findClient, judgeSecret } from './clients.ts'
import { consentedScopes, notConsented } from './consent.ts'
import { type Authority, readAuthority } from './metadata.ts'
import { refusals, refuse, type SignInRefusal } from './refusals.ts'
import { readScopes, scopesOfGraph } from './scopes.ts'
import { type Account, homeOf, personOf } from './sign-ins.ts'
import { appToken, contextAsked, findResource, personTokens, understandsChallenges } from './tokens.ts'

/** Counts one try of a secret that is too new to be known everywhere. */
function tooNew(practice: Practice): (keyId: string) => boolean {
  return keyId => {
    const left = practice.freshSecrets.get(keyId) ?? 0
    if (left <= 1) practice.freshSecrets.delete(keyId)
    else practice.freshSecrets.set(keyId, left - 1)
    return left > 0
  }
}

function judgeClient(
  practice: Practice,
  client: Client,
  secret: string | undefined,
  confidential: boolean
): SignInRefusal | undefined {
  if (!confidential) return secret === undefined ? undefined : refusals.secretToPublic()
  if (secret === undefined) return refusals.secretMissing()
  return judgeSecret(client.appId, client.secrets, secret, tooNew(practice))
}

/** The tenant that an account is signed in to under this authority, and its user object there. */
function placeOf(
  practice: Practice,
  authority: Authority,
  account: Account
): { tenant: Tenant; person: Person } | undefined {
  if (authority.kind === 'any') return homeOf(practice.state, account)
  const person = personOf(authority.tenant, account)
  return person && { tenant: authority.tenant, person }
}

async function redeemCode(
  practice: Practice,
  authority: Authority,
  client: Client,
  secret: string | undefined,
  form: URLSearchParams
): Promise<Reply> {
  const code = practice.signIns.redeemCode(form.get('code') ?? '')
  if (code === undefined) return refuse(refusals.codeUnknown())
  if (code === 'used') return refuse(refusals.codeUsed())
  if (code === 'expired') return refuse(refusals.codeExpired())
  if (code.clientId !== client.appId) return refuse(refusals.codeForAnother(client.appId))
  if (code.redirectUri !== form.get('redirect_uri')) {
    return refuse(refusals.redirectUri(form.get('redirect_uri') ?? '', client.appId))
  }
  const wrong = judgeClient(practice, client, secret, code.confidential)
  if (wrong) return refuse(wrong)
  const verifier = form.get('code_verifier')
  if (code.codeChallenge === undefined && !code.confidential) return refuse(refusals.pkceMissing())
  if (code.codeChallenge !== undefined) {
    if (verifier === null) return refuse(refusals.parameterMissing('code_verifier'))
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (challenge !== code.codeChallenge) return refuse(refusals.pkceMismatch())
  }
  const tenant = practice.state.tenants.find(({ id }) => id === code.tenantId)
  const person = tenant && personOf(tenant, code.account)
  const sameTenant = authority.kind === 'any' || authority.tenant.id === code.tenantId
  if (!tenant || !person || !sameTenant) return refuse(refusals.codeUnknown())
  const { nonce, context } = code
  return tokensFor(practice, { client, tenant, person, nonce, context, scope: form.get('scope') ?? code.scope, form })
}

async function refresh(
  practice: Practice,
  authority: Authority,
  client: Client,
  secret: string | undefined,
  form: URLSearchParams
): Promise<Reply> {
  const read = await practice.signingKey.verify('refresh', form.get('refresh_token') ?? '')
  if (!('claims' in read)) return refuse(read.expired ? refusals.refreshExpired() : refusals.codeUnknown())
  const { appid, accountTenant, accountId, issuedAtMs, acrs } = read.claims as Record<string, unknown>
  if (appid !== client.appId) return refuse(refusals.codeForAnother(client.appId))
  const wrong = judgeClient(practice, client, secret, client.webRedirectUris.length > 0)
  if (wrong) return refuse(wrong)
  const account = { tenantId: String(accountTenant), id: String(accountId) }
  const home = homeOf(practice.state, account)
  const place = placeOf(practice, authority, account)
  if (!home) return refuse(refusals.revoked())
  if (!place) {
    const tenantName = authority.kind === 'tenant' ? authority.tenant.displayName : authority.name
    return refuse(refusals.accountElsewhere(home.person.userPrincipalName, tenantName, client.appId))
  }
  const validFrom = Math.max(home.person.tokensValidFromMs ?? 0, place.person.tokensValidFromMs ?? 0)
  if (Number(issuedAtMs) < validFrom) return refuse(refusals.revoked())
  const context = Array.isArray(acrs) ? String(acrs[0]) : undefined
  const asked = contextAsked(form.get('claims'))
  if (asked !== undefined && asked !== context) return refuse(refusals.strongerSignIn())
  return tokensFor(practice, { client, ...place, nonce: undefined, context, scope: form.get('scope') ?? '', form })
}

type TokensWanted = {
  client: Client
  tenant: Tenant
  person: Person
  nonce: string | undefined
  context: string | undefined
  scope: string
  form: URLSearchParams
}

async function tokensFor(practice: Practice, wanted: TokensWanted) {
  const { client, tenant, person, nonce, context, scope, form } = wanted
  const asked = readScopes(scope, practice.addresses.https)
  if ('unknown' in asked) return refuse(refusals.scopeUnknown(client.displayName, asked.unknown))
  const known = asked.allConsented ? consentedScopes(tenant, person, client.appId) : []
  const graph = [...asked.graph, ...known.flatMap(value => scopesOfGraph[value.toLowerCase()] ?? [])]
  if (notConsented(tenant, person, client.appId, graph).length > 0) {
    return refuse(refusals.consentRequired(client.appId, client.displayName))
  }
  const capable = understandsChallenges(form.get('claims'))
  const { openId } = asked
  return json(200, await personTokens(practice, { tenant, person, client, openId, graph, nonce, context, capable }))
}

async function clientCredentials(
  practice: Practice,
  authority: Authority,
  appId: string,
  secret: string | undefined,
  form: URLSearchParams
): Promise<Reply> {
  if (authority.kind === 'any') return refuse(refusals.tenantMistyped(authority.name))
  const { tenant } = authority
  const client = findClient(practice.state, appId)
  const isHere = client && (client.homeTenantId === tenant.id || client.multiTenant)
  if (!isHere) return refuse(refusals.applicationUnknown(appId, tenant.displayName))
  if (secret === undefined) return refuse(refusals.secretMissing())
  const wrong = judgeSecret(client.appId, client.secrets, secret, tooNew(practice))
  if (wrong) return refuse(wrong)
  const scope = form.get('scope')
  if (scope === null || scope === '') return refuse(refusals.parameterMissing('scope'))
  const resourceName = /^(\S+)\/\.default$/.exec(scope)?.[1]
  if (resourceName === undefined) return refuse(refusals.scopeShape(scope))
  const principal = tenant.servicePrincipals.find(one => one.appId === client.appId)
  if (!principal) return refuse(refusals.servicePrincipalMissing(client.appId, tenant.id))
  if (!principal.accountEnabled) return refuse(refusals.disabled(client.appId))
  const resource = findResource(practice, tenant, resourceName)
  if (!resource) return refuse(refusals.resourceUnknown(resourceName, tenant.displayName))
  return json(200, await appToken(practice, tenant, { application: client, principal }, resource))
}

async function answer(practice: Practice, { params, form, headers }: Request): Promise<Reply> {
  const authority = readAuthority(practice, params.tenant ?? '')
  if ('refusal' in authority) return authority.refusal
  const grantType = form.get('grant_type')
  if (grantType === null) return refuse(refusals.parameterMissing('grant_type'))
  const { id, secret } = credentialsOf(form, headers.authorization)
  if (id === undefined) return refuse(refusals.parameterMissing('client_id'))
  if (form.has('client_assertion')) return refuse(refusals.assertionUnsupported())
  if (grantType === 'client_credentials') return clientCredentials(practice, authority, id, secret, form)
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token') return refuse(refusals.grantType(grantType))
  const client = findClient(practice.state, id)
  const place = authority.kind === 'tenant' ? authority.tenant.displayName : authority.name
  if (!client) return refuse(refusals.applicationUnknown(id, place))
  const grant = grantType === 'authorization_code' ? redeemCode : refresh
  return grant(practice, authority, client, secret, form)
}

export function tokenRoutes(practice: Practice): Route[] {
  return [['POST', '/{tenant}/oauth2/v2.0/token', request => answer(practice, request)]]
}
