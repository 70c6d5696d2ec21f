// A ground on which troubles are tried and counted. A subject belongs into one test file: what was tried is kept there.
import { type copyings, survives } from './rules.ts'
import { begin, type Subject } from './subject.ts'
import { type Ground, openGround } from './tenant.ts'
import type { World } from './world.ts'

export type Troubles = {
  ground: Ground
  complaintsIn(subject: Subject, world: World, under: typeof copyings): Promise<readonly string[]>
  cases(): number
  stop(): Promise<void>
}

export async function openTroubles(): Promise<Troubles> {
  const ground = await openGround()
  /** Walks that were tried already, by their writes without IDs: in most worlds a step does what it does in others. */
  const tried = new Set<string>()
  let cases = 0
  return {
    ground,
    async complaintsIn(subject, world, under) {
      const start = world.end === 'done' ? await begin(ground, subject, world) : undefined
      if (!start) return []
      const survival = await survives(ground, start, { copyings: under, tried })
      cases += survival.cases
      return survival.complaints
    },
    cases: () => cases,
    async stop() {
      await ground.stop()
      console.log(`Troubles survived: ${cases} cases`)
    }
  }
}
