// @ts-check
// `npm run check`: what a change needs before it is shown to anybody, in under a minute.
import { fileURLToPath } from 'node:url'
import { stagesOf } from './checks/kinds.mjs'
import { runStages } from './checks/stages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const order = ['install', 'generate', 'lint', 'types', 'unit']
const stages = stagesOf(root, process.env)
const ok = await runStages(
  order.flatMap(name => stages[name] ?? []),
  console.log
)
process.exit(ok ? 0 : 1)
