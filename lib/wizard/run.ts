// The engine: look, send what is missing, look again. The tenant is the only truth.
// The rule it keeps: a write whose answer was lost is never sent again for that; the engine looks instead.
import { Refusal, Silence } from '../microsoft/answers.ts'
import type { Tenant } from '../microsoft/graph.ts'
import { explainRefusal, silenceProblem } from '../microsoft/problems.ts'
import type { Change, Setup, Standing, Step } from '../steps/step.ts'
import { type Glance, glanceOf, look } from './look.ts'
import { askedToWait, later, type Outcome, pauseAfter, send } from './outcome.ts'

/** What the engine is given: the tenant, the store's few verbs, clock and sleep. */
export type Ports = {
  tenant: Tenant
  setup(): Promise<Setup>
  saw(step: Step, standing: Standing): Promise<void>
  /** Called before a change that reveals a secret is sent. */
  attempted(change: Change, attemptId: string): Promise<void>
  /** Called with every outcome; keeps the secret of a change that reveals one. */
  happened(step: Step, change: Change, outcome: Outcome, attemptId: string): Promise<void>
  noUpsert(): Promise<void>
  /** False when the lease was lost to somebody else. */
  stillOurs(): Promise<boolean>
  nowMs(): number
  sleep(ms: number): Promise<void>
}

export type RunEvent =
  | { kind: 'looking'; says: string }
  | { kind: 'landed'; says: string }
  | { kind: 'waiting'; says: string }
  | { kind: 'note'; says: string }

/** How a walk ended: at the end, at a step that needs a person, or for this request's time only. */
export type Ended =
  | { kind: 'through' }
  | { kind: 'stopped'; step: Step; standing: Standing }
  | { kind: 'revealed'; step: Step }
  /** `waitMs`: Microsoft wants nothing before that. */
  | { kind: 'again'; step: Step; waitMs?: number }
  | { kind: 'taken' }

/** No proxy waits longer for one request; the page then goes on by itself. */
export const requestBudgetMs = 20_000
/** How long Microsoft's copying is waited for before the admin is told. */
export const copyLimitMs = 120_000
const firstPauseMs = 400
const pauseMaxMs = 5_000

/** `due` says when a change that was sent may be sent again, should the tenant still lack it. */
type Walk = { glance: Glance; due: Map<string, number>; begunMs: number; since: number; wrote: boolean }

/**
 * Walks the steps in order until one needs a person or the time of this request is up.
 * @param since when the person pressed the button, for the limit on waiting over several requests
 */
export async function* walk(
  steps: readonly Step[],
  ports: Ports,
  since: number = ports.nowMs()
): AsyncGenerator<RunEvent, Ended> {
  const begunMs = ports.nowMs()
  const glance = glanceOf(ports.tenant)
  // A walk that goes on from the request before may have written there.
  const state: Walk = { glance, due: new Map(), begunMs, since, wrote: since < begunMs }
  const setup = await ports.setup()
  // What stood before is looked at again, for the tenant may have changed meanwhile, and the first open step beside it.
  const first = steps.find(step => !setup.found(step))
  const again = Promise.allSettled(
    steps.filter(step => setup.found(step) || step === first).map(async step => step.check(state.glance, setup))
  )
  for (const step of steps) {
    const ended = yield* walkStep(step, ports, state)
    if (ended) {
      await again
      return ended
    }
  }
  await again
  return { kind: 'through' }
}

async function* walkStep(step: Step, ports: Ports, state: Walk): AsyncGenerator<RunEvent, Ended | undefined> {
  yield { kind: 'looking', says: step.title }
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, pauseMaxMs)) {
    const setup = await ports.setup()
    const standing = await lookWithPatience(step, state, setup)
    if (standing instanceof Refusal) {
      const ended = yield* waitAsAsked(step, standing, ports, state)
      if (ended) return ended
      continue
    }
    await ports.saw(step, standing)
    if (standing.kind === 'done') return undefined
    if (standing.kind !== 'todo' && !(state.wrote && isCopying(standing))) return { kind: 'stopped', step, standing }
    if (!(await ports.stillOurs())) return { kind: 'taken' }

    const changes = standing.kind === 'todo' ? standing.changes : []
    const ended = yield* sendMissing(step, changes, setup, ports, state)
    if (ended !== 'nothing new') {
      if (ended) return ended
      continue
    }
    const waitedMs = ports.nowMs() - state.since
    if (waitedMs > copyLimitMs) return await giveUp(step, ports)
    if (ports.nowMs() - state.begunMs + pauseMs > requestBudgetMs) return { kind: 'again', step }
    const seconds = Math.round(waitedMs / 1000)
    yield { kind: 'waiting', says: `Microsoft is still copying: ${seconds} s of up to ${copyLimitMs / 60_000} min` }
    await ports.sleep(pauseMs)
    state.glance.forget(['/applications', '/servicePrincipals', '/directory'])
  }
}

const isCopying = (standing: Standing) => standing.kind === 'blocked' && standing.problem.mayBeCopying === true

/** A silent read has been tried again already; here it stands as a problem that carrying on mends. A refusal that says how
 *  long to wait is given as it is. */
