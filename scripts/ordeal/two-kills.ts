// Kills one of two instances while a story goes on, and counts what that did to its requests.
// The rule it keeps: when it kills depends on the story's title and its requests alone, so that a failure can be had again.
import type { TwoProduct } from './two-product.ts'

/** Stories that kill a server themselves, in the middle of a write: nobody else kills beside them. */
export const killsItself = new Set(['killed-server.spec.ts'])

/** In a story: the first kill after so many requests at least, and so many more until the next. */
const firstAfter = 5
const spread = 30
const nextAfter = 60
const killsMax = 2

export type Shaken = {
  kills: number
  requests: number
  /** Of these, by each instance. */
  asked: readonly number[]
  askedAgain: number
  refused: number
  cutOff: number
}

/** @param kills whether anything is killed, or requests are only counted */
export function killWhileItGoesOn(product: TwoProduct, title: string, kills: boolean): { end(): Shaken } {
  const before = product.told()
  let requests = 0
  let done = 0
  let next = firstAfter + (hashOf(title) % spread)
  let turn = hashOf(title) % 2
  product.onRequest(() => {
    requests += 1
    if (!kills || done >= killsMax || requests < next || !product.killOne(turn)) return
    done += 1
    turn = 1 - turn
    next = requests + nextAfter
  })
  return {
    end() {
      product.onRequest(() => undefined)
      const after = product.told()
      return {
        kills: after.kills - before.kills,
        requests,
        asked: after.asked.map((count, index) => count - (before.asked[index] ?? 0)),
        askedAgain: after.askedAgain - before.askedAgain,
        refused: after.refused - before.refused,
        cutOff: after.cutOff - before.cutOff
      }
    }
  }
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7)
}
