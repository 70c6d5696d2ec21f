// Faults of the network and of Microsoft, at every write of every walk, in this process: the real engine and the real steps
// against the practice tenant, with a clock that waiting costs nothing.
// The rule it keeps: what is tried is found by walking undisturbed in every world first; a write that no case was made of is
// a failure.

import type { Tenant } from '../../../lib/microsoft/graph.ts'
import { createASecret } from '../../../lib/steps/create-a-secret.ts'
import { permissionsOf, steps } from '../../../lib/steps/index.ts'
import { crashing, Killed } from '../../../test-data/contract/crash.ts'
import { matching, patienceMs, type Write, writesIn } from '../../../test-data/contract/faults.ts'
import { network, quiet } from '../../../test-data/contract/http.ts'
import { again, begin, pressesMax, type Start, together } from '../../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../../test-data/contract/tenant.ts'
import { type Finish, press, pressOn, type Walker } from '../../../test-data/contract/walker.ts'
import { worlds } from '../../../test-data/contract/worlds.ts'
import { noTime } from '../kind.ts'
import { type Delay, delays } from './delays.ts'
import { draw } from './draw.ts'
import { context, person, type SignIn, signIn } from './sign-in.ts'
import type { Tally } from './tally.ts'
import { type NetworkTrouble, networkTroubles } from './troubles.ts'
import { difference, wholeOf } from './whole.ts'

/** A walk that nothing disturbs: what it writes, and what it leaves. */
type Clean = { start: Start; writes: readonly Write[]; whole: string }
type Place = { clean: Clean; index: number; delay: Delay }
/** One rule of the product broken on purpose. */
type Broken = (tenant: Tenant) => Tenant

const entra = steps.slice(0, steps.indexOf(createASecret) + 1)
const kindOf = ({ method, path }: Write) => `${method} ${path}`

export type Trying = {
  sample: number | undefined
  seed: number
  /** After so long no further case is begun: each trouble's first one is tried all the same. */
  limitMs: number
  tally: Pick<Tally, 'tried' | 'control' | 'figure'>
}

/** Tries every trouble at every write under every delay, or a sample of each; two controls at the end. */
export async function walkThroughAll({ sample, seed, limitMs, tally }: Trying): Promise<void> {
  const endsMs = performance.now() + limitMs
  const ground = await openGround()
  try {
    const { cleans, kinds } = await walkClean(ground)
    const places = cleans.flatMap(clean =>
      clean.writes.flatMap((_, index) => delays.map((delay): Place => ({ clean, index, delay })))
    )
    const missed = kinds.filter(kind => !cleans.some(({ writes }) => writes.some(write => kindOf(write) === kind)))
    tally.figure('kinds of writes in the worlds', kinds.length)
    tally.figure('writes under the delays, in walks that differ', places.length)
    tally.control('every write of every world is in a walk that is tried', missed.length === 0 ? kinds.length : 0)
    for (const [sort, trouble] of networkTroubles.entries())
      for (const [at, place] of draw(places, sample, seed + sort).entries())
        if (at === 0 || performance.now() < endsMs) await tryOne(ground, trouble, place, tally)
        else tally.figure(noTime, 1)
    await controls(ground, cleans, tally)
  } finally {
    network.answerWaitMs = 30_000
    await ground.stop()
  }
}

/** Every world, but those where nothing is written that another has not written in the same order. */
async function walkClean(ground: Ground): Promise<{ cleans: readonly Clean[]; kinds: readonly string[] }> {
  const cleans: Clean[] = []
  const kinds = new Set<string>()
  const known = new Set<string>()
  for (const world of worlds) {
    const start = await begin(ground, together(entra), world)
    if (!start) throw new Error('Nothing comes before all of them')
    const walker = await again(ground, start)
    const finish = await pressOn(walker, world.end === 'done' ? pressesMax : pressesOfBlocked)
    const writes = writesOf(ground)
    for (const write of writes) kinds.add(kindOf(write))
    const same = writes.map(kindOf).join(', ')
    if (!finish.done || writes.length === 0 || known.has(same)) continue
    known.add(same)
    cleans.push({ start, writes, whole: wholeNow(ground) })
  }
  return { cleans, kinds: [...kinds].sort() }
}

/** Where a world ends at a problem, one press finds it; another shows that it stays. */
const pressesOfBlocked = 2

const delaysOf = ({ copyDelayReads, flickerReads }: Delay) => ({ copyDelayReads, flickerReads })
const writesOf = ({ practice }: Ground) => writesIn(practice.practice.journal)
const wholeNow = ({ practice }: Ground) => wholeOf(practice.control.tenant())

async function tryOne(ground: Ground, trouble: NetworkTrouble, place: Place, tally: Pick<Tally, 'tried' | 'figure'>) {
  const { came, complaints } = await complaintsOf(ground, trouble, place)
  const { clean, index, delay } = place
  const where = `${trouble.name}, at ${kindOf(clean.writes[index] as Write)} in ${clean.start.world.name}, ${delay.name}`
  // Under flickering reads a write may not be needed: what did not come proves nothing, but the end is judged all the same.
  if (!came && delay.flickerReads === 0) complaints.push('the write did not come')
  if (came || complaints.length > 0) tally.tried(trouble.name, where, complaints)
  else tally.figure('writes that did not come, under flickering reads', 1)
}

