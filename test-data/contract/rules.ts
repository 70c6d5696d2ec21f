// The rules of a step, each as a function that tries it and gives its complaints: none when the rule is kept.
// The rule it keeps: it judges by what the tenant holds and by the requests that reached it, never by what a step says.
import type { Standing, Step } from '../../lib/steps/step.ts'
import { crashing, Killed } from './crash.ts'
import { complaintsAboutEnd, complaintsAboutLoss } from './end.ts'
import { matching, patienceMs, type Trouble, troubles, type Write, writesIn } from './faults.ts'
import { network, quiet } from './http.ts'
import { newMemory, setupOf, type Watch } from './memory.ts'
import { shapeOf } from './shape.ts'
import { again, type Copying, complaintsAboutStanding, endFor, pressesMax, type Start, walkerOf } from './subject.ts'
import type { Ground } from './tenant.ts'
import { type Finish, press, pressOn, showPage, type Walker } from './walker.ts'

export const copyings: readonly { name: string; copying: Copying }[] = [
  { name: 'copied at once', copying: {} },
  { name: 'copied after 1 read', copying: { copyDelayReads: 1 } },
  { name: 'copied after 3 reads', copying: { copyDelayReads: 3 } },
  { name: 'copied after 1 read, then flickering', copying: { copyDelayReads: 1, flickerReads: 4 } }
]

const writesOf = (ground: Ground): readonly Write[] => writesIn(ground.practice.practice.journal)
const listed = (writes: readonly Write[]) => writes.map(({ method, path }) => `${method} ${path}`).join(', ')
const shapeNow = (ground: Ground) => JSON.stringify(shapeOf(ground.practice.control.tenant()))

/** Looking sends nothing but GET, and changes nothing. */
export async function looksWithoutWriting(ground: Ground, start: Start): Promise<string[]> {
  const walker = await again(ground, start)
  const before = shapeNow(ground)
  const complaints: string[] = []
  for (const step of start.subject.steps) {
    const setup = setupOf(walker.memory, walker.cloud, walker.tenantId, new Date(walker.clock.nowMs()))
    // The whole tenant, writing included: a step that casts its reader would be seen here.
    const standing = await step.check(walker.tenant, setup).catch((error: Error) => {
      if (error.name !== 'Refusal') throw error
      return undefined
    })
    if (standing) complaints.push(...complaintsAboutStanding(step, standing))
    if (start.subject.steps.length > 1) break
  }
  const writes = writesOf(ground)
  if (writes.length > 0) complaints.push(`looking wrote: ${listed(writes)}`)
  if (shapeNow(ground) !== before) complaints.push('looking changed the tenant')
  return complaints
}

/** Pressing the button ends where the world lets it end, and from there a second run writes nothing. The page with the
 *  button was shown before: what it saw is what the setup remembers. */
export async function converges(ground: Ground, start: Start, copying: Copying = {}): Promise<string[]> {
  const complaints: string[] = []
  const walker = await again(ground, start, copying, { watch: watching(complaints) })
  await showPage(walker)
  const before = ground.practice.control.tenant()
  const finish = await pressOn(walker, pressesMax)
  const after = ground.practice.control.tenant()
  complaints.push(...complaintsAboutFinish(finish, start), ...complaintsAboutLoss(before, after, start))
  if (endFor(start) !== 'done') return complaints
  complaints.push(...complaintsAboutEnd(after, walker.memory, start))
  complaints.push(...(await secondRunWritesNothing(ground, walker)))
  return complaints
}

/** Each step by a press of its own, while Microsoft still copies what the one before has made: at worst the person is
 *  told that something may still be copied, and presses again. */
export async function convergesOneByOne(ground: Ground, start: Start, copying: Copying): Promise<string[]> {
  const complaints: string[] = []
  const walker = await again(ground, start, copying, { watch: watching(complaints) })
  for (const step of start.subject.steps) {
    const finish = await pressOn({ ...walker, steps: [step] }, pressesMax)
    if (!finish.done)
      complaints.push(`${step.id} is not done after ${finish.presses} presses: ${finish.problems.at(-1)?.id}`)
    const others = finish.problems.filter(problem => !problem.mayBeCopying)
    complaints.push(...others.map(problem => `${step.id} was stopped by ${problem.id}`))
  }
  return [...complaints, ...complaintsAboutEnd(ground.practice.control.tenant(), walker.memory, start)]
}

/** All that a step says on the way is kept to the rules of words too. */
const watching = (complaints: string[]): Watch => ({
  saw: (step: Step, standing: Standing) => void complaints.push(...complaintsAboutStanding(step, standing))
})

function complaintsAboutFinish(finish: Finish, start: Start): string[] {
  const end = endFor(start)
  const last = finish.problems.at(-1)
  if (end === 'done')
    return finish.done && finish.problems.length === 0
      ? []
      : [
          `it is not done after ${finish.presses} presses: ${last?.id ?? 'no problem'} ${last?.reference?.message ?? ''}`
        ]
  if (finish.done) return ['it says done where that cannot be']
  return last?.id === end.problem ? [] : [`it is blocked by ${last?.id} and not by ${end.problem}: ${last?.happened}`]
}