async function lookWithPatience(step: Step, state: Walk, setup: Setup): Promise<Standing | Refusal> {
  try {
    return await look(step, state.glance, setup, refusal => asksToWait(refusal))
  } catch (error) {
    if (error instanceof Refusal) return error
    if (error instanceof Silence) return { kind: 'blocked', problem: silenceProblem }
    throw error
  }
}

const asksToWait = ({ reference, waitMs }: Refusal) =>
  waitMs !== undefined && (reference.status === 429 || reference.status === 503)

/** Waits as long as Microsoft asks where this request has the time; else the page goes on by itself then. A wait beyond all
 *  patience is told. */
async function* waitAsAsked(
  step: Step,
  refusal: Refusal,
  ports: Ports,
  state: Walk
): AsyncGenerator<RunEvent, Ended | undefined> {
  const waitMs = refusal.waitMs ?? 0
  if (ports.nowMs() - state.since + waitMs > copyLimitMs) return await refusedFor(step, refusal, ports)
  const isLong = ports.nowMs() - state.begunMs + waitMs > requestBudgetMs
  const then = isLong ? '. This page goes on by itself then.' : ''
  yield { kind: 'waiting', says: `Microsoft asks to wait ${Math.ceil(waitMs / 1000)} s${then}` }
  if (isLong) return { kind: 'again', step, waitMs }
  await ports.sleep(waitMs)
  return undefined
}

async function giveUp(step: Step, ports: Ports): Promise<Ended> {
  const problem = {
    id: 'replication-not-found',
    title: 'Microsoft is taking longer than usual',
    happened: 'The changes were accepted, but the directory does not show them everywhere yet.',
    todo: [
      'Carry on in a few minutes. The wizard looks at the tenant first, and repeats nothing that is there already.'
    ]
  }
  const standing: Standing = { kind: 'blocked', problem }
  await ports.saw(step, standing)
  return { kind: 'stopped', step, standing }
}

/** Sends the changes that this walk has not sent yet; one that reveals a secret goes alone, and last. */
async function* sendMissing(
  step: Step,
  changes: readonly Change[],
  setup: Setup,
  ports: Ports,
  state: Walk
): AsyncGenerator<RunEvent, Ended | undefined | 'nothing new'> {
  const isDue = (change: Change) => (state.due.get(keyOf(change)) ?? 0) <= ports.nowMs()
  const plain = changes.filter(change => !change.revealsOnce && isDue(change))
  const reveals = changes.find(change => change.revealsOnce)
  const due = plain.length > 0 ? plain : reveals ? [reveals] : []
  if (due.length === 0) return 'nothing new'
  state.wrote = true

  if (reveals && due[0] === reveals) {
    await ports.attempted(reveals, setup.nextAttemptId)
    // The database may have kept it waiting for longer than the lease lives.
    if (!(await ports.stillOurs())) return { kind: 'taken' }
  }
  const outcomes = await allOf(
    due.map(async change => {
      const outcome = await send(ports.tenant, change)
      state.due.set(keyOf(change), ports.nowMs() + pauseAfter(change, outcome))
      await ports.happened(step, change, outcome, setup.nextAttemptId)
      return { change, outcome }
    })
  )
  state.glance.forget(due.map(change => change.path))
  let toWait: Refusal | undefined
  for (const { change, outcome } of outcomes) {
    const asks = askedToWait(outcome)
    if (outcome.kind === 'landed') yield { kind: 'landed', says: change.says }
    // A fault in place of a secret needs the person; any other is waited out, and looked for.
    else if (asks && !(change.revealsOnce && outcome.kind === 'silent')) toWait = later(toWait, asks)
    else if (outcome.kind === 'silent')
      yield { kind: 'note', says: 'Microsoft did not answer. Looking at the tenant again.' }
    else if (change.noUpsertOn && outcome.refusal.matches(change.noUpsertOn)) await ports.noUpsert()
    else if (!change.lookAgainOn || !outcome.refusal.matches(change.lookAgainOn))
      return await refusedFor(step, outcome.refusal, ports)
  }
  if (toWait) return yield* waitAsAsked(step, toWait, ports, state)
  const [first] = outcomes
  if (first?.change.revealsOnce) return revealEnd(step, first.outcome, ports)
  return undefined
}

/** What all of them came to, once none is on its way any more: the lease is not given back while something is being sent. */
async function allOf<Result>(sending: readonly Promise<Result>[]): Promise<readonly Result[]> {
  await Promise.allSettled(sending)
  return Promise.all(sending)
}

async function revealEnd(step: Step, outcome: Outcome, ports: Ports): Promise<Ended> {
  const landed = outcome.kind === 'landed'
  const standing: Standing = landed
    ? { kind: 'unseen', question: 'Have you stored what was shown?' }
    : { kind: 'blocked', problem: silenceProblem }
  await ports.saw(step, standing)
  return landed ? { kind: 'revealed', step } : { kind: 'stopped', step, standing }
}

async function refusedFor(step: Step, refusal: Refusal, ports: Ports): Promise<Ended> {
  const standing: Standing = { kind: 'blocked', problem: explainRefusal(refusal) }
  await ports.saw(step, standing)
  return { kind: 'stopped', step, standing }
}

const keyOf = (change: Change) => `${change.method} ${change.path} ${JSON.stringify(change.body)}`
