// What a press on the page of the test asks for: logins, or test messages.
import 'server-only'
import { pathOf } from './act.ts'
import type { AtStep } from './door.ts'
import { type Lease, underLease } from './lease.ts'
import { type Ask, proveLines } from './prove.ts'
import type { Line } from './run-lines.ts'
import { sendLines } from './send-tests.ts'
import { whoOf } from './who.ts'

export type TestAsk = Ask & { send: boolean }

/** How far back a run may have begun, whatever the browser says. */
const sinceMaxMs = 24 * 60 * 60_000

/** Reads the form. `since` is what the line `again` said; anything else counts from now. */
export function askOf(form: FormData, now: Date): TestAsk {
  const nowMs = now.getTime()
  const text = (name: string) => String(form.get(name) ?? '')
  const since = /^\d{13}$/.test(text('since')) ? Number(text('since')) : nowMs
  return {
    which: text('which') === 'failed' ? 'failed' : 'all',
    place: /^\d{1,5}$/.test(text('place')) ? Number(text('place')) : undefined,
    send: text('send') === 'yes',
    every: text('every') === 'yes',
    sinceMs: Math.min(nowMs, Math.max(since, nowMs - sinceMaxMs))
  }
}

/** Under the setup's lease: two who test at once would send everything twice and write over each other's results. */
export async function* testLines(at: AtStep, ask: TestAsk, signal: AbortSignal): AsyncGenerator<Line> {
  const test = (lease: Lease) =>
    ask.send ? sendLines(at, ask.place, lease, signal) : proveLines(at, ask, lease, signal)
  const ended = yield* underLease(at.row.id, whoOf(at), test)
  // Testing by itself goes on: the page tries again at its next turn.
  if (ended?.kind === 'busy' || ended?.kind === 'taken')
    yield { kind: 'end', href: `${pathOf(at.row.id, at.step)}?busy=1${ask.every ? '&every=5' : ''}` }
}
