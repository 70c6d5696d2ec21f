// Two hundred people at once, each walking a whole setup.
import type { Kind } from './kind.ts'
import { type Click, timesInWords, timesOf } from './load-figures.ts'
import { takenBy } from './load-processes.ts'
import { type Ground, type Somebody, walkOnce } from './load-walk.ts'
import { type Product, startProduct } from './product.ts'
import { Visitor } from './visitor.ts'

const seed = 20_261_128
const peopleInFull = 200
const tenants = 20

type CrowdMember = { tenantId: string; username: string; displayName: string; mailbox: string }

async function crowdOf(product: Product, count: number): Promise<readonly CrowdMember[]> {
  const answer = await fetch(`${product.practice.http}/practice/crowd`, {
    method: 'POST',
    body: JSON.stringify({ tenants, people: Math.ceil(count / tenants) })
  })
  const read = (await answer.json()) as { result: CrowdMember[] }
  return read.result.slice(0, count)
}

function randomOf(from: number) {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const load: Kind = {
  name: 'load',
  proves: 'Two hundred people at once.',
  async run({ sample, say }) {
    const people = Math.min(peopleInFull, sample === undefined ? peopleInFull : 20 * sample)
    const product = await startProduct({ TRUST_PROXY: '1' })
    const failures: string[] = []
    const clicks: Click[] = []
    try {
      const crowd = await crowdOf(product, people)
      const before = Object.entries(product.pids()).map(([name, pid]) => ({ name, pid, ...takenBy(pid) }))
      const own = process.cpuUsage()
      const begunMs = performance.now()
      await Promise.all(
        crowd.map(async (each, index) => {
          const random = randomOf(seed + index)
          const somebody: Somebody = {
            visitor: new Visitor(product.url, { 'x-forwarded-for': `10.0.${index >> 8}.${index & 255}` }),
            displayName: each.displayName,
            username: each.username,
            mailboxes: [each.mailbox],
            inOneGo: index % 2 === 1,
            pastesReceipts: index % 4 < 2
          }
          const ground: Ground = {
            think: () => new Promise(resolve => setTimeout(resolve, 1000 + 2000 * random())),
            clicked: click => void clicks.push(click),
            async runScript(script, as) {
              const bytes = Buffer.from(script).toString('base64')
              const answer = await fetch(`${product.practice.http}/exchange/run`, {
                method: 'POST',
                body: JSON.stringify({ scriptBase64: bytes, as })
              })
              const { lines } = (await answer.json()) as { lines: { text: string }[] }
              return lines.map(line => line.text).join('\n')
            }
          }
          await walkOnce(somebody, ground).catch((error: unknown) => {
            failures.push(`${each.username}: ${error instanceof Error ? (error.cause ?? error.message) : error}`)
            if (failures.length < 10) say(failures.at(-1) ?? '')
          })
        })
      )
      const seconds = (performance.now() - begunMs) / 1000
      say(`${people} people, ${clicks.length} clicks in ${seconds.toFixed(1)} s: ${(clicks.length / seconds).toFixed(1)} a second`)
      for (const kind of ['page', 'run', 'download'])
        say(`${kind}: ${timesInWords(timesOf(clicks.filter(click => click.kind === kind)))}`)
      for (const name of new Set(clicks.map(click => click.name)))
        say(`  ${name}: ${timesInWords(timesOf(clicks.filter(click => click.name === name)))}`)
      for (const { name, pid, cpuSeconds, rssMb } of before) {
        const now = takenBy(pid)
        const cpu = now.cpuSeconds - cpuSeconds
        say(`${name}: ${cpu.toFixed(1)} s, ${((cpu * 1000) / clicks.length).toFixed(1)} ms a click, ${rssMb.toFixed(0)} -> ${now.rssMb.toFixed(0)} MB`)
      }
      const { user, system } = process.cpuUsage(own)
      say(`the people: ${((user + system) / 1e6).toFixed(1)} s`)
      return { cases: people, failures, figures: {} }
    } finally {
      await product.stop()
    }
  }
}
