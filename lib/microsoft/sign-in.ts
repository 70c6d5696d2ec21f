// Signing people in with MSAL: authorization code with PKCE, state and nonce.
// The rule it keeps: one MSAL application object a call, never a shared one, as its memory cache merges users.
import 'server-only'
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import {
  type AccountInfo,
  AuthError,
  ConfidentialClientApplication,
  type Configuration,
  CryptoProvider,
  InteractionRequiredAuthError,
  PublicClientApplication,
  ServerError
} from '@azure/msal-node'
import type { Credential } from '../env.ts'
import { SignInNeeded, Silence } from './answers.ts'
import type { CloudRow, WizardApp } from './clouds.ts'
import { isUnreachable, msalNetwork } from './msal-network.ts'

export { AuthError }

export type Account = {
  tenantId: string
  objectId: string
  homeAccountId: string
  username: string
  name: string
  /** The account's home is another tenant than the one it signed in to. */
  guest: boolean
}

export type SignInStart = {
  cloud: CloudRow
  app: WizardApp
  /** A tenant ID, or `organizations`. */
  tenant: string
  scopes: readonly string[]
  redirectUri: string
  state: string
  nonce: string
  challenge: string
  loginHint?: string
  claims?: string
  pickAccount: boolean
}

/** A fresh verifier with its challenge (S256). */
export const newPkce = () => new CryptoProvider().generatePkceCodes()

/** The address of Microsoft's sign-in page. Never with prompt=consent: it would ask again each time. */
export function signInUrl(start: SignInStart): Promise<string> {
  return msal(start.cloud, start.app, start.tenant).getAuthCodeUrl({
    scopes: inFull(start.cloud, start.scopes),
    redirectUri: start.redirectUri,
    state: start.state,
    nonce: start.nonce,
    codeChallenge: start.challenge,
    codeChallengeMethod: 'S256',
    responseMode: 'query',
    loginHint: start.loginHint,
    claims: start.claims,
    prompt: start.pickAccount ? 'select_account' : undefined
  })
}

export type SignInFinish = Pick<SignInStart, 'cloud' | 'app' | 'tenant' | 'scopes' | 'redirectUri' | 'nonce'> & {
  code: string
  verifier: string
  state: string
  returnedState: string
}

/** Trades the code for tokens; gives the account and MSAL's cache as text, to be sealed. */
export async function finishSignIn(finish: SignInFinish): Promise<{ account: Account; cache: string }> {
  const application = msal(finish.cloud, finish.app, finish.tenant)
  const result = await application.acquireTokenByCode(
    {
      code: finish.code,
      scopes: inFull(finish.cloud, finish.scopes),
      redirectUri: finish.redirectUri,
      codeVerifier: finish.verifier,
      state: finish.state,
      nonce: finish.nonce
    },
    { code: finish.code, state: finish.returnedState, nonce: finish.nonce }
  )
  if (!result.account) throw new Silence('Microsoft signed somebody in without saying whom')
  return { account: accountOf(result.account, result.tenantId), cache: application.getTokenCache().serialize() }
}

export type TokenRequest = {
  cloud: CloudRow
  app: WizardApp
  tenantId: string
  cache: string
  scopes: readonly string[]
  claims?: string
  forceRefresh?: boolean
}

/** A Graph token for the tenant, from the cache or by refresh; `cache` is new when it changed. Throws SignInNeeded. */
export async function graphToken(request: TokenRequest): Promise<{ token: string; cache: string }> {
  const application = msal(request.cloud, request.app, request.tenantId)
  const tokens = application.getTokenCache()
  tokens.deserialize(request.cache)
  const account = (await tokens.getAllAccounts()).map(known => inTenant(known, request.tenantId)).find(Boolean)
  if (!account) throw new SignInNeeded('No account of this tenant is signed in')
  try {
    const result = await application.acquireTokenSilent({
      account,
      scopes: inFull(request.cloud, request.scopes),
      claims: request.claims,
      forceRefresh: request.forceRefresh
    })
    return { token: result.accessToken, cache: tokens.serialize() }
  } catch (error) {
    if (isUnreachable(error)) throw new Silence('Microsoft’s sign-in service did not answer')
    if (error instanceof InteractionRequiredAuthError)
      throw new SignInNeeded('Microsoft asks the person to sign in again', request.claims)
    if (error instanceof ServerError)
      throw new SignInNeeded(`Microsoft gave no new token: ${error.errorCode}`, request.claims)
    throw error
  }
}

const ofOpenId = new Set(['openid', 'profile', 'email', 'offline_access'])

/** Permissions by their full names, with the cloud's own Graph: Microsoft's answer names them so, and MSAL finds a token in
 *  its cache only under the names that it was asked for.
 *  https://learn.microsoft.com/entra/identity-platform/scopes-oidc */
const inFull = (cloud: CloudRow, scopes: readonly string[]) =>
  scopes.map(scope => (ofOpenId.has(scope) ? scope : `${cloud.graph}/${scope}`))

/** An account as seen from one tenant, or undefined when it is not known there. */
function inTenant(account: AccountInfo, tenantId: string): AccountInfo | undefined {
  if (account.tenantId === tenantId) return account
  const profile = account.tenantProfiles?.get(tenantId)
  return profile ? { ...account, tenantId, localAccountId: profile.localAccountId } : undefined
}

function accountOf(account: AccountInfo, tenantId: string): Account {
  const tenant = tenantId || account.tenantId
  const seen = inTenant(account, tenant) ?? account
  return {
    tenantId: tenant.toLowerCase(),
    objectId: seen.localAccountId.toLowerCase(),
    homeAccountId: account.homeAccountId,
    username: account.username,
    name: account.name ?? account.username,
    guest: account.homeAccountId.split('.')[1]?.toLowerCase() !== tenant.toLowerCase()
  }
}

function msal(
  cloud: CloudRow,
  app: WizardApp,
  tenant: string
): PublicClientApplication | ConfidentialClientApplication {
  const configuration: Configuration = {
    auth: {
      clientId: app.clientId,
      authority: `${cloud.signIn}/${tenant}`,
      // The cloud's host is ours to trust: it stands in the configuration. It also saves asking the global cloud.
      knownAuthorities: [new URL(cloud.signIn).host],
      clientCapabilities: ['CP1'],
      ...credentialOf(app.credential)
    },
    system: { networkClient: msalNetwork, loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false } }
  }
  return app.credential.kind === 'none'
    ? new PublicClientApplication(configuration)
    : new ConfidentialClientApplication(configuration)
}

function credentialOf(credential: Credential): Partial<Configuration['auth']> {
  if (credential.kind === 'none') return {}
  if (credential.kind === 'secret') return { clientSecret: credential.value.reveal() }
  const pem = credential.pem.reveal()
  const certificate = new X509Certificate(pem)
  return {
    clientCertificate: {
      thumbprintSha256: createHash('sha256').update(certificate.raw).digest('hex'),
      privateKey: createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString(),
      x5c: certificate.toString()
    }
  }
}
