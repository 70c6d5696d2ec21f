// What became of a write, and how long the same one is not to be sent again.
// The rule it keeps: whether a write happened that got no answer, or a fault for an answer, only the tenant tells.
import { Refusal, Silence } from '../microsoft/answers.ts'
import type { Landed, Tenant } from '../microsoft/graph.ts'
import type { Change } from '../steps/step.ts'

export type Outcome =
  | { kind: 'landed'; landed: Landed }
  | { kind: 'refused'; refusal: Refusal }
  /** `refusal`: the fault that came in place of an answer, where one came. */
  | { kind: 'silent'; refusal?: Refusal }

/** A change that Microsoft accepted is being copied; sending it again would be noise. */
const afterLandedMs = 60_000
/** A refusal that was only news: the parent may have arrived by then. */
const afterNewsMs = 800
/** No answer: the looks in between tell whether it happened. */
const afterSilenceMs = 3_000

/** Sends a write, once. */
export async function send(tenant: Tenant, change: Change): Promise<Outcome> {
  try {
    return { kind: 'landed', landed: await tenant.change(change) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: isFault(error) ? 'silent' : 'refused', refusal: error }
    if (error instanceof Silence) return { kind: 'silent' }
    throw error
  }
}

const isFault = (refusal: Refusal) => (refusal.reference.status ?? 0) >= 500

/** The refusal or fault with which Microsoft says when to come back. A write that was throttled had no effect, and may be
 *  sent again then; after a fault the tenant is looked at first. */
export function askedToWait(outcome: Outcome): Refusal | undefined {
  if (outcome.kind === 'landed' || outcome.refusal?.waitMs === undefined) return undefined
  return outcome.kind === 'silent' || outcome.refusal.reference.status === 429 ? outcome.refusal : undefined
}

/** The refusal that asks for the longer wait. */
export const later = (one: Refusal | undefined, other: Refusal) =>
  (one?.waitMs ?? -1) > (other.waitMs ?? 0) ? one : other

/** How long the same change is not to be sent again, should the tenant lack it still. */
export function pauseAfter(change: Change, outcome: Outcome): number {
  const asked = askedToWait(outcome)?.waitMs
  if (outcome.kind === 'refused') return asked ?? afterNewsMs
  // Without a key that Microsoft enforces a second POST would make a second application.
  const hasKey = change.method !== 'POST' || change.path !== '/applications'
  return Math.max(asked ?? 0, outcome.kind === 'silent' && hasKey ? afterSilenceMs : afterLandedMs)
}
