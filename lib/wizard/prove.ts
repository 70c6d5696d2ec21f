// Proves the connection: a token that is never from a cache, then a login for every mailbox and protocol, told as lines.
// The rule it keeps: a request of the browser is short, what was tried is kept at once, and stopping loses nothing.
import 'server-only'
import type { LoginEvidence } from '../gates/evidence.ts'
import { logIn } from '../microsoft/mail/log-in.ts'
import { type Means, proveAll } from '../microsoft/mail/prove-all.ts'
import { findHeldSecret } from '../session/held-secrets.ts'
import { mailHostOf, type Protocol } from '../steps/step.ts'
import { pathOf } from './act.ts'
import type { AtStep } from './door.ts'
import { countProofs, readLogins, saveProof } from './evidence-store.ts'
import { dropOnceProved } from './hold-secret.ts'
import type { Lease, TakenAway } from './lease.ts'
import { askForToken } from './mail-token.ts'
import { type Tally, triedLine } from './proof-words.ts'
import type { Line } from './run-lines.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { writeDiary } from './store.ts'
import { whoOf } from './who.ts'

/** No login begins after this, so that a request ends before any proxy's time limit. */
const beginsForMs = 8_000
const tryWaitMs = 15_000
/** A server that was not reached this often in a row is not asked again in this run. */
const silentMax = 3

/** How long a page that tests by itself waits. Exchange's memory of what was allowed lasts minutes: oftener would only be noise. */
export const everyMinutes = 5

export type Ask = {
  /** `failed`: whatever is not proved by a login yet. */
  which: 'all' | 'failed'
  /** One mailbox only, by its place in the list. */
  place: number | undefined
  /** Whether the page tests again by itself while logins fail. */
  every: boolean
  /** When the run began, in milliseconds: what was tried since then is not tried again. */
  sinceMs: number
}

type Job = { address: string; protocol: Protocol }

/** Tests, and says each result as it comes. `signal` ends it at once. */
export async function* proveLines(
  at: AtStep,
  ask: Ask,
  lease: Lease,
  signal: AbortSignal
): AsyncGenerator<Line, TakenAway | undefined> {
  const home = pathOf(at.row.id, at.step)
  const goingOn = ask.every ? `&every=${everyMinutes}` : ''
  const held = await findHeldSecret(at.session, at.row.id)
  if (!held) {
    yield { kind: 'end', href: `${home}?secret=needed` }
    return
  }
  yield { kind: 'looking', says: 'Asking Microsoft for a token' }
  const token = await askForToken(at, held.secret)
  if (!token.ok) {
    await standByEvidence(at, 'login')
    yield { kind: 'end', href: `${home}?tested=1${goingOn}#token` }
    return
  }
  const { todo, tally } = await jobsOf(at, ask)
  const beginsUntilMs = Date.now() + beginsForMs
  const silent = new Map<Protocol, number>()
  const isSilent = ({ protocol }: Job) => (silent.get(protocol) ?? 0) >= silentMax
  let begun = 0
  function* jobs() {
    for (const job of todo) {
      if (Date.now() > beginsUntilMs) return
      begun += 1
      if (!isSilent(job)) yield { ...job, at: mailHostOf(at.cloud, job.protocol) }
    }
  }
  const means: Means = {
    token: async () => token.token,
    login: (protocol, host, mailbox, text, options) =>
      logIn(protocol, host, mailbox, text, { ...options, waitMs: tryWaitMs }),
    signal
  }
  if (!(await lease.isStillOurs())) return { kind: 'taken' }
  try {
    for await (const { address, protocol, result } of proveAll(jobs(), means)) {
      tally.done += 1
      if (result.kind !== 'accepted') tally.failed += 1
      const silences = result.kind === 'unreachable' ? (silent.get(protocol) ?? 0) + 1 : 0
      silent.set(protocol, silences)
      await saveProof(at.row.id, { address, protocol, at: new Date().toISOString(), result })
      yield triedLine({ address, protocol, result }, tally)
      if (silences === silentMax) yield { kind: 'note', says: leftOut(protocol) }
      // The next logins begin only when the next result is asked for.
      if (!(await lease.isStillOurs())) return { kind: 'taken' }
    }
  } finally {
    // Also when the person stopped it in the middle.
    await standByEvidence(at, 'login')
  }
  if (begun < todo.length && todo.slice(begun).some(job => !isSilent(job))) {
    yield { kind: 'again', since: String(ask.sinceMs) }
    return
  }
  const fails = await ended(at)
  yield { kind: 'end', href: `${home}?tested=1${fails ? goingOn : ''}#results` }
}

const leftOut = (protocol: Protocol) =>
  `${protocol} was not reached ${silentMax} times in a row: its other mailboxes are left out this time.`

/** The logins to try, in the order of the list; those tried since the run began are left out and counted. */
async function jobsOf(at: AtStep, ask: Ask): Promise<{ todo: readonly Job[]; tally: Tally }> {
  const { mailboxes, protocols } = at.setup
  const known = new Map((await readLogins(at.row.id)).map(login => [`${login.protocol} ${login.address}`, login]))
  const wasTried = (login: LoginEvidence | undefined) => login !== undefined && Date.parse(login.at) >= ask.sinceMs
  const isWanted = (login: LoginEvidence | undefined) =>
    !wasTried(login) && (ask.which === 'all' || login?.result.kind !== 'accepted')
  const chosen = ask.place === undefined ? mailboxes : mailboxes.slice(ask.place, ask.place + 1)
  const all = chosen.flatMap(address => protocols.map(protocol => ({ address, protocol })))
  const loginOf = ({ address, protocol }: Job) => known.get(`${protocol} ${address}`)
  const todo = all.filter(job => isWanted(loginOf(job)))
  const before = all.map(loginOf).filter(wasTried)
  const failed = before.filter(login => login?.result.kind !== 'accepted').length
  return { todo, tally: { done: before.length, failed, wanted: before.length + todo.length } }
}

/** The diary's line; and the secret goes once there is nothing left to prove with it. Whether logins fail. */
async function ended(at: AtStep): Promise<boolean> {
  const { accepted, refused, unreachable } = await countProofs(at.row.id, undefined)
  const { mailboxes, protocols } = at.setup
  const wanted = mailboxes.length * protocols.length
  await writeDiary(at.row.id, {
    stepId: at.step.id,
    who: whoOf(at),
    kind: 'note',
    says: `Tested the connection: ${accepted} of ${wanted} logins accepted, ${refused} refused, ${unreachable} not reached`
  })
  await dropOnceProved(at)
  return refused + unreachable > 0
}
