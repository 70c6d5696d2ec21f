// The contract of all steps in one go, under every trouble at every write: see troubles.contract.test.ts.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyings, survives } from '../../test-data/contract/rules.ts'
import { begin, together } from '../../test-data/contract/subject.ts'
import { openTroubles, type Troubles } from '../../test-data/contract/troubles.ts'
import type { World } from '../../test-data/contract/world.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

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

test('an application that is restored while reads flicker is not found missing by the person', async () => {
  const world = worlds.find(({ name }) => name === 'the setup’s own application, deleted by somebody') as World
  const fault = { kind: 'status', status: 500, code: 'InternalServerError', message: 'Oh.' } as const
  const start = await begin(troubles.ground, inOneGo, world)
  const survival =
    start &&
    (await survives(troubles.ground, start, {
      copyings: copyings.slice(-1),
      troubles: [{ name: '500', fault, unnoticed: () => true }]
    }))
  expect(survival?.complaints.filter(complaint => complaint.includes('/restore'))).toEqual([])
})

test('more than five hundred troubles were tried', () => {
  expect(troubles.cases()).toBeGreaterThan(500)
})
