// What is in the tokens that the practice tenant signs. The rule it keeps: claims and shapes as Entra's, so that what
// the product shows of a token is what a real one would show.

import type { Practice } from '../practice.ts'
import {
  type Application,
  exchangeAppId,
  graphAppId,
  type Person,
  type ServicePrincipal,
  type Tenant
} from '../state.ts'
import type { Client } from './clients.ts'
import type { GraphScope } from './scopes.ts'
import { accountOf, homeOf } from './sign-ins.ts'

/** The audience and scope of the Exchange resource in this pretend cloud; also in cloud.json. */
export const outlookResource = 'https://outlook.practice.example'

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Whether a `claims` parameter says that the client understands claims challenges.
 *  https://learn.microsoft.com/entra/identity-platform/claims-challenge */
export function understandsChallenges(claims: string | null): boolean {
  return claims !== null && /"xms_cc"[^}]*"cp1"/i.test(claims)
}

/** The authentication context that a `claims` parameter asks for. */
export function contextAsked(claims: string | null): string | undefined {
  return /"acrs"\s*:\s*\{[^}]*"value"\s*:\s*"([^"]+)"/.exec(claims ?? '')?.[1]
}

export type PersonTokens = {
  tenant: Tenant
  person: Person
  client: Client
  openId: readonly string[]
  graph: readonly GraphScope[]
  nonce?: string | undefined
  capable: boolean
  /** The authentication context of the sign-in; refreshing keeps it. */
  context?: string | undefined
}

/** The token endpoint's answer for a signed-in person. */
export async function personTokens(practice: Practice, wanted: PersonTokens): Promise<object> {
  const { tenant, person, client, openId, graph } = wanted
  const { https } = practice.addresses
  const { tokenLifetimeSeconds, refreshTokenLifetimeSeconds } = practice.state.settings
  const account = accountOf(tenant, person)
  const upn = homeOf(practice.state, account)?.person.userPrincipalName ?? person.userPrincipalName
  const who = { tid: tenant.id, oid: person.id, sub: `${client.appId}:${person.id}`, name: person.displayName }
  const scopes = graph.map(({ value }) => value)
  const acrs = wanted.context === undefined ? {} : { acrs: [wanted.context] }
  const accessToken = await practice.signingKey.sign(
    'access',
    {
      ...who,
      aud: https,
      iss: `${https}/${tenant.id}/`,
      appid: client.appId,
      app_displayname: client.displayName,
      idtyp: 'user',
      scp: [...openId.filter(scope => scope !== 'offline_access'), ...scopes].join(' '),
      upn,
      wids: person.roles,
      ver: '1.0',
      ...acrs,
      ...(wanted.capable ? { xms_cc: ['CP1'] } : {})
    },
    tokenLifetimeSeconds
  )
  const answer: Record<string, unknown> = {
    token_type: 'Bearer',
    scope: [...openId.filter(scope => scope !== 'offline_access'), ...scopes.map(one => `${https}/${one}`)].join(' '),
    expires_in: tokenLifetimeSeconds,
    ext_expires_in: tokenLifetimeSeconds,
    access_token: accessToken,
    client_info: base64url({ uid: account.id, utid: account.tenantId })
  }
  if (openId.includes('offline_access')) {
    const kept = {
      appid: client.appId,
      accountTenant: account.tenantId,
      accountId: account.id,
      tid: tenant.id,
      ...acrs
    }
    answer.refresh_token = await practice.signingKey.sign('refresh', kept, refreshTokenLifetimeSeconds)
  }
  if (openId.includes('openid')) {
    answer.id_token = await practice.signingKey.sign(
      'id',
      {
        ...who,
        aud: client.appId,
        iss: `${https}/${tenant.id}/v2.0`,
        preferred_username: upn,
        ver: '2.0',
        ...(wanted.nonce === undefined ? {} : { nonce: wanted.nonce })
      },
      tokenLifetimeSeconds
    )
  }
  return answer
}

/** The resource that a client credentials scope names in a tenant, with the audience of its tokens. */
export function findResource(practice: Practice, tenant: Tenant, resource: string) {
  const { https } = practice.addresses
  const graphNames = [https, graphAppId]
  const exchangeNames = [outlookResource, exchangeAppId]
  const bare = resource.toLowerCase().replace(/\/$/, '')
  const [appId, audience] = graphNames.includes(bare)
    ? [graphAppId, https]
    : exchangeNames.includes(bare)
      ? [exchangeAppId, outlookResource]
      : [bare, bare]
  const principal = tenant.servicePrincipals.find(one => one.appId === appId)
  return principal ? { principal, audience } : undefined
}

/** An app token: roles are what was granted at this moment. A token is issued even when there are none.
 *  https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export async function appToken(
  practice: Practice,
  tenant: Tenant,
  client: { application: Pick<Application, 'appId' | 'displayName'>; principal: ServicePrincipal },
  resource: { principal: ServicePrincipal; audience: string }
): Promise<object> {
  const roles = tenant.appRoleAssignments
    .filter(one => one.principalId === client.principal.id && one.resourceId === resource.principal.id)
    .map(one => resource.principal.appRoles.find(role => role.id === one.appRoleId && role.isEnabled)?.value)
    .filter(value => value !== undefined)
  const { tokenLifetimeSeconds } = practice.state.settings
  const token = await practice.signingKey.sign(
    'access',
    {
      aud: resource.audience,
      iss: `${practice.addresses.https}/${tenant.id}/`,
      app_displayname: client.application.displayName,
      appid: client.application.appId,
      appidacr: '1',
      idp: `${practice.addresses.https}/${tenant.id}/`,
      idtyp: 'app',
      oid: client.principal.id,
      sub: client.principal.id,
      tid: tenant.id,
      ver: '1.0',
      ...(roles.length > 0 ? { roles } : {})
    },
    tokenLifetimeSeconds
  )
  return {
    token_type: 'Bearer',
    expires_in: tokenLifetimeSeconds,
    ext_expires_in: tokenLifetimeSeconds,
    access_token: token
  }
}
