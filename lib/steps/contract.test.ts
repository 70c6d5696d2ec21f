// The contract of a step, tried on every step of the list and on all of them in one go, in every world. To add a step adds
// it here; a new world is a row in test-data/contract/worlds.ts. Troubles are beside this, in troubles.contract.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  converges,
  convergesOneByOne,
  copyings,
  looksWithoutWriting,
  needsNoMemory,
  needsWhatItDeclares
} from '../../test-data/contract/rules.ts'
import { alone, begin, type Start, together } from '../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import { createASecret } from './create-a-secret.ts'
import { steps } from './index.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

const inOneGo = together(steps.slice(0, steps.indexOf(createASecret) + 1))
const subjects = [...steps.map(step => alone(step, steps)), inOneGo]

describe.each(subjects.map(subject => [subject.name, subject] as const))('%s', (_name, subject) => {
  // A step that asks for no permission sees nothing of a tenant: one world is like another to it.
  const seen = worlds.filter(world => world.thorough || subject.steps.some(step => step.permissions.length > 0))

  describe.each(seen.map(world => [world.name, world] as const))('in %s', (_name, world) => {
    let start: Start | undefined
    beforeAll(async () => {
      start = await begin(ground, subject, world)
    })

    test('is open exactly where nothing before it is blocked', () => {
      const { end } = world
      const isBlockedBefore = end !== 'done' && subject.before.some(step => step.id === end.blockedAt)
      expect(start === undefined).toBe(isBlockedBefore)
    })

    test('looks without writing', async () => {
      if (start) expect(await looksWithoutWriting(ground, start)).toEqual([])
    })

    test.each(copyings)('converges when $name, and a second run writes nothing', async ({ copying }) => {
      if (start) expect(await converges(ground, start, copying)).toEqual([])
    })

    if (world.thorough)
      test('needs exactly the permissions that it declares', async () => {
        if (start) expect(await needsWhatItDeclares(ground, start)).toEqual([])
      })

    test('finds everything again without its database', async () => {
      if (start) expect(await needsNoMemory(ground, start)).toEqual([])
    })
  })
})

describe('one step after another', () => {
  const late = [...copyings, { name: 'copied after 6 reads', copying: { copyDelayReads: 6 } }]
  const cases = worlds.filter(world => world.thorough).flatMap(world => late.map(each => ({ ...each, world })))

  test.each(cases)('converges in $world.name, $name', async ({ world, copying }) => {
    const start = await begin(ground, inOneGo, world)
    expect(start && (await convergesOneByOne(ground, start, copying))).toEqual([])
  })
})
