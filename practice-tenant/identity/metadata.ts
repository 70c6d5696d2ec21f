// OpenID metadata, keys and the tenant named in a path. The rule it keeps: for a domain the issuer holds the tenant's
// GUID, which is how a tenant is resolved from a domain without signing in.

import { json, type Reply, type Route } from '../http.ts'
import { guidPattern, type Practice } from '../practice.ts'
import { findTenant, type Tenant } from '../state.ts'
import { refusals, refuse } from './refusals.ts'

/** What stands in the path: a tenant, or any work account's own. */
export type Authority = { kind: 'tenant'; tenant: Tenant } | { kind: 'any'; name: 'organizations' | 'common' }

/** Reads the tenant part of a path; a reply when it names none. */
export function readAuthority(practice: Practice, name: string): Authority | { refusal: Reply } {
  const wanted = name.toLowerCase()
  if (wanted === 'organizations' || wanted === 'common') return { kind: 'any', name: wanted }
  const tenant = findTenant(practice.state, wanted)
  if (tenant) return { kind: 'tenant', tenant }
  const mayBeTenant = guidPattern.test(wanted) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(wanted)
  return { refusal: refuse(mayBeTenant ? refusals.tenantUnknown(name) : refusals.tenantMistyped(name)) }
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
function metadata(practice: Practice, authority: Authority): Reply {
  const { https, http } = practice.addresses
  const path = authority.kind === 'tenant' ? authority.tenant.id : authority.name
  const issuer = authority.kind === 'tenant' ? authority.tenant.id : '{tenantid}'
  const host = new URL(https).host
  return json(200, {
    token_endpoint: `${https}/${path}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${https}/${path}/discovery/v2.0/keys`,
    response_modes_supported: ['query'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${https}/${issuer}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${http}/${path}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${http}/${path}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'oid'],
    tenant_region_scope: authority.kind === 'tenant' ? 'EU' : null,
    cloud_instance_name: host,
    cloud_graph_host_name: host,
    msgraph_host: host
  })
}

export function metadataRoutes(practice: Practice): Route[] {
  return [
    [
      'GET',
      '/{tenant}/v2.0/.well-known/openid-configuration',
      ({ params }) => {
        const authority = readAuthority(practice, params.tenant ?? '')
        return 'refusal' in authority ? authority.refusal : metadata(practice, authority)
      }
    ],
    ['GET', '/{tenant}/discovery/v2.0/keys', () => json(200, practice.signingKey.publicKeys)]
  ]
}
