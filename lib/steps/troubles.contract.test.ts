// The contract of a step, under every trouble at every write: carrying on ends where an undisturbed walk ends.
// A new trouble is a row in test-data/contract/faults.ts.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyings, survives } from '../../test-data/contract/rules.ts'
import { alone, begin, type Subject, together } from '../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import type { World } from '../../test-data/contract/world.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

vi.setConfig({ testTimeout: 300_000 })

let ground: Ground
let cases = 0
beforeAll(async () => {
  ground = await openGround()
})
afterAll(async () => {
  await ground.stop()
  console.log(`Troubles survived: ${cases} cases`)
})

const inOneGo = together(steps.slice(0, steps.indexOf(createASecret) + 1))
const atOnce = copyings.slice(0, 1)
const atOnceAndLate = copyings.filter(({ copying }) => (copying.copyDelayReads ?? 0) % 3 === 0)
const thorough = worlds.filter(world => world.thorough)
/** Walks that were tried already, by their writes without IDs: in most worlds a step does what it does in others. */
const tried = new Set<string>()

async function complaintsIn(subject: Subject, world: World, under: typeof copyings): Promise<readonly string[]> {
  const start = world.end === 'done' ? await begin(ground, subject, world) : undefined
  if (!start) return []
  const survival = await survives(ground, start, { copyings: under, tried })
  cases += survival.cases
  return survival.complaints
}

describe.each(steps.map(step => [step.id, alone(step, steps)] as const))('%s', (_id, subject) => {
  test.each(worlds.map(world => [world.name, world] as const))(
    'survives every trouble at every write in %s',
    async (_name, world) => {
      expect(await complaintsIn(subject, world, world.thorough ? copyings : atOnce)).toEqual([])
    }
  )
})

describe('all of them in one go', () => {
  test.each(thorough.map(world => [world.name, world] as const))(
    'survive every trouble at every write in %s',
    async (_name, world) => {
      expect(await complaintsIn(inOneGo, world, atOnceAndLate)).toEqual([])
    }
  )
})

test('an application that is restored while reads flicker is not found missing by the person', async () => {
  const world = worlds.find(({ name }) => name === 'the setup’s own application, deleted by somebody') as World
  const fault = { kind: 'status', status: 500, code: 'InternalServerError', message: 'Oh.' } as const
  const start = await begin(ground, inOneGo, world)
  const survival =
    start &&
    (await survives(ground, start, {
      copyings: copyings.slice(-1),
      troubles: [{ name: '500', fault, unnoticed: () => true }]
    }))
  expect(survival?.complaints.filter(complaint => complaint.includes('/restore'))).toEqual([])
})

test('more than a thousand troubles were tried', () => {
  expect(cases).toBeGreaterThan(1000)
})
