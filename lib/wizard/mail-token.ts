// The application's own token, asked for anew each time, so that a new grant counts; and what it said, kept as evidence.
import 'server-only'
import type { TokenEvidence } from '../gates/evidence.ts'
import { Silence } from '../microsoft/answers.ts'
import { appToken } from '../microsoft/app-token.ts'
import type { Secret } from '../session/secret.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { AtSetup } from './door.ts'
import { saveToken } from './evidence-store.ts'

export type AskedToken = { ok: true; token: string } | { ok: false; evidence: TokenEvidence }

/** Throws when the setup has no application or tenant: the step is closed then. A refusal of a secret that was only just
 *  pasted says nothing of the setup: `keepRefusal` is false for it. */
export async function askForToken(at: AtSetup, secret: Secret, keepRefusal = true): Promise<AskedToken> {
  const app = at.setup.found(registerTheApplication)
  if (!app || !at.setup.tenantId) throw new Error('There is no application to ask a token for')
  const when = new Date().toISOString()
  try {
    const answer = await appToken(at.cloud, at.setup.tenantId, app.appId, secret.reveal())
    if (!answer.ok) return await refused(at, { kind: 'refused', at: when, problem: answer.problem }, keepRefusal)
    const { aud, tid, appid, oid, roles, exp } = answer.claims
    await saveToken(at.row.id, {
      kind: 'given',
      at: when,
      audience: aud,
      tenantId: tid.toLowerCase(),
      appId: appid?.toLowerCase(),
      objectId: oid?.toLowerCase(),
      roles,
      expiresAt: new Date(exp * 1000).toISOString()
    })
    return { ok: true, token: answer.token }
  } catch (error) {
    if (error instanceof Silence) return refused(at, { kind: 'silent', at: when }, keepRefusal)
    throw error
  }
}

async function refused(at: AtSetup, evidence: TokenEvidence, keep: boolean): Promise<AskedToken> {
  if (keep) await saveToken(at.row.id, evidence)
  return { ok: false, evidence }
}
