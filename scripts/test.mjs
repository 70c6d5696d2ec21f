// @ts-check
// `npm test`: everything, from a fresh clone, stopping at the first stage that fails.
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
  'unit',
  'contract',
  'launch',
  'store',
  'build',
  'journey'
]
const stages = stagesOf(root, process.env)
const ok = await runStages(
  order.flatMap(name => stages[name] ?? []),
  console.log
)
process.exit(ok ? 0 : 1)
