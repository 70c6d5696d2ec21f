// The walks as a process of their own: `server-only` lets nobody in without the condition that a server has, and a process
// that walks beside the started product takes a core of its own. What it finds goes to its parent as it comes.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Tally } from './tally.ts'
import type { Trying } from './walks.ts'

type Found =
  | { kind: 'tried'; given: Parameters<Tally['tried']> }
  | { kind: 'control'; given: Parameters<Tally['control']> }
  | { kind: 'figure'; given: Parameters<Tally['figure']> }

const asServer = ['--conditions=react-server', '--import', 'tsx']

type Walking = Omit<Trying, 'tally'>

/** Walks in another process. @throws where it ends before the walks do */
export async function walkBeside(walking: Walking, tally: Tally): Promise<void> {
  const env = { ...process.env, LOG_LEVEL: 'silent' }
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(walking)], {
    execArgv: asServer,
    env
  })
  child.on('message', (found: Found) => {
    if (found.kind === 'tried') tally.tried(...found.given)
    else if (found.kind === 'control') tally.control(...found.given)
    else tally.figure(...found.given)
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The walks ended with code ${code}`)
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const { walkThroughAll } = await import('./walks.ts')
  const tell = (found: Found) => void process.send?.(found)
  const walking = JSON.parse(process.argv[2] ?? '') as { sample?: number; seed: number; limitMs: number | null }
  await walkThroughAll({
    sample: walking.sample,
    seed: walking.seed,
    // JSON has no number without end.
    limitMs: walking.limitMs ?? Number.POSITIVE_INFINITY,
    tally: {
      tried: (...given) => tell({ kind: 'tried', given }),
      control: (...given) => tell({ kind: 'control', given }),
      figure: (...given) => tell({ kind: 'figure', given })
    }
  })
  process.disconnect()
}
