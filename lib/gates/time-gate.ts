// The last gate: Exchange Online has had time to notice the last change.
// The rule it keeps: it is shut only where everything the refusal may mean was seen to be right, and the change is less than
// two hours old.

import { ago, lasting, propagationMs } from './ages.ts'
import { type Case, type Judgement, passed, shut, unknown } from './case.ts'
import { waitForIt } from './fixes.ts'

const usually = 'It usually takes minutes, and up to two hours, until Exchange Online notices.'

/** `open`: how many of the suspects are not known yet; `otherwise`: how many gates evidence shuts. */
export function timePassed(one: Case, open: number, otherwise: number): Judgement {
  const { refusal, known, login, now } = one
  if (login?.result.kind === 'accepted' && !refusal)
    return passed(login.at, `The ${login.protocol} login was accepted ${ago(login.at, now)}.`)
  const change = known.changes.at(-1)
  if (change === undefined) return unknown('When something was last changed in Exchange Online is not known.')
  const clock = `The last change was ${ago(change, now)}.`
  if (now - change >= propagationMs) return passed(change, `${clock} Up to two hours are usual.`)
  if (!refusal) return unknown(`${clock} ${usually}`)
  if (change > refusal.at) return unknown(`${clock} The refusal is older than that: test again.`)
  if (open > 0 || otherwise > 0 || refusal.meaning.suspects.length === 0) return unknown(`${clock} ${usually}`)
  return shut(
    refusal.at,
    `${clock} ${usually} Everything else was seen to be right, and the server still refused ${ago(refusal.at, now)}.`,
    'propagation-delay',
    waitForIt
  )
}

/** What is said where every known gate is open and the server still refuses. */
export function unexplained({ known, refusal, now, expected, address }: Case): readonly string[] {
  const change = known.changes.at(-1)
  const late = refusal && change !== undefined && refusal.at - change < propagationMs
  const since = change === undefined ? 'is not known' : `is ${lasting(now - change)} old`
  return [
    `No known gate explains this refusal: everything it may mean was seen to be right, and the last change ${since}.`,
    late ? 'Test again: this refusal is from the two hours after the change.' : 'Test again.',
    `Give Microsoft’s support the server’s text with its server name, time and ID, the mailbox ${address}, the application (client) ID ${expected.appId} and the directory (tenant) ID ${expected.tenantId}, if it is refused again.`
  ]
}
