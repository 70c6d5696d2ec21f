// Keeping what was seen; and letting go of what was seen of later steps when an ID beneath them changes.
import 'server-only'
import { database } from '../db/client.ts'
import { steps } from '../steps/index.ts'
import { registerTheApplication, type Which } from '../steps/register-the-application.ts'
import type { Source, Standing, Step } from '../steps/step.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import type { AtSetup } from './door.ts'
import { dropProofs } from './evidence-store.ts'
import { dependants } from './journey.ts'
import { actUnderLease } from './lease.ts'
import { letGoOfApplication } from './other-application.ts'
import { dropSightings, saveSighting } from './store.ts'
import { whoOf } from './who.ts'

/** Whether what was seen is no reason to doubt a person's word. */
export const cannotTell = (standing: Standing) =>
  standing.kind === 'unseen' || (standing.kind === 'blocked' && standing.problem.couldNotLook === true)

/** Remembers how a step stands. A person's word outlives a look that cannot tell, and what was done outlives a look that
 *  Microsoft refused: a refusal says nothing of the tenant. One that finds another application lets go of the secrets of
 *  the one before: without the lease, where a run may be making one, it is not kept. */
export async function rememberSighting(
  setupId: string,
  step: Step,
  source: Source,
  standing: Standing,
  leased = true
): Promise<void> {
  const before = await database().sighting.findUnique({ where: { setupId_stepId: { setupId, stepId: step.id } } })
  const was = before?.standing as unknown as Kept | undefined
  if (cannotTell(standing) && was?.kind === 'done' && before?.source === 'person') return
  if (source === 'graph' && standing.kind === 'blocked' && standing.problem.reference && was?.kind === 'done') return
  const old = foundIn(was)
  if (!leased && findsAnother(old, standing)) return
  await saveSighting(setupId, step.id, source, standing.kind === 'done' ? standing : withLastFound(standing, was))
  if (!old || standing.kind !== 'done') return
  const voided = dependants(steps, step).filter(later => isVoid(later, old, standing.found))
  if (voided.length === 0) return
  await dropSightings(
    setupId,
    voided.map(later => later.id)
  )
  if (findsAnother(old, standing)) await letGoOfApplication(setupId)
  // What was proved, was proved of the application that Exchange was told of.
  else if (voided.includes(testTheConnection)) await dropProofs(setupId)
}

/** Remembers what was seen outside of a run, which others may have overtaken. What was seen of an application that is not
 *  the setup's any more is not kept, and while somebody's run is at work none is let go of: that run looks for itself.
 *  @returns false where it was not kept */
export async function rememberLook(
  at: Pick<AtSetup, 'row' | 'person' | 'setup'>,
  step: Step,
  source: Source,
  standing: Standing
): Promise<boolean> {
  const { answered, lastFound } = at.setup
  const before = applicationOf(answered(registerTheApplication), lastFound(registerTheApplication))
  const isLeased = findsAnother(lastFound(step), standing)
  const keep = async () => {
    if ((await findApplication(at.row.id)) !== before) return false
    await rememberSighting(at.row.id, step, source, standing, isLeased)
    return true
  }
  if (!isLeased) return keep()
  const ended = await actUnderLease(at.row.id, whoOf(at), keep)
  return ended.kind === 'done' && ended.done
}

/** Which application a setup is about: the one that was chosen, and the one that was seen last. */
const applicationOf = (chosen: { clientId?: string } | undefined, seen: { appId?: string } | undefined) =>
  `${chosen?.clientId} ${seen?.appId}`

async function findApplication(setupId: string): Promise<string> {
  const where = { setupId_stepId: { setupId, stepId: registerTheApplication.id } }
  const [answer, sighting] = await Promise.all([
    database().answer.findUnique({ where }),
    database().sighting.findUnique({ where })
  ])
  return applicationOf(answer?.value as Which | undefined, foundIn(sighting?.standing as unknown as Kept | undefined))
}

const findsAnother = (old: unknown, standing: Standing) =>
  standing.kind === 'done' && old !== undefined && isOther(old, standing.found, 'appId')

/** A standing as it is kept: with what was found when the step was last done. */
export type Kept = Standing & { lastFound?: unknown }

const withLastFound = (standing: Standing, was: Kept | undefined): Kept => ({
  ...standing,
  lastFound: foundIn(was)
})

const foundIn = (was: Kept | undefined): object | undefined =>
  (was?.kind === 'done' ? was.found : was?.lastFound) as object | undefined

/** Another tenant or application voids everything after it. Another Object ID of the enterprise application voids what
 *  Exchange was told, and none of the Entra steps. */
function isVoid(later: Step, before: unknown, after: unknown): boolean {
  const is = (name: string) => isOther(before, after, name)
  return is('tenantId') || is('appId') || (is('enterpriseObjectId') && later.permissions.length === 0)
}

function isOther(before: unknown, after: unknown, name: string): boolean {
  const [old, fresh] = [before, after] as Record<string, unknown>[]
  return old?.[name] !== undefined && old[name] !== fresh?.[name]
}
