// What the processes of a product take: processor and memory from /proc, and V8's heap after a collection.
// The rule it keeps: nothing is asked of the product itself. Node opens its debugger on SIGUSR1, for as long as it is read.
// https://nodejs.org/en/learn/getting-started/debugging#enable-inspector
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'undici'

/** https://man7.org/linux/man-pages/man5/proc.5.html: fields 14 and 15, in ticks of a hundredth of a second. */
const ticksPerSecond = 100
const debuggerAt = 'http://127.0.0.1:9229'
const waitMs = 10_000

export type Taken = { cpuSeconds: number; rssMb: number }

/** @throws where there is no /proc: a load is measured on Linux */
export function takenBy(pid: number): Taken {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    rssMb: Number(rss ?? Number.NaN) / 1024
  }
}

/**
 * What is alive on the heap of a Node process, in MB, after a full collection.
 * @throws when its debugger did not open, or another process's answered on its port
 */
export async function heapAfterCollection(pid: number): Promise<number> {
  process.kill(pid, 'SIGUSR1')
  const socket = new WebSocket(await debuggerOf(pid))
  const opened = new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`The debugger of process ${pid} did not open`)))
  })
  await opened
  const ask = asking(socket)
  const evaluate = async (expression: string) =>
    (await ask('Runtime.evaluate', { expression })).result as { value: number }
  const { value } = await evaluate('process.pid')
  if (value !== pid) throw new Error(`The debugger of process ${value} answered in place of ${pid}'s`)
  // Twice: what the first one finds finalised goes with the second.
  for (let count = 0; count < 2; count++) await ask('HeapProfiler.collectGarbage')
  const { usedSize } = (await ask('Runtime.getHeapUsage')) as { usedSize: number }
  await evaluate(`setTimeout(() => process.getBuiltinModule('inspector').close(), 50).unref()`)
  socket.close()
  await sleep(300)
  return usedSize / 1024 / 1024
}

async function debuggerOf(pid: number): Promise<string> {
  for (let waited = 0; waited < waitMs; waited += 50) {
    await sleep(50)
    const answer = await fetch(`${debuggerAt}/json`).catch(() => undefined)
    const [target] = answer ? ((await answer.json()) as { webSocketDebuggerUrl: string }[]) : []
    if (target) return target.webSocketDebuggerUrl
  }
  throw new Error(`Process ${pid} did not open its debugger`)
}

function asking(socket: WebSocket) {
  const waiting = new Map<number, (result: Record<string, unknown>) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: Record<string, unknown> }
    waiting.get(id)?.(result)
  })
  return (method: string, params: object = {}) =>
    new Promise<Record<string, unknown>>(resolve => {
      last++
      waiting.set(last, resolve)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
}