/** Once everything is copied: while reads still flicker, a write with a key may well be sent again, and does nothing. */
async function secondRunWritesNothing(ground: Ground, walker: Walker): Promise<string[]> {
  await quiet()
  ground.practice.practice.copies.settle()
  const before = shapeNow(ground)
  ground.practice.control.clearRequests()
  const ended = await press(walker)
  const writes = writesOf(ground)
  const complaints = ended.kind === 'through' ? [] : [`a second run is not done: ${ended.kind}`]
  if (writes.length > 0) complaints.push(`a second run wrote: ${listed(writes)}`)
  if (shapeNow(ground) !== before) complaints.push('a second run changed the tenant')
  return complaints
}

/** The tenant is the only truth: a setup whose database was lost finds everything again, but for the secret's value. */
export async function needsNoMemory(ground: Ground, start: Start): Promise<string[]> {
  const walker = await again(ground, start)
  if (!(await pressOn(walker, pressesMax)).done) return []
  const { id, name, protocols, answers } = walker.memory
  const subject = { ...start.subject, steps: [...start.subject.before, ...start.subject.steps] }
  const anew = await walkerOf(ground, subject, start.world, newMemory({ id, name, protocols, answers }))
  ground.practice.control.clearRequests()
  const finish = await pressOn(anew, pressesMax)
  const writes = writesOf(ground).filter(({ path }) => !path.endsWith('/addPassword'))
  const complaints = finish.done ? [] : ['after the database was lost it is not done']
  // Where there is no upsert, the refused attempt at one is how the wizard learns it.
  const real = writes.filter(({ path }) => ground.practice.control.tenant().upsert || !path.includes('uniqueName='))
  if (real.length > 0) complaints.push(`after the database was lost it wrote: ${listed(real)}`)
  return complaints
}

/** A token that holds what the step declares and nothing else is refused nothing; one that holds less is. */
export async function needsWhatItDeclares(ground: Ground, start: Start): Promise<string[]> {
  const [step] = start.subject.steps
  if (!step || start.subject.steps.length > 1) return []
  const refusedWith = async (permissions: readonly string[]) => {
    const walker = await again(ground, start, {}, { permissions })
    await pressOn(walker, 3)
    return ground.practice.practice.journal.filter(({ status }) => status === 403).map(({ path }) => path)
  }
  const complaints: string[] = []
  const refused = await refusedWith(step.permissions)
  if (refused.length > 0) complaints.push(`${step.id} needs more than it declares: ${refused.join(', ')}`)
  for (const permission of step.permissions) {
    const less = step.permissions.filter(other => other !== permission)
    if ((await refusedWith(less)).length === 0)
      complaints.push(`${step.id} declares ${permission} and does not need it`)
  }
  return complaints
}

export type Survival = { cases: number; complaints: string[] }

export type Trying = {
  copyings: typeof copyings
  troubles?: readonly Trouble[]
  /** Walks whose writes are in here were tried before; what is tried now is added. */
  tried?: Set<string>
}

/** Each trouble on each write, under each delay of copying: carrying on ends where an undisturbed walk ends. */
export async function survives(ground: Ground, start: Start, trying: Trying): Promise<Survival> {
  const survival: Survival = { cases: 0, complaints: [] }
  if (endFor(start) !== 'done') return survival
  for (const { name, copying } of trying.copyings) {
    const clean = await again(ground, start, copying)
    await pressOn(clean, pressesMax)
    const writes = writesOf(ground)
    const wanted = shapeNow(ground)
    const same = `${start.subject.name}, ${name}: ${listed(writes)}`
    if (trying.tried?.has(same)) continue
    trying.tried?.add(same)
    for (const trouble of trying.troubles ?? troubles)
      for (let index = 0; index < writes.length; index++) {
        const complaints = await survivesOnce(ground, start, copying, trouble, writes, index, wanted)
        // Reads that flicker may let the nth write of a kind go unneeded; what did not come proves nothing.
        if (ground.practice.control.pendingFaults().length > 0) continue
        const where = `${trouble.name}, at ${listed([writes[index] as Write])}, ${name}`
        survival.complaints.push(...complaints.map(complaint => `${where}: ${complaint}`))
        survival.cases += 1
      }
  }
  return survival
}

async function survivesOnce(
  ground: Ground,
  start: Start,
  copying: Copying,
  trouble: Trouble,
  writes: readonly Write[],
  index: number,
  wanted: string
): Promise<string[]> {
  const complaints: string[] = []
  const walker = await again(ground, start, copying, { watch: watching(complaints) })
  if (trouble.fault) ground.practice.control.faults([{ ...matching(writes, index), ...trouble.fault }])
  if (trouble.crash) walker.tenant = crashing(walker.tenant, trouble.crash, index)
  network.answerWaitMs = trouble.slow ? patienceMs : 30_000
  const finish = await pressThrough(walker)
  network.answerWaitMs = 30_000
  if (!finish.done) complaints.push(`it is not done after ${finish.presses} presses: ${finish.problems.at(-1)?.id}`)
  if (trouble.unnoticed?.(writes[index] as Write))
    complaints.push(...finish.problems.map(({ id }) => `the person is bothered with ${id}`))
  if (shapeNow(ground) !== wanted) complaints.push('the tenant holds something else than after an undisturbed walk')
  complaints.push(...complaintsAboutEnd(ground.practice.control.tenant(), walker.memory, start))
  complaints.push(...(await secondRunWritesNothing(ground, walker)))
  return complaints
}

/** A killed process is started again, and the person presses again. */
async function pressThrough(walker: Walker): Promise<Finish> {
  try {
    return await pressOn(walker, pressesMax)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return pressOn(walker, pressesMax)
  }
}
