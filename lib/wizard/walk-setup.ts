// The engine on a real setup: its store, its lease, its diary and the browser's sealed secret.
import 'server-only'
import { z } from 'zod'
import { SignInNeeded } from '../microsoft/answers.ts'
import { holdSecret } from '../session/held-secrets.ts'
import { Secret } from '../session/secret.ts'
import { isLiving } from '../session/session.ts'
import type { Change, Step } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { type Busy, type Lease, underLease } from './lease.ts'
import type { Outcome } from './outcome.ts'
import { type Ended, type Ports, type RunEvent, walk } from './run.ts'
import { setupOf } from './setup.ts'
import { rememberSighting } from './sightings.ts'
import { standByLook } from './stand-by-evidence.ts'
import { findSetup, noteAttempt, noteNoUpsert, noteSecret, writeDiary } from './store.ts'
import { sleep, tenantOf } from './tenant.ts'
import { whoSends } from './who.ts'

const made = z.object({
  keyId: z.string(),
  hint: z.string().nullish(),
  endDateTime: z.string(),
  secretText: z.string()
})

/** Walks steps of a setup under its lease; ends as busy when somebody else's run is under way. */
export function walkSetup(
  at: AtSetup,
  steps: readonly Step[],
  sinceMs: number
): AsyncGenerator<RunEvent, Ended | Busy> {
  const who = whoSends(at)
  return underLease(at.row.id, who, lease => walk(steps, portsOf(at, who, lease), sinceMs))
}

function portsOf(at: AtSetup, who: string, lease: Lease): Ports {
  const setupId = at.row.id
  return {
    tenant: tenantOf(at),
    async setup() {
      const row = await findSetup(at.person.id, setupId)
      if (!row) throw new Error('The setup was removed while it was walked')
      return setupOf(row, at.cloud, at.setup)
    },
    async saw(step, standing) {
      await rememberSighting(setupId, step, 'graph', standing, await lease.isStillOurs())
      await standByLook(at, step)
    },
    async attempted(change, attemptId) {
      // Without the session its one value could not be kept: none is made then.
      if (!(await isLiving(at.session))) throw new SignInNeeded('The session of this run has ended')
      await noteAttempt(setupId, attemptId, nameIn(change))
    },
    async happened(step, change, outcome, attemptId) {
      // The diary first: it stays true even if this browser's session has just ended.
      await writeDiary(setupId, { stepId: step.id, who, ...entryOf(change, outcome) })
      if (change.revealsOnce && outcome.kind === 'landed') await keepSecret(at, attemptId, nameIn(change), outcome)
    },
    noUpsert: () => noteNoUpsert(setupId),
    stillOurs: lease.isStillOurs,
    nowMs: () => Date.now(),
    sleep
  }
}

async function keepSecret(
  at: AtSetup,
  attemptId: string,
  name: string,
  outcome: Extract<Outcome, { kind: 'landed' }>
): Promise<void> {
  const body = made.parse(outcome.landed.body)
  // The sealed value first: after a crash between the two the row without a key ID reads as an orphan, which is true.
  if (!(await holdSecret(at.session, at.row.id, new Secret(body.secretText), body.keyId)))
    throw new SignInNeeded('The session of this run has ended')
  await noteSecret(at.row.id, attemptId, {
    name,
    keyId: body.keyId,
    hint: body.hint ?? undefined,
    expiresAt: new Date(body.endDateTime)
  })
}

function nameIn(change: Change): string {
  return z.object({ passwordCredential: z.object({ displayName: z.string() }) }).parse(change.body).passwordCredential
    .displayName
}

function entryOf(change: Change, outcome: Outcome) {
  const request = { says: change.says, method: change.method, path: change.path }
  if (outcome.kind !== 'landed') {
    const { status, requestId } = outcome.refusal?.reference ?? {}
    return {
      ...request,
      kind: outcome.kind === 'refused' ? ('refused' as const) : ('silence' as const),
      status,
      requestId
    }
  }
  const { status, requestId } = outcome.landed
  return { ...request, kind: 'change' as const, status, requestId }
}
