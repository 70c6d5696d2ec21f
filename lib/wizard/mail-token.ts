// The application's own token, asked for anew each time, so that a new grant counts; and what it said, kept as evidence.
import 'server-only'
import type { TokenEvidence } from '../gates/evidence.ts'
import { Silence } from '../microsoft/answers.ts'
import { appToken } from '../microsoft/app-token.ts'
import type { Secret } from '../session/secret.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import type { AtSetup } from './door.ts'
import { saveToken } from './evidence-store.ts'
import { type Entry, writeDiary } from './store.ts'
import { whoOf } from './who.ts'

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
    await note(at, 'note', 'Microsoft gave a token for the application', answer.requestId)
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

/** What was asked of Microsoft for a test, and Microsoft's reference. The logins that follow have none: mail servers give no
 *  request IDs. */
function note(at: AtSetup, kind: Entry['kind'], says: string, requestId: string | undefined): Promise<void> {
  return writeDiary(at.row.id, { stepId: testTheConnection.id, who: whoOf(at), kind, says, requestId })
}

async function refused(at: AtSetup, evidence: TokenEvidence, keep: boolean): Promise<AskedToken> {
  if (evidence.kind === 'refused') {
    const { title, reference } = evidence.problem
    const why = reference?.code ?? title
    await note(at, 'refused', `Microsoft gave no token for the application: ${why}`, reference?.requestId)
  } else await note(at, 'silence', 'Asked Microsoft for a token for the application', undefined)
  if (keep) await saveToken(at.row.id, evidence)
  return { ok: false, evidence }
}
