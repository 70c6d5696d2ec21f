// The people of a load: admins of many practice tenants, each with a browser and an address of their own.
// The rule it keeps: whatever is by chance comes from one seed, so that a run can be had again.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Click } from './load-figures.ts'
import { type Ground, type Somebody, walkOnce } from './load-walk.ts'
import type { Product } from './product.ts'
import { Visitor } from './visitor.ts'

const tenants = 20

export type Thinking = { fromMs: number; toMs: number }
export type Person = Omit<Somebody, 'visitor'> & { address: string; seed: number }

/** Makes the practice tenants new, with so many admins in them. */
export async function bringCrowd(product: Product, count: number, seed: number): Promise<readonly Person[]> {
  const perTenant = Math.ceil(count / tenants)
  const answer = await fetch(`${product.practice.http}/practice/crowd`, {
    method: 'POST',
    body: JSON.stringify({ tenants, people: perTenant })
  })
  const { result } = (await answer.json()) as { result: { username: string; displayName: string; mailbox: string }[] }
  return result.slice(0, count).map(({ username, displayName, mailbox }, index) => ({
    username,
    displayName,
    mailboxes: [mailbox],
    inOneGo: index % 2 === 1,
    pastesReceipts: index % 4 < 2,
    address: `10.0.${index >> 8}.${index & 255}`,
    seed: seed + index
  }))
}

export type Round = { clicks: readonly Click[]; errors: readonly string[]; seconds: number }

/** Everybody walks once, all at the same time; each begins with a thought. */
export async function walkAll(product: Product, people: readonly Person[], thinking: Thinking): Promise<Round> {
  const clicks: Click[] = []
  const errors: string[] = []
  const begunMs = performance.now()
  await Promise.all(
    people.map(async ({ address, seed, ...who }) => {
      const ground: Ground = {
        think: thinkOf(seed, thinking),
        clicked: click => void clicks.push(click),
        runScript: (script, as) => runInConsole(product, script, as)
      }
      // As the proxy in front of the wizard would say from where somebody comes.
      const visitor = new Visitor(product.url, { 'x-forwarded-for': address })
      await walkOnce({ ...who, visitor }, ground).catch((error: unknown) => {
        const cause = error instanceof Error && error.cause ? ` (${error.cause})` : ''
        errors.push(`${who.username}: ${error instanceof Error ? error.message : error}${cause}`)
      })
    })
  )
  return { clicks, errors, seconds: (performance.now() - begunMs) / 1000 }
}

function thinkOf(seed: number, { fromMs, toMs }: Thinking) {
  const random = randomFrom(seed)
  return () => sleep(fromMs + (toMs - fromMs) * random())
}

/** Mulberry32: numbers from 0 to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The person's own PowerShell, which is on their own machine and no part of what is measured. */
async function runInConsole(product: Product, script: string, as: string): Promise<string> {
  const scriptBase64 = Buffer.from(script).toString('base64')
  const answer = await fetch(`${product.practice.http}/exchange/run`, {
    method: 'POST',
    body: JSON.stringify({ scriptBase64, as })
  })
  const { lines } = (await answer.json()) as { lines: { text: string }[] }
  return lines.map(({ text }) => text).join('\n')
}
