// A refusal of Microsoft Graph and its body. The rule it keeps: codes, messages and details are those that Graph is
// documented or seen to send, as the product tells causes apart by them.
// https://learn.microsoft.com/graph/errors

import { json, type Reply } from '../http.ts'

export type Detail = { code: string; message: string; target?: string }

/** Thrown by the handlers of Graph's resources, answered in graph.ts. */
export class GraphRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: readonly Detail[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: readonly Detail[]; headers?: Readonly<Record<string, string>> } = {}
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = more.details ?? []
    this.headers = more.headers ?? {}
  }
}

export type RequestIds = { requestId: string; clientRequestId: string }

export function idHeaders({ requestId, clientRequestId }: RequestIds): Record<string, string> {
  return { 'request-id': requestId, 'client-request-id': clientRequestId, 'x-ms-ags-diagnostic': '{"practice":true}' }
}

export function replyOf(refusal: GraphRefusal, ids: RequestIds): Reply {
  const { status, code, message, details } = refusal
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId
  }
  const error = { code, message, ...(details.length > 0 ? { details } : {}), innerError }
  return json(status, { error }, { ...idHeaders(ids), ...refusal.headers })
}

export const badRequest = (message: string) => new GraphRefusal(400, 'Request_BadRequest', message)

export const unsupportedQuery = (message: string) => new GraphRefusal(400, 'Request_UnsupportedQuery', message)

export const denied = () =>
  new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')

/** Also what a fresh object looks like until it is copied (symptoms.md, replication-not-found). */
export const notFound = (id: string) =>
  new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
  )

/** OpenShift's cred-minter matches on the detail code; facts 2.11. */
export function noBackingApplication(appId: string): GraphRefusal {
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`
  const details = [{ code: 'NoBackingApplicationObject', message, target: 'appId' }]
  return new GraphRefusal(400, 'Request_BadRequest', message, { details })
}

export function principalExists(appId: string): GraphRefusal {
  const message = `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`
  const details = [{ code: 'ObjectConflict', message, target: 'servicePrincipalNames' }]
  return new GraphRefusal(409, 'Request_MultipleObjectsWithSameKeyValue', message, { details })
}

export function sameValue(property: string): GraphRefusal {
  const message = `Another object with the same value for property ${property} already exists.`
  return new GraphRefusal(400, 'Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', message, target: property }]
  })
}

/** microsoft-365-agents-toolkit#10998 */
export function lifetimeRefused(policyId: string): GraphRefusal {
  const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${policyId}'.`
  const details = [{ code: 'InvalidKeyEndDate', message, target: 'EndDate' }]
  return new GraphRefusal(400, 'CredentialInvalidLifetimeAsPerAppPolicy', message, { details })
}

export function credentialTypeRefused(policyId: string): GraphRefusal {
  const message = `Credential type not allowed as per assigned policy '${policyId}'.`
  const details = [{ code: 'CredentialTypeNotAllowed', message, target: 'Credential' }]
  return new GraphRefusal(400, 'CredentialTypeNotAllowedAsPerAppPolicy', message, { details })
}

export const invalidToken = (message: string, headers: Readonly<Record<string, string>> = {}) =>
  new GraphRefusal(401, 'InvalidAuthenticationToken', message, { headers })

/** A claims challenge: the client has to come back with a token that holds these claims, a newer one unless given.
 *  https://learn.microsoft.com/entra/identity-platform/claims-challenge */
export function claimsChallenge(signInOrigin: string, wanted?: object): GraphRefusal {
  const newer = { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } }
  const claims = Buffer.from(JSON.stringify({ access_token: wanted ?? newer })).toString('base64')
  const uri = `authorization_uri="${signInOrigin}/common/oauth2/authorize"`
  const client = 'client_id="00000003-0000-0000-c000-000000000000"'
  return invalidToken(
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
    { 'www-authenticate': `Bearer realm="", ${uri}, ${client}, error="insufficient_claims", claims="${claims}"` }
  )
}
