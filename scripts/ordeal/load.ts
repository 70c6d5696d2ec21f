// Many people at once, each with a setup of their own, on one instance with everything beside it on this machine.
// The rule it keeps: the limits of lib/guards stay on, and two controls show that a wizard that hangs, and memory that
// grows, would have been told.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kind, noTime } from './kind.ts'
import { type Click, clickKinds, type Level, slowIn, timesInWords, timesOf, unevenIn } from './load-figures.ts'
import { bringCrowd, type Round, walkAll } from './load-people.ts'
import { heapAfterCollection, takenBy } from './load-processes.ts'
import { type OneInstance, startProduct } from './product.ts'
import { Visitor } from './visitor.ts'

const seed = 20_261_128
const full = { people: 200, rounds: 4, thinking: { fromMs: 1_000, toMs: 3_000 } }
/** Less thinking makes the walk shorter, and so few people no lighter a load each. A sample is so many rounds of them. */
const sampled = { people: 20, thinking: { fromMs: 300, toMs: 900 } }
/** A further round of a sample is begun only where it can end in time, with the controls after it. */
const sampledRoundMs = 70_000
/** Code is compiled, caches and the database's own memory fill up: what is flat is flat after that. */
const warmUpRounds = 1
const lookEveryMs = 2_000
/** So many failures are told one by one. */
const tolerated = 5
const controlPeople = 20
const controlVisits = 6
const controlHangMs = 2_500

type Watched = { name: string; pid: number; rss: Level[]; heap: Level[] }

export const load: Kind = {
  name: 'load',
  proves: `${full.people} people at once, each thinking 1 to 3 s between clicks, walk a whole setup: no error, p95 of a page under 1 s, memory flat.`,
  leastMs: 80_000,
  async run({ sample, leftMs, say }) {
    const how = sample === undefined ? full : { ...sampled, rounds: sample }
    const { fromMs, toMs } = how.thinking
    say(`${how.people} people, ${how.rounds} rounds, thinking ${fromMs} to ${toMs} ms, seed ${seed}`)
    const product = await startProduct({ TRUST_PROXY: '1' })
    try {
      const watched = watchedOf(product)
      const rounds: Round[] = []
      const before = takenByAll(watched)
      const begunMs = performance.now()
      const atSeconds = () => (performance.now() - begunMs) / 1000
      const looks = setInterval(() => {
        for (const { pid, rss } of watched) rss.push({ atSeconds: atSeconds(), mb: takenBy(pid).rssMb })
      }, lookEveryMs)
      for (let index = 0; index < how.rounds && (index === 0 || leftMs() > sampledRoundMs); index++) {
        const people = await bringCrowd(product, how.people, seed + index * full.people)
        rounds.push(await walkAll(product, people, how.thinking))
        for (const each of watched) each.heap.push({ atSeconds: atSeconds(), mb: await heapAfterCollection(each.pid) })
        const { clicks, errors, seconds } = rounds.at(-1) as Round
        say(`round ${index + 1}: ${seconds.toFixed(0)} s, ${errors.length} errors, ${timesInWords(timesOf(clicks))}`)
      }
      clearInterval(looks)
      const taken = takenByAll(watched).map((now, index) => now - (before[index] ?? Number.NaN))
      const clicks = rounds.flatMap(round => round.clicks)
      for (const name of new Set(clicks.map(click => click.name)))
        say(`  ${name}: ${timesInWords(timesOf(clicks.filter(click => click.name === name)))}`)
      const warmSeconds = watched[0]?.heap[warmUpRounds - 1]?.atSeconds ?? Number.NaN
      const failures = [
        ...rounds.flatMap(({ errors }) => errors),
        ...slowIn(clicks),
        ...(rounds.length > warmUpRounds + 1 ? watched.flatMap(each => unevenOf(each, warmSeconds)) : []),
        ...(await controls(product, watched.find(({ name }) => name === 'the server')?.rss ?? []))
      ]
      return {
        cases: how.people * rounds.length,
        failures:
          failures.length > tolerated
            ? [...failures.slice(0, tolerated), `and ${failures.length - tolerated} more`]
            : failures,
        figures: {
          seed,
          ...(rounds.length < how.rounds && { [noTime]: how.people * (how.rounds - rounds.length) }),
          ...figuresOf(rounds, clicks),
          ...processFigures(watched, taken, clicks.length)
        }
      }
    } finally {
      await product.stop()
    }
  }
}

