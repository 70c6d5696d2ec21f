// @ts-check
// `npm test`: everything, from a fresh clone, stopping at the first stage that fails. `npm test -- store journey` runs only
// the stages that are named.
import { fileURLToPath } from 'node:url'
import { stagesOf } from './checks/kinds.mjs'
import { runStages } from './checks/stages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const order = [
  'install',
  'browser',
  'generate',
  'types',
  'lint',
  'unused',
  'unit',
  'contract',
  'processes',
  'build',
  'journey',
  'two'
]
const stages = stagesOf(root, process.env)
const named = process.argv.slice(2)
const unknown = named.filter(name => !(name in stages))
if (unknown.length > 0) {
  console.error(`There is no stage called ${unknown.join(' or ')}. The stages are: ${Object.keys(stages).join(', ')}.`)
  process.exit(1)
}
const ok = await runStages(
  (named.length === 0 ? order : Object.keys(stages).filter(name => named.includes(name))).flatMap(
    name => stages[name] ?? []
  ),
  console.log
)
process.exit(ok ? 0 : 1)
