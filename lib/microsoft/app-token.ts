// A token for the application itself (client credentials), never from a cache, so that a new grant counts.
import 'server-only'
import { AuthError, ConfidentialClientApplication } from '@azure/msal-node'
import { log, neverLog } from '../log.ts'
import type { Cloud, Problem } from '../steps/step.ts'
import { Silence } from './answers.ts'
import { isUnreachable, msalNetworkTelling } from './msal-network.ts'
import { tokenProblem, willPass } from './problems.ts'
import { type Claims, readClaims } from './token.ts'

/** `requestId` is Microsoft's own for the request, or MSAL's for it, which Microsoft keeps too. */
export type AppToken =
  | { ok: true; token: string; claims: Claims; requestId: string | undefined }
  | { ok: false; problem: Problem }

/** Asks for a token for Exchange Online. Throws Silence when Microsoft said nothing, or nothing that lasts.
 *  https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export async function appToken(
  cloud: Cloud,
  tenantId: string,
  clientId: string,
  clientSecret: string
): Promise<AppToken> {
  neverLog(clientSecret)
  let requestId: string | undefined
  const told = (id: string) => {
    requestId = id
  }
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority: `${cloud.signIn}/${tenantId}`,
      knownAuthorities: [new URL(cloud.signIn).host]
    },
    system: { networkClient: msalNetworkTelling(told) }
  })
  try {
    const result = await application.acquireTokenByClientCredential({ scopes: [cloud.outlookScope], skipCache: true })
    if (result) neverLog(result.accessToken)
    const claims = result && readClaims(result.accessToken)
    if (!result || !claims) throw new Error('Microsoft gave a token without readable claims')
    return { ok: true, token: result.accessToken, claims, requestId: requestId ?? result.correlationId }
  } catch (error) {
    if (error instanceof AuthError && !isUnreachable(error)) {
      logRefusal(error)
      const words = `${error.errorCode} ${error.errorMessage}`
      if (willPass(words)) throw new Silence('Microsoft’s sign-in service has no time')
      return { ok: false, problem: tokenProblem(words, error.correlationId) }
    }
    if (isUnreachable(error)) throw new Silence('Microsoft’s sign-in service did not answer')
    throw error
  }
}

/** The code alone: Microsoft's sentence names people and applications. */
export function logRefusal({ errorCode, errorMessage, correlationId }: AuthError): void {
  const refusal = /AADSTS\d+/.exec(errorMessage)?.[0] ?? errorCode
  log.warn('microsoft gave no token', { refusal, microsoftCorrelationId: correlationId })
}
