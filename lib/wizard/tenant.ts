// The tenant of a setup, opened with the token of the account that entered it in this session.
// The rule it keeps: the token's tenant is the setup's tenant, or nothing is read.
import 'server-only'
import { neverLog } from '../log.ts'
import { SignInNeeded } from '../microsoft/answers.ts'
import { type LeafingTenant, openTenant } from '../microsoft/graph.ts'
import { graphToken } from '../microsoft/sign-in.ts'
import { readClaims } from '../microsoft/token.ts'
import {
  type Entered,
  noteChallenge,
  noteMet,
  readTokenCache,
  saveTokenCache,
  type Use
} from '../session/token-caches.ts'
import { type AtSetup, requireWizardApp } from './door.ts'

export const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Throws SignInNeeded at the first request when nobody of this session has entered the tenant. */
export const tenantOf = (at: AtSetup): LeafingTenant => tenantAs(at, at.entered, 'steps')

/** The same as another account, or with other permissions: those that were asked for when it entered for this use. */
export function tenantAs({ session, row, cloud }: AtSetup, entered: Entered | undefined, use: Use): LeafingTenant {
  const tenantId = row.tenantId
  let current: { token: string; untilMs: number } | undefined

  async function token(claims?: string): Promise<string> {
    if (!tenantId || !entered) throw new SignInNeeded('Nobody has entered this tenant in this session')
    if (current && !claims && current.untilMs > Date.now()) return current.token
    const cache = await readTokenCache(session, row.cloud, tenantId, use)
    if (cache === undefined) throw new SignInNeeded('The sign-in to this tenant has ended')
    const app = requireWizardApp(cloud, entered.way)
    const fresh = await graphToken({
      cloud,
      app,
      tenantId,
      cache,
      scopes: entered.scopes,
      claims,
      forceRefresh: claims !== undefined
    })
    neverLog(fresh.token)
    const read = readClaims(fresh.token)
    if (read?.tid.toLowerCase() !== tenantId) throw new SignInNeeded('The token is not for this tenant')
    if (fresh.cache !== cache && !(await saveTokenCache(session, entered, fresh.cache, use)))
      throw new SignInNeeded('The sign-in to this tenant has ended')
    if (claims) await noteMet(session, entered, claims, use)
    current = { token: fresh.token, untilMs: read.exp * 1000 - 60_000 }
    return fresh.token
  }

  const unmet = async (claims: string) => {
    if (entered) await noteChallenge(session, entered, claims, use)
  }
  return openTenant({ cloud, token, sleep, unmet })
}
