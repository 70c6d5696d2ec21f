// What the contract is tried on: each step by itself after the steps that it needs, and all Entra steps in one go.
// The rule it keeps: subjects are made from the list of steps, so a new step is tried without a line here.

import { permissionsOf } from '../../lib/steps/index.ts'
import type { Standing, Step } from '../../lib/steps/step.ts'
import type { Settings, State } from '../../practice-tenant/state.ts'
import { tenantIds } from '../../practice-tenant/testing.ts'
import { quiet } from './http.ts'
import { type Memory, newMemory, type Watch } from './memory.ts'
import type { Ground } from './tenant.ts'
import { startClock } from './tenant.ts'
import { pressOn, type Walker } from './walker.ts'
import type { World } from './world.ts'

export type Subject = { name: string; before: readonly Step[]; steps: readonly Step[] }

function needsOf(step: Step, all: readonly Step[]): readonly Step[] {
  const needed = new Set<Step>()
  const add = (one: Step) => {
    for (const need of one.needs) {
      needed.add(need)
      add(need)
    }
  }
  add(step)
  return all.filter(one => needed.has(one))
}

export const alone = (step: Step, all: readonly Step[]): Subject => ({
  name: step.id,
  before: needsOf(step, all),
  steps: [step]
})

export const together = (steps: readonly Step[]): Subject => ({ name: 'all of them in one go', before: [], steps })

/** Where a walk begins: the tenant and what the setup remembers. */
export type Start = { state: State; memory: Memory; world: World; subject: Subject }

/** Does the steps before, undisturbed. Undefined where they cannot be done, so that the subject stays closed. */
export async function begin(ground: Ground, subject: Subject, world: World): Promise<Start | undefined> {
  const memory = newMemory(world.arrange(ground.practice.control))
  const { practice } = ground.practice
  const walker = await walkerOf(ground, { ...subject, steps: subject.before }, world, memory)
  if (subject.before.length > 0 && !(await pressOn(walker, pressesMax)).done) return undefined
  return { state: structuredClone(practice.state), memory, world, subject }
}

export const pressesMax = 12

export type Copying = Partial<Pick<Settings, 'copyDelayReads' | 'flickerReads'>>

/** Puts the tenant back to the start, and gives somebody who walks from there. */
export async function again(ground: Ground, start: Start, copying: Copying = {}, having: Having = {}): Promise<Walker> {
  await quiet()
  const { practice } = ground.practice
  const state = structuredClone(start.state)
  Object.assign(state.settings, copying)
  practice.replace(state)
  practice.copies.settle()
  practice.faults.set([])
  practice.journal.length = 0
  return walkerOf(ground, start.subject, start.world, structuredClone(start.memory), having)
}

/** `permissions`: those of all the steps unless given. */
export type Having = { watch?: Watch; permissions?: readonly string[] }

export async function walkerOf(
  ground: Ground,
  subject: Subject,
  world: World,
  memory: Memory,
  { watch, permissions }: Having = {}
): Promise<Walker> {
  const clock = startClock()
  const granted = permissions ?? permissionsOf([...subject.before, ...subject.steps])
  const tenant = await ground.enter(world.person ?? 'ada@contoso.example', granted, clock)
  const { cloud } = ground
  return { steps: subject.steps, memory, tenant, cloud, tenantId: tenantIds.contoso, clock, watch }
}

/** How a world ends for this subject: its steps are done, or one of them says what stands in the way. */
export function endFor({ subject, world }: Start): World['end'] {
  if (world.end === 'done') return 'done'
  const { blockedAt } = world.end
  return subject.steps.some(step => step.id === blockedAt) ? world.end : 'done'
}

/** Complains of a standing that leaves the person without a next move, or that would not survive being kept. */
export function complaintsAboutStanding(step: Step, standing: Standing): string[] {
  const empty = (text: string | undefined) => !text?.trim()
  if (standing.kind === 'blocked') {
    const { id, title, happened, todo } = standing.problem
    const says = [title, happened, ...todo]
    if (todo.length === 0 || says.some(empty)) return [`${step.id} is blocked by ${id} and does not say what to do`]
    if (!/^[a-z]+(-[a-z]+)*$/.test(id)) return [`${step.id} is blocked by something without a proper name: ${id}`]
    if (says.some(text => text.includes('!'))) return [`${step.id} raises its voice in ${id}`]
  }
  if (standing.kind === 'todo') {
    const wrong = standing.changes.filter(({ says }) => !/^[A-Z].*[^.!]$/.test(says))
    if (wrong.length > 0)
      return wrong.map(({ says }) => `${step.id} announces “${says}”, which is no imperative sentence`)
  }
  if (standing.kind === 'unseen' && !standing.question.endsWith('?')) return [`${step.id} asks without a question`]
  return []
}
