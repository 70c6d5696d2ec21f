// Faults: everything that can happen to a write, at every write, under every delay of copying.
// The rule it keeps: a case is over when carrying on has ended done, the whole tenant equals that of an undisturbed walk,
// and a further run wrote nothing.
import { placesIn, walkClean } from './faults/journeys.ts'
import { type Ground, leaveOneTooMany, openEmbedded, openOnServer, strikeAll } from './faults/on-product.ts'
import { createTally } from './faults/tally.ts'
import { walkBeside } from './faults/walks-process.ts'
import type { Kind } from './kind.ts'

/** Another seed draws another sample: ORDEAL_SEED. */
const seed = Number(process.env.ORDEAL_SEED ?? 1)

const proves = 'carrying on ends done, with exactly what a clean walk leaves, and a further run writes nothing.'

/** Of the network and of Microsoft, in a process of its own: thousands of cases. */
export const faults: Kind = {
  name: 'faults',
  proves: `After every fault at every write, ${proves}`,
  leastMs: 30_000,
  async run({ sample, leftMs, say }) {
    const tally = createTally(say)
    if (sample !== undefined) say(`seed ${seed}`)
    await walkBeside({ sample, seed, limitMs: leftMs() }, tally)
    return tally.outcome()
  }
}

/** `kill -9`, a database that is gone, a sign-in that ends: on the started product, with restarts and waits as they are. */
export const blows: Kind = {
  name: 'blows',
  proves: `After every blow to the started product at every write, ${proves}`,
  leastMs: 90_000,
  async run({ sample, leftMs, say }) {
    const tally = createTally(say)
    if (sample !== undefined) say(`seed ${seed}`)
    const opened: Ground[] = []
    try {
      const embedded = await openEmbedded()
      opened.push(embedded)
      opened.push(await openOnServer())
      // What an undisturbed walk writes and leaves is the same on every database.
      const cleans = await walkClean(embedded.product.url, embedded.practice)
      tally.figure('writes on the product', placesIn(cleans).length)
      await Promise.all(opened.map(ground => strikeAll(ground, cleans, { sample, seed, leftMs, tally })))
      await leaveOneTooMany(embedded, cleans, tally)
    } finally {
      await Promise.all(opened.map(ground => ground.close()))
    }
    return tally.outcome()
  }
}
