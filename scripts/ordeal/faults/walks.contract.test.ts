// A sample of the ordeal's faults: a few cases of each sort, and both controls. `npm run ordeal -- faults` tries them all.
import { expect, test } from 'vitest'
import { createTally } from './tally.ts'
import { networkTroubles } from './troubles.ts'
import { walkThroughAll } from './walks.ts'

const ofEachSort = 3

test('after every sort of fault carrying on ends as an undisturbed walk does', { timeout: 240_000 }, async () => {
  const tally = createTally(() => undefined)
  await walkThroughAll({ sample: ofEachSort, seed: 1, limitMs: Number.POSITIVE_INFINITY, tally })
  const { cases, failures, figures } = tally.outcome()
  console.log(`Faults survived: ${cases} cases`, figures)
  expect(failures).toEqual([])
  // Under flickering reads some writes do not come.
  expect(cases).toBeGreaterThan(networkTroubles.length * (ofEachSort - 1))
  expect(networkTroubles.map(({ name }) => name).filter(name => !(Number(figures[name] ?? 0) > 0))).toEqual([])
})
