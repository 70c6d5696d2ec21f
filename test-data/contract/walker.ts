// A person at the wizard who presses on until it is done: stores the secret that was shown, says what no API can tell,
// and carries on after a problem. The rule they keep: they do only what the page asks for.

import { SignInNeeded } from '../../lib/microsoft/answers.ts'
import type { Tenant } from '../../lib/microsoft/graph.ts'
import type { Cloud, Problem, Standing, Step } from '../../lib/steps/step.ts'
import { glanceOf, look } from '../../lib/wizard/look.ts'
import { type Ended, walk } from '../../lib/wizard/run.ts'
import { type Memory, portsOn, remember, setupOf, storeSecrets, type Watch } from './memory.ts'
import type { Clock } from './tenant.ts'

export type Walker = {
  steps: readonly Step[]
  memory: Memory
  tenant: Tenant
  cloud: Cloud
  tenantId: string
  clock: Clock
  watch?: Watch
  /** Off to Microsoft and back, where the page asks for it. */
  enterAgain?(): Promise<void>
}

/** What no API can tell needs no look once the person has spoken: the page offers no button there. */
const isToldByWord = ({ memory }: Walker, step: Step) =>
  step.permissions.length === 0 && memory.sightings[step.id]?.source === 'person'

/** One press of the button: one run of the engine, to its end. */
export async function press(walker: Walker): Promise<Ended> {
  const run = walk(
    walker.steps.filter(step => !isToldByWord(walker, step)),
    portsOn(walker)
  )
  for (;;) {
    const { value, done } = await run.next()
    if (done) return value
  }
}

/** The page of the first step: looked at and remembered, before any button is pressed. */
export async function showPage(walker: Walker): Promise<void> {
  const [step] = walker.steps
  if (!step) return
  const setup = setupOf(walker.memory, walker.cloud, walker.tenantId, new Date(walker.clock.nowMs()))
  remember(walker.memory, step, 'graph', await look(step, glanceOf(walker.tenant), setup))
}

export type Finish = {
  /** How often the button was pressed. */
  presses: number
  /** What stood in the way, in order. */
  problems: readonly Problem[]
  done: boolean
}

const pausedMs = 5_000

/** Presses until everything is done, or `pressesMax` times. */
export async function pressOn(walker: Walker, pressesMax: number): Promise<Finish> {
  const problems: Problem[] = []
  for (let presses = 1; presses <= pressesMax; presses++) {
    const ended = await press(walker).catch(error => signedInAgain(walker, error))
    if (ended.kind === 'through') return { presses, problems, done: true }
    if (ended.kind === 'taken') throw new Error('Nobody else had the lease')
    if (ended.kind === 'revealed') storeSecrets(walker.memory)
    if (ended.kind === 'stopped') answer(walker, ended.step, ended.standing, problems)
    await walker.clock.sleep((ended.kind === 'again' && ended.waitMs) || pausedMs)
  }
  return { presses: pressesMax, problems, done: false }
}

/** The page asks the person to enter the tenant again; they do, and carry on. */
async function signedInAgain(walker: Walker, error: unknown): Promise<{ kind: 'signed in again' }> {
  if (!(error instanceof SignInNeeded)) throw error
  await walker.enterAgain?.()
  return { kind: 'signed in again' }
}

function answer(walker: Walker, step: Step, standing: Standing, problems: Problem[]): void {
  if (standing.kind === 'blocked') problems.push(standing.problem)
  if (standing.kind !== 'unseen') return
  if (storeSecrets(walker.memory) > 0) return
  // What no API can tell is taken from the person; a secret that is only being copied is waited for.
  if (step.permissions.length > 0) return
  const setup = setupOf(walker.memory, walker.cloud, walker.tenantId, new Date(walker.clock.nowMs()))
  const word = step.manual(setup).confirms
  if (word) remember(walker.memory, step, 'person', { kind: 'done', found: word.found, facts: [] })
}
