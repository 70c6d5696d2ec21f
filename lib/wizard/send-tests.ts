// Test messages, each from a mailbox to itself: only when a person asks for it.
// The rule it keeps: a message is sent once; where no answer came, the page says so and nothing is sent again by itself.
import 'server-only'
import { sendTestMessage } from '../microsoft/mail/log-in.ts'
import { findHeldSecret } from '../session/held-secrets.ts'
import { mailHostOf } from '../steps/step.ts'
import { pathOf } from './act.ts'
import type { AtStep } from './door.ts'
import { readLogins, saveProof, saveSent } from './evidence-store.ts'
import { dropOnceProved } from './hold-secret.ts'
import type { Lease, TakenAway } from './lease.ts'
import { askForToken } from './mail-token.ts'
import { loginInWords } from './proof-words.ts'
import type { Line } from './run-lines.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { writeDiary } from './store.ts'
import { whoOf } from './who.ts'

/** Mailboxes to which one press may send: more than that is no test any more. */
export const messagesMax = 10

const sendWaitMs = 15_000

/** Sends a message from each mailbox that has not proved sending yet, or from the one at this place in the list; one after
 *  another, while the lease is ours, and says what became of it. Stopping lets the message that is under way end. */
export async function* sendLines(
  at: AtStep,
  place: number | undefined,
  lease: Lease,
  signal: AbortSignal
): AsyncGenerator<Line, TakenAway | undefined> {
  const home = pathOf(at.row.id, at.step)
  const held = await findHeldSecret(at.session, at.row.id)
  if (!held) {
    yield { kind: 'end', href: `${home}?secret=needed` }
    return
  }
  const token = await askForToken(at, held.secret)
  if (!token.ok) {
    await standByEvidence(at, 'login')
    yield { kind: 'end', href: `${home}?tested=1#token` }
    return
  }
  try {
    for (const address of await sendersOf(at, place)) {
      if (signal.aborted) return
      if (!(await lease.isStillOurs())) return { kind: 'taken' }
      const host = mailHostOf(at.cloud, 'SMTP')
      const outcome = await sendTestMessage(host, address, token.token, messageOf(at), { waitMs: sendWaitMs })
      const now = new Date().toISOString()
      if ('at' in outcome) {
        await saveSent(at.row.id, address, outcome)
        const says = loginInWords({ address, protocol: 'SMTP', result: { kind: 'accepted', sent: outcome } })
        await writeDiary(at.row.id, { stepId: at.step.id, who: whoOf(at), kind: 'note', says: `Test message: ${says}` })
        yield { kind: outcome.kind === 'accepted' ? 'landed' : 'note', says }
      } else {
        await saveProof(at.row.id, { address, protocol: 'SMTP', at: now, result: outcome })
        yield { kind: 'note', says: loginInWords({ address, protocol: 'SMTP', result: outcome }) }
      }
    }
  } finally {
    await standByEvidence(at, 'login')
  }
  await dropOnceProved(at)
  yield { kind: 'end', href: `${home}?tested=1#results` }
}

async function sendersOf({ setup, row }: AtStep, place: number | undefined): Promise<readonly string[]> {
  if (place !== undefined) return setup.mailboxes.slice(place, place + 1)
  const logins = await readLogins(row.id)
  const proved = new Set(
    logins
      .filter(({ result }) => result.kind === 'accepted' && result.sent?.kind === 'accepted')
      .map(({ address }) => address)
  )
  return setup.mailboxes.filter(address => !proved.has(address)).slice(0, messagesMax)
}

const messageOf = ({ setup }: AtStep) => ({
  subject: `Test message of ${setup.name}`,
  body: [
    `This message was sent by the application ${setup.name} from this mailbox to itself, to prove that it may send.`,
    'Nothing needs to be done. You can delete it.',
    '',
    'Mail OAuth Wizard'
  ].join('\r\n')
})
