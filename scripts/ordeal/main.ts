// `npm run ordeal`: what npm test has no time for, counted. `-- --sample N` draws N cases of each sort and ends within five
// minutes, `-- name ...` runs only these kinds.
// The rule it keeps: every case and every failure is counted, printed and written to .build/ordeal.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { blows, faults } from './faults.ts'
import { kept } from './kept.ts'
import type { Kind } from './kind.ts'
import { load } from './load.ts'
import { type Ran, reportOf } from './report.ts'
import { two } from './two.ts'
import { watch } from './watch.ts'

const kinds: readonly Kind[] = [two, kept, faults, watch, blows, load]
/** How long a sample takes at most, and how long it is planned to take. */
const sampleMaxMs = 5 * 60_000
const sampleMs = sampleMaxMs - 30_000

const { values, positionals } = parseArgs({ options: { sample: { type: 'string' } }, allowPositionals: true })
const sample = values.sample === undefined ? undefined : Number(values.sample)
const unknown = positionals.filter(name => !kinds.some(kind => kind.name === name))
if (unknown.length > 0 || (sample !== undefined && !(Number.isInteger(sample) && sample > 0))) {
  console.error(`Usage: npm run ordeal -- [--sample 3] [${kinds.map(({ name }) => name).join('] [')}]`)
  process.exit(1)
}

const chosen = kinds.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const begunMs = performance.now()
const ran: Ran[] = []
// A load measures how long things take, so nothing runs beside it.
const beside = chosen.filter(kind => kind !== load)
const last = chosen.filter(kind => kind === load)
// Much of a kind is waiting: in a sample the longest one runs beside the others.
const lanes =
  sample === undefined ? [beside] : [beside.filter(kind => kind === two), beside.filter(kind => kind !== two)]
await Promise.all(lanes.map(lane => runAll(lane, begunMs + sampleMs - sum(last))))
await runAll(last, begunMs + sampleMs)

/** One after the other; in a sample each leaves those after it the time that they need at least. */
async function runAll(some: readonly Kind[], endsMs: number) {
  for (const [index, kind] of some.entries()) ran.push(await runOne(kind, endsMs - sum(some.slice(index + 1))))
}

function sum(some: readonly Kind[]): number {
  return some.reduce((total, { leastMs }) => total + leastMs, 0)
}

async function runOne(kind: Kind, endsMs: number): Promise<Ran> {
  const kindBegunMs = performance.now()
  const leftMs = () => (sample === undefined ? Number.POSITIVE_INFINITY : endsMs - performance.now())
  const say = (line: string) => console.log(sample === undefined ? line : `${kind.name}: ${line}`)
  console.log(`\n== ${kind.name}: ${kind.proves}`)
  const outcome = await kind.run({ sample, leftMs, say }).catch((error: unknown) => ({
    cases: 0,
    failures: [`${kind.name} could not be run to its end: ${error instanceof Error ? error.stack : error}`],
    figures: {}
  }))
  const seconds = (performance.now() - kindBegunMs) / 1000
  return { name: kind.name, proves: kind.proves, seconds, ...outcome }
}

const folder = fileURLToPath(new URL('../../.build/ordeal', import.meta.url))
mkdirSync(folder, { recursive: true })
const tookMs = performance.now() - begunMs
const isInTime = sample === undefined || tookMs <= sampleMaxMs
const report = reportOf(ran, sample, tookMs / 1000)
writeFileSync(join(folder, 'report.md'), report)
writeFileSync(join(folder, 'report.json'), `${JSON.stringify({ sample: sample ?? 'all', kinds: ran }, undefined, 2)}\n`)
console.log(`\n${report}`)
if (!isInTime) console.error(`FAILED: a sample has to end within ${sampleMaxMs / 1000} seconds.`)
process.exit(
  isInTime && ran.length > 0 && ran.every(({ cases, failures }) => cases > 0 && failures.length === 0) ? 0 : 1
)