function watchedOf(product: OneInstance): readonly Watched[] {
  const pids = Object.entries(product.pids()).filter(([, pid]) => pid > 0)
  return pids.map(([name, pid]) => ({ name, pid, rss: [], heap: [] }))
}

const takenByAll = (watched: readonly Watched[]) => watched.map(({ pid }) => takenBy(pid).cpuSeconds)

const unevenOf = ({ name, rss, heap }: Watched, warmSeconds: number) => [
  ...unevenIn(
    `resident memory of ${name}`,
    rss.filter(({ atSeconds }) => atSeconds >= warmSeconds)
  ),
  ...unevenIn(`heap of ${name}`, heap.slice(warmUpRounds - 1))
]

/** A server that stands still for a while, and memory that grows: both have to be told. */
async function controls(product: OneInstance, rss: readonly Level[]): Promise<readonly string[]> {
  const server = product.pids()['the server'] ?? Number.NaN
  const clicks: Click[] = []
  const visits = Array.from({ length: controlPeople }, async (_, index) => {
    const visitor = new Visitor(product.url, { 'x-forwarded-for': `10.1.0.${index}` })
    for (let visit = 0; visit < controlVisits; visit++) {
      await sleep(500 + 50 * index)
      const begunMs = performance.now()
      await visitor.open('/')
      clicks.push({ kind: 'page', name: 'control', ms: performance.now() - begunMs })
    }
  })
  await sleep(controlHangMs)
  process.kill(server, 'SIGSTOP')
  await sleep(controlHangMs)
  process.kill(server, 'SIGCONT')
  await Promise.all(visits)
  const growing = rss.map(({ atSeconds, mb }, index) => ({ atSeconds, mb: mb * (1 + (0.3 * index) / rss.length) }))
  return [
    ...(slowIn(clicks, ['page']).length > 0 ? [] : ['the control stopped the server for a while, and nobody noticed']),
    ...(unevenIn('x', growing).length > 0 ? [] : ['the control let memory grow, and nobody noticed'])
  ]
}

function figuresOf(rounds: readonly Round[], clicks: readonly Click[]) {
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0)
  const kinds = clickKinds.map(kind => [kind, timesInWords(timesOf(clicks.filter(click => click.kind === kind)))])
  return {
    seconds: Math.round(seconds),
    'clicks a second': (clicks.length / seconds).toFixed(1),
    errors: rounds.reduce((sum, { errors }) => sum + errors.length, 0),
    ...Object.fromEntries(kinds)
  }
}

function processFigures(watched: readonly Watched[], taken: readonly number[], clicks: number) {
  const own = process.cpuUsage()
  const perClick = (seconds: number) =>
    `${seconds.toFixed(0)} s of processor, ${((seconds * 1_000) / clicks).toFixed(1)} ms a click`
  const mb = (levels: readonly Level[]) => [levels[0], levels.at(-1)].map(level => level?.mb.toFixed(0)).join(' to ')
  const rows = watched.map(({ name, rss, heap }, index) => [
    name,
    `${perClick(taken[index] ?? Number.NaN)}, resident ${mb(rss)} MB, heap after each round ${heap.map(level => level.mb.toFixed(0)).join(', ')} MB`
  ])
  return { ...Object.fromEntries(rows), 'the people themselves': perClick((own.user + own.system) / 1e6) }
}