/** Whether the write came that the trouble was to happen to, and what is wrong at the end. */
async function complaintsOf(
  ground: Ground,
  trouble: NetworkTrouble,
  { clean, index, delay }: Place,
  broken: Broken = tenant => tenant
): Promise<{ came: boolean; complaints: string[] }> {
  const { control } = ground.practice
  const walker = await again(ground, clean.start, delaysOf(delay))
  const signedIn = await signIn(
    ground.practice,
    ground.cloud,
    permissionsOf(entra),
    walker.clock,
    await tokenOf(ground)
  )
  walker.enterAgain = signedIn.enterAgain
  walker.tenant = broken(signedIn.tenant)
  const disturbed = disturb(ground, walker, signedIn, trouble, clean.writes, index)
  const finish = await pressThrough(walker, pressesMax + 2 * delay.copyDelayReads)
  network.answerWaitMs = 30_000
  const came = disturbed()
  control.faults([])
  const complaints: string[] = []
  if (!finish.done) complaints.push(`it is not done after ${finish.presses} presses: ${finish.problems.at(-1)?.id}`)
  if (came && trouble.unnoticed?.(clean.writes[index] as Write))
    complaints.push(...finish.problems.map(({ id }) => `the person is bothered with ${id}`))
  const whole = wholeNow(ground)
  if (whole !== clean.whole) complaints.push(`the tenant holds something else: ${difference(clean.whole, whole)}`)
  complaints.push(...(await furtherRun(ground, walker)))
  return { came, complaints }
}

const tokens = new WeakMap<Ground, Promise<string>>()

/** One for every case: to sign one takes longer than to walk. Resets of the tenant do not make it older than a revocation. */
function tokenOf(ground: Ground): Promise<string> {
  const kept =
    tokens.get(ground) ?? ground.practice.control.accessToken({ person, scopes: permissionsOf(entra), capable: true })
  tokens.set(ground, kept)
  return kept
}

/** Sets the trouble up. Gives whether it came, once the walk is over. */
function disturb(
  ground: Ground,
  walker: Walker,
  signedIn: SignIn,
  trouble: NetworkTrouble,
  writes: readonly Write[],
  index: number
): () => boolean {
  const { control } = ground.practice
  if (trouble.fault) control.faults([{ ...matching(writes, index), ...trouble.fault }])
  network.answerWaitMs = trouble.slow ? patienceMs : 30_000
  if (trouble.crash) {
    let crashed = false
    walker.tenant = crashing(walker.tenant, trouble.crash, index, () => {
      crashed = true
    })
    return () => crashed
  }
  if (!trouble.signIn) return () => control.pendingFaults().length === 0
  const { tenant } = walker
  let count = 0
  walker.tenant = {
    ...tenant,
    async change(change) {
      if (count++ === index) {
        if (trouble.signIn === 'challenged') control.challenge(person, context)
        else {
          control.revoke(person)
          signedIn.hasEnded()
        }
        await new Promise(resolve => setTimeout(resolve, 2))
      }
      return tenant.change(change)
    }
  }
  return () => count > index
}

/** A killed process is started again, and the person presses again. Each press reads once whether a stored secret is copied. */
async function pressThrough(walker: Walker, presses: number): Promise<Finish> {
  try {
    return await pressOn(walker, presses)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return pressOn(walker, presses)
  }
}

async function furtherRun(ground: Ground, walker: Walker): Promise<string[]> {
  const { control } = ground.practice
  await quiet()
  control.settle()
  control.clearRequests()
  const ended = await press(walker)
  const writes = writesOf(ground)
  return [
    ...(ended.kind === 'through' ? [] : [`a further run is not done: ${ended.kind}`]),
    ...(writes.length > 0 ? [`a further run wrote: ${writes.map(kindOf).join(', ')}`] : [])
  ]
}

/** An engine that sends again what was not answered, in place of looking. */
const sendsAgain: Broken = tenant => ({
  ...tenant,
  change: change =>
    tenant.change(change).catch(error => {
      if (error.name !== 'Silence') throw error
      return tenant.change(change)
    })
})

/** A step that makes its application without a key. */
const withoutKey: Broken = tenant => ({
  ...tenant,
  change(change) {
    if (change.path !== '/applications') return tenant.change(change)
    const { uniqueName: _, ...body } = change.body as Record<string, unknown>
    return tenant.change({ ...change, body })
  }
})

/** With one rule of the product broken the same judge has to complain. */
async function controls(ground: Ground, cleans: readonly Clean[], tally: Pick<Tally, 'control'>) {
  const count = async (broken: Broken, name: string, isIt: (write: Write) => boolean) => {
    const trouble = networkTroubles.find(one => one.name === name) as NetworkTrouble
    const [delay] = delays as readonly [Delay]
    let complaints = 0
    for (const clean of cleans.filter(({ start }) => start.world.thorough))
      for (const [index, write] of clean.writes.entries())
        if (isIt(write))
          complaints += (await complaintsOf(ground, trouble, { clean, index, delay }, broken)).complaints.length
    return complaints
  }
  const isSecret = ({ path }: Write) => path.endsWith('/addPassword')
  tally.control('an engine that sends again in place of looking', await count(sendsAgain, 'answer lost', isSecret))
  const isCreate = ({ path }: Write) => path === '/v1.0/applications'
  tally.control(
    'an application without a key',
    await count(withoutKey, 'the wizard is killed after the write', isCreate)
  )
}
