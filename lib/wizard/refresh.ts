// A fresh look at one step, kept as its sighting.
import 'server-only'
import { SignInNeeded, Silence } from '../microsoft/answers.ts'
import { silenceProblem } from '../microsoft/problems.ts'
import type { Standing } from '../steps/step.ts'
import type { AtStep } from './door.ts'
import { glanceOf, look } from './look.ts'
import { setupOf } from './setup.ts'
import { rememberLook } from './sightings.ts'
import { standByLook } from './stand-by-evidence.ts'
import { findSetup } from './store.ts'
import { tenantOf } from './tenant.ts'
import { tooManyLooks } from './within-limit.ts'

/** A sighting this young is not looked at again when a page is shown. */
export const freshForMs = 10_000

/** Undefined when the person has to enter the tenant again. What was not looked at is not remembered. */
export async function refreshSighting(at: AtStep): Promise<Standing | undefined> {
  const problem = await tooManyLooks(at)
  if (problem) return { kind: 'blocked', problem }
  const row = (await findSetup(at.person.id, at.row.id)) ?? at.row
  try {
    const setup = setupOf(row, at.cloud, at.setup)
    const standing = await look(at.step, glanceOf(tenantOf(at)), setup)
    if (await rememberLook({ ...at, setup }, at.step, 'graph', standing)) await standByLook(at, at.step)
    return standing
  } catch (error) {
    if (error instanceof SignInNeeded) return undefined
    if (error instanceof Silence) return { kind: 'blocked', problem: { ...silenceProblem, couldNotLook: true } }
    throw error
  }
}
