// A login that was accepted and is refused now: something may have changed since, without any script of ours.
// The rule it keeps: what was seen no later than that acceptance says nothing of the refusal.

import { ago } from './ages.ts'
import { type Case, type Judgement, unknown } from './case.ts'

/** When this mailbox last let the application in by a protocol that is refused now; undefined where this one never did. */
export function turnedAt({ protocol, newest, accepted, refusal }: Case): number | undefined {
  if (!refusal || !accepted[protocol]) return undefined
  const times = Object.values(accepted).filter(one => {
    const last = newest[one.protocol]
    return last?.result.kind === 'refused' && last.at > one.at
  })
  return times.length > 0 ? Math.max(...times.map(({ at }) => at)) : undefined
}

/** A judgement that is open again, where it rests on nothing newer. */
export function afterTurn(judgement: Judgement, turned: number | undefined, { now }: Case): Judgement {
  if (turned === undefined || judgement.state !== 'passed' || judgement.at > turned) return judgement
  return unknown(`It was so until ${ago(turned, now)}, when a login was accepted. Something may have changed since.`)
}
