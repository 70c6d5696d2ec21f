// `npm run ordeal`: what npm test has no time for, counted. `-- --sample N` draws N cases of each sort, `-- name ...` runs
// only these kinds. The rule it keeps: every case and every failure is counted, printed and written to .build/ordeal.
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

const kinds: readonly Kind[] = [kept, faults, blows, two, watch, load]

const { values, positionals } = parseArgs({ options: { sample: { type: 'string' } }, allowPositionals: true })
const sample = values.sample === undefined ? undefined : Number(values.sample)
const unknown = positionals.filter(name => !kinds.some(kind => kind.name === name))
if (unknown.length > 0 || (sample !== undefined && !(Number.isInteger(sample) && sample > 0))) {
  console.error(`Usage: npm run ordeal -- [--sample 3] [${kinds.map(({ name }) => name).join('] [')}]`)
  process.exit(1)
}

const ran: Ran[] = []
for (const kind of kinds.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`\n== ${kind.name}: ${kind.proves}`)
  const begunMs = performance.now()
  const outcome = await kind.run({ sample, say: line => console.log(line) }).catch((error: unknown) => ({
    cases: 0,
    failures: [`${kind.name} could not be run to its end: ${error instanceof Error ? error.stack : error}`],
    figures: {}
  }))
  ran.push({ name: kind.name, proves: kind.proves, seconds: (performance.now() - begunMs) / 1000, ...outcome })
}

const folder = fileURLToPath(new URL('../../.build/ordeal', import.meta.url))
mkdirSync(folder, { recursive: true })
const report = reportOf(ran, sample)
writeFileSync(join(folder, 'report.md'), report)
writeFileSync(join(folder, 'report.json'), `${JSON.stringify({ sample: sample ?? 'all', kinds: ran }, undefined, 2)}\n`)
console.log(`\n${report}`)
process.exit(ran.length > 0 && ran.every(({ cases, failures }) => cases > 0 && failures.length === 0) ? 0 : 1)
