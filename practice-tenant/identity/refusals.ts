// What the sign-in and token endpoints say when they refuse: AADSTS codes with their texts.
// The rule it keeps: one row a code. https://learn.microsoft.com/entra/identity-platform/reference-error-codes

import { randomUUID } from 'node:crypto'
import { json, type Reply } from '../http.ts'

export type SignInRefusal = { status: number; error: string; code: number; text: string; suberror?: string }

const refusal = (status: number, error: string, code: number, text: string): SignInRefusal => ({
  status,
  error,
  code,
  text
})

export const refusals = {
  tenantUnknown: (tenant: string) =>
    refusal(
      400,
      'invalid_tenant',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`
    ),
  tenantMistyped: (tenant: string) =>
    refusal(
      400,
      'invalid_request',
      900023,
      `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`
    ),
  applicationUnknown: (appId: string, tenant: string) =>
    refusal(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${appId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`
    ),
  notMultiTenant: (appId: string) =>
    refusal(
      400,
      'invalid_request',
      50194,
      `Application '${appId}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`
    ),
  redirectUri: (uri: string, appId: string) =>
    refusal(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${appId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`
    ),
  accountElsewhere: (account: string, tenant: string, appId: string) =>
    refusal(
      400,
      'invalid_request',
      50020,
      `User account '${account}' does not exist in tenant '${tenant}' and cannot access the application '${appId}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account.`
    ),
  parameterMissing: (name: string) =>
    refusal(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`),
  pkceMissing: () =>
    refusal(
      400,
      'invalid_request',
      9002325,
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption.'
    ),
  pkceMethod: () =>
    refusal(400, 'invalid_request', 50147, "The code challenge method must be 'S256' at the practice tenant."),
  pkceMismatch: () =>
    refusal(400, 'invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge supplied.'),
  responseType: (value: string) =>
    refusal(400, 'unsupported_response_type', 700054, `response_type '${value}' is not enabled for the application.`),
  scopeUnknown: (application: string, scope: string) =>
    refusal(
      400,
      'invalid_client',
      650053,
      `The application '${application}' asked for scope '${scope}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.`
    ),
  responseMode: () =>
    refusal(400, 'invalid_request', 90013, "The practice tenant knows the response mode 'query' only."),
  signInNeeded: () =>
    refusal(400, 'login_required', 50058, 'A silent sign-in request was sent but no user is signed in.'),
  consentNeeded: (appId: string, name: string) =>
    refusal(
      400,
      'consent_required',
      65001,
      `The user or administrator has not consented to use the application with ID '${appId}' named '${name}'. Send an interactive authorization request for this user and resource.`
    ),
  consentDeclined: () => refusal(400, 'access_denied', 65004, 'User declined to consent to access the app.'),
  adminConsentNeeded: (name: string) =>
    refusal(
      400,
      'access_denied',
      90094,
      `The grant requires admin permission. ${name} needs permission to access resources in your organization that only an admin can grant.`
    ),
  grantType: (value: string) =>
    refusal(400, 'unsupported_grant_type', 70003, `The grant type '${value}' is not known.`),
  codeUnknown: () => refusal(400, 'invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.'),
  codeUsed: () =>
    refusal(
      400,
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code.'
    ),
  codeExpired: () =>
    refusal(
      400,
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired due to inactivity.'
    ),
  codeForAnother: (appId: string) =>
    refusal(400, 'invalid_grant', 700003, `The code was not issued to the application '${appId}'.`),
  refreshExpired: () => refusal(400, 'invalid_grant', 700082, 'The refresh token has expired due to inactivity.'),
  revoked: () =>
    refusal(
      400,
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed.'
    ),
  strongerSignIn: (): SignInRefusal => ({
    ...refusal(
      400,
      'invalid_grant',
      50076,
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.'
    ),
    suberror: 'basic_action'
  }),
  consentRequired: (appId: string, name: string): SignInRefusal => ({
    ...refusal(
      400,
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${appId}' named '${name}'. Send an interactive authorization request for this user and resource.`
    ),
    suberror: 'consent_required'
  }),
  secretMissing: () =>
    refusal(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
    ),
  secretToPublic: () =>
    refusal(
      401,
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."
    ),
  secretWrong: (appId: string) =>
    refusal(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`
    ),
  secretExpired: (appId: string) =>
    refusal(
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`
    ),
  assertionUnsupported: () =>
    refusal(401, 'invalid_client', 700027, 'The practice tenant does not know client assertions.'),
  scopeShape: (scope: string) =>
    refusal(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`
    ),
  resourceUnknown: (resource: string, tenant: string) =>
    refusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`
    ),
  servicePrincipalMissing: (appId: string, tenant: string) =>
    refusal(
      401,
      'unauthorized_client',
      7000229,
      `The client application ${appId} is missing service principal in the tenant ${tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`
    ),
  disabled: (appId: string) => refusal(400, 'unauthorized_client', 7000112, `Application '${appId}' is disabled.`)
} as const

/** The JSON that the token endpoint and the metadata answer with. */
export function refuse({ status, error, code, text, suberror }: SignInRefusal): Reply {
  const traceId = randomUUID()
  const correlationId = randomUUID()
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`
  const description = `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`
  return json(
    status,
    {
      error,
      error_description: description,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      ...(suberror === undefined ? {} : { suberror })
    },
    { 'x-ms-request-id': traceId }
  )
}
