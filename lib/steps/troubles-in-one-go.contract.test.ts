// The contract of all steps in one go, under every trouble at every write: see troubles.contract.test.ts.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyings } from '../../test-data/contract/rules.ts'
import { together } from '../../test-data/contract/subject.ts'
import { openTroubles, type Troubles } from '../../test-data/contract/troubles.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

vi.mock('../microsoft/http.ts', () => import('../../test-data/contract/http.ts'))

vi.setConfig({ testTimeout: 300_000 })

let troubles: Troubles
beforeAll(async () => {
  troubles = await openTroubles()
})
afterAll(() => troubles.stop())

const inOneGo = together(steps.slice(0, steps.indexOf(createASecret) + 1))
const atOnceAndLate = copyings.filter(({ copying }) => (copying.copyDelayReads ?? 0) % 3 === 0)
const thorough = worlds.filter(world => world.thorough)

describe('all of them in one go', () => {
  test.each(thorough.map(world => [world.name, world] as const))(
    'survive every trouble at every write in %s',
    async (_name, world) => {
      expect(await troubles.complaintsIn(inOneGo, world, atOnceAndLate)).toEqual([])
    }
  )
})

test('more than five hundred troubles were tried', () => {
  expect(troubles.cases()).toBeGreaterThan(500)
})
