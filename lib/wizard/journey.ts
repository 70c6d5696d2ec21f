// Where a setup stands on its way: what is open, what is next. Pure: a function of the list of steps and of what was
// seen. A deep link to a closed step falls back to the first open one.
import type { Source, Standing, Step } from '../steps/step.ts'

export type Seen = { source: Source; standing: Standing; at: Date }
export type SeenById = { readonly [stepId: string]: Seen | undefined }

export type State = 'done' | 'said' | 'current' | 'open' | 'closed' | 'problem'
export type JourneyItem = { step: Step; state: State; open: boolean; passed: boolean }
export type Journey = { items: readonly JourneyItem[]; current: Step }

/** A step is passed when the tenant showed it done, or when the person said so. */
export const isPassed = (seen: Seen | undefined) => seen?.standing.kind === 'done'

/** What no API can tell closes no later step; everything else has to be passed. */
function closesLater(step: Step, seen: SeenById): boolean {
  const here = seen[step.id]
  if (isPassed(here) || here?.standing.kind === 'unseen') return false
  return !isUnseeable(step)
}

/** Steps that ask for no permission look at nothing: Exchange answers only its own PowerShell. */
const isUnseeable = (step: Step) => step.permissions.length === 0

function stateOf(seen: Seen | undefined, open: boolean, isCurrent: boolean): State {
  if (isPassed(seen)) return seen?.source === 'person' ? 'said' : 'done'
  if (!open) return 'closed'
  if (seen?.standing.kind === 'blocked') return 'problem'
  return isCurrent ? 'current' : 'open'
}

/** The journey; `at` is the step whose page is open, by default the first that is not passed. */
export function journeyOf(steps: readonly Step[], seen: SeenById, at?: Step): Journey {
  const opened = (step: Step): boolean => step.needs.every(need => !closesLater(need, seen) && opened(need))
  const last = steps.at(-1) as Step
  const current = at ?? steps.find(step => opened(step) && !isPassed(seen[step.id])) ?? last
  const items = steps.map(step => {
    const open = opened(step)
    return {
      step,
      open,
      passed: isPassed(seen[step.id]),
      state: stateOf(seen[step.id], open, step === current)
    }
  })
  return { items, current }
}

/** The step after this one, as long as it is open. */
export function nextOpen(journey: Journey, step: Step): Step | undefined {
  const index = journey.items.findIndex(item => item.step === step)
  return journey.items.slice(index + 1).find(item => item.open)?.step
}

/** What was seen of these steps no longer counts when an earlier one changes. */
export function dependants(steps: readonly Step[], changed: Step): readonly Step[] {
  const depends = (step: Step): boolean => step.needs.some(need => need === changed || depends(need))
  return steps.filter(depends)
}
