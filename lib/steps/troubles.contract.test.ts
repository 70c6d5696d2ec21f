// The contract of a step, under every trouble at every write: carrying on ends where an undisturbed walk ends.
// A new trouble is a row in test-data/contract/faults.ts. All steps in one go are tried in a file of their own, beside this
// one, so that two processors share what takes longest.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyings } from '../../test-data/contract/rules.ts'
import { alone } from '../../test-data/contract/subject.ts'
import { openTroubles, type Troubles } from '../../test-data/contract/troubles.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { steps } from './index.ts'

vi.setConfig({ testTimeout: 300_000 })

let troubles: Troubles
beforeAll(async () => {
  troubles = await openTroubles()
})
afterAll(() => troubles.stop())

const atOnce = copyings.slice(0, 1)

describe.each(steps.map(step => [step.id, alone(step, steps)] as const))('%s', (_id, subject) => {
  test.each(worlds.map(world => [world.name, world] as const))(
    'survives every trouble at every write in %s',
    async (_name, world) => {
      expect(await troubles.complaintsIn(subject, world, world.thorough ? copyings : atOnce)).toEqual([])
    }
  )
})

test('more than a thousand troubles were tried', () => {
  expect(troubles.cases()).toBeGreaterThan(1000)
})
