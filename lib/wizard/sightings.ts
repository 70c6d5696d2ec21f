// Keeping what was seen; and letting go of what was seen of later steps when an ID beneath them changes.
import 'server-only'
import { database } from '../db/client.ts'
import { steps } from '../steps/index.ts'
import type { Source, Standing, Step } from '../steps/step.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import { dropProofs } from './evidence-store.ts'
import { dependants } from './journey.ts'
import { letGoOfApplication } from './other-application.ts'
import { dropSightings, saveSighting } from './store.ts'

/** Whether what was seen is no reason to doubt a person's word. */
export const cannotTell = (standing: Standing) =>
  standing.kind === 'unseen' || (standing.kind === 'blocked' && standing.problem.couldNotLook === true)

/** Remembers how a step stands. A person's word outlives a look that cannot tell, and what was done outlives a look that
 *  Microsoft refused: a refusal says nothing of the tenant. */
export async function rememberSighting(setupId: string, step: Step, source: Source, standing: Standing): Promise<void> {
  const before = await database().sighting.findUnique({ where: { setupId_stepId: { setupId, stepId: step.id } } })
  const was = before?.standing as unknown as Kept | undefined
  if (cannotTell(standing) && was?.kind === 'done' && before?.source === 'person') return
  if (source === 'graph' && standing.kind === 'blocked' && standing.problem.reference && was?.kind === 'done') return
  await saveSighting(setupId, step.id, source, standing.kind === 'done' ? standing : withLastFound(standing, was))
  const old = was?.kind === 'done' ? was.found : was?.lastFound
  if (!old || standing.kind !== 'done') return
  const voided = dependants(steps, step).filter(later => isVoid(later, old, standing.found))
  if (voided.length === 0) return
  await dropSightings(
    setupId,
    voided.map(later => later.id)
  )
  if (isOther(old, standing.found, 'appId')) await letGoOfApplication(setupId)
  // What was proved, was proved of the application that Exchange was told of.
  else if (voided.includes(testTheConnection)) await dropProofs(setupId)
}

/** A standing as it is kept: with what was found when the step was last done. */
export type Kept = Standing & { lastFound?: unknown }

const withLastFound = (standing: Standing, was: Kept | undefined): Kept => ({
  ...standing,
  lastFound: was?.kind === 'done' ? was.found : was?.lastFound
})

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
