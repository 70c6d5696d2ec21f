// A run as lines for the page: what happens, and where to go when it has ended.
import 'server-only'
import { SignInNeeded } from '../microsoft/answers.ts'
import { isLiving } from '../session/session.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import { steps } from '../steps/index.ts'
import type { Step } from '../steps/step.ts'
import { pathOf } from './act.ts'
import type { AtStep } from './door.ts'
import { isPassed, nextOpen } from './journey.ts'
import type { Busy } from './lease.ts'
import type { Ended, RunEvent } from './run.ts'
import { walkSetup } from './walk-setup.ts'

export type Line = RunEvent | { kind: 'again'; since: string; waitMs?: number } | { kind: 'end'; href: string }

/** The steps of "Do all of it for me": every Entra step, ending with the secret. */
const entraSteps: readonly Step[] = steps.slice(0, steps.indexOf(createASecret) + 1)

/** How far back a waiting may have begun, whatever the browser says. */
const sinceMaxMs = 10 * 60_000

/** `since` is what the line `again` of the request before said, in milliseconds; anything else counts from now. */
export async function* runLines(at: AtStep, all: boolean, since: string): AsyncGenerator<Line> {
  if (at.readOnly) {
    yield { kind: 'end', href: pathOf(at.row.id, at.step) }
    return
  }
  const nowMs = Date.now()
  const said = /^\d{13}$/.test(since) ? Number(since) : nowMs
  const sinceMs = Math.min(nowMs, Math.max(said, nowMs - sinceMaxMs))
  const run = walkSetup(at, all ? entraSteps : [at.step], sinceMs)
  try {
    for (;;) {
      const { value, done } = await run.next()
      if (!done) yield value
      else {
        yield lineOf(at, value, sinceMs)
        return
      }
    }
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error
    // A sign-in in another tab ends this run's session; this browser has the new one already.
    const how = (await isLiving(at.session)) ? 'enter=1' : 'look=now&signed-in=1'
    yield { kind: 'end', href: `${pathOf(at.row.id, at.step)}?${how}` }
  } finally {
    // The browser may have gone away in the middle: the run gives its lease back.
    await run.return({ kind: 'taken' })
  }
}

function lineOf(at: AtStep, ended: Ended | Busy, sinceMs: number): Line {
  const to = (step: Step, query = '') => ({ kind: 'end' as const, href: `${pathOf(at.row.id, step)}${query}` })
  switch (ended.kind) {
    case 'again':
      return { kind: 'again', since: String(sinceMs), ...(ended.waitMs && { waitMs: ended.waitMs }) }
    case 'revealed':
    case 'stopped':
      return to(ended.step)
    case 'busy':
    case 'taken':
      return to(at.step, '?busy=1')
    case 'through': {
      const next = nextOpen(at.journey, at.step)
      return isPassed(at.seen[at.step.id]) && next ? to(next) : to(at.step, '?done=1')
    }
  }
}
