// The contract of a step, under every trouble at every write: carrying on ends where an undisturbed walk ends.
// A new trouble is a row in test-data/contract/faults.ts.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copyings, survives } from '../../test-data/contract/rules.ts'
import { alone, begin, together } from '../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

vi.mock('../microsoft/http.ts', () => import('../../test-data/contract/http.ts'))

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
const subjects = [...steps.map(step => alone(step, steps)), inOneGo]
const atOnce = copyings.slice(0, 1)
/** Writes that were tried already, as they look without their IDs: in most worlds a step does what it does in others. */
const tried = new Set<string>()

describe.each(subjects)('$name', subject => {
  test.each(worlds)('survives every trouble at every write in $name', async world => {
    if (world.end !== 'done') return
    const start = await begin(ground, subject, world)
    if (!start) return
    const survival = await survives(ground, start, world.thorough ? { copyings } : { copyings: atOnce, tried })
    cases += survival.cases
    expect(survival.complaints).toEqual([])
  })
})
