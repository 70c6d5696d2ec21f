// The proof: a token for the application, then a real login for every mailbox and protocol. The mail servers are asked by
// the wizard, not by this file; what they said is counted here.

import { createASecret } from './create-a-secret.ts'
import type { Confirmed } from './exchange-stands.ts'
import { openTheMailboxes } from './open-the-mailboxes.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Fact, Problem, ProofCount, Setup, Standing, Step } from './step.ts'

export const testTheConnection: Step<never, Confirmed> = {
  id: 'test-the-connection',
  title: 'Test the connection',
  why: 'The wizard signs in as the application and opens each mailbox the way your program will. Nothing is changed in a mailbox. Where a login fails, you read which gate is shut and what opens it.',
  needs: [registerTheApplication, createASecret, openTheMailboxes],
  permissions: [],

  async check(_tenant, setup) {
    return standingOf(setup, setup.proof)
  },

  manual: () => ({
    where: 'your program',
    clicks: [],
    confirms: { says: 'My own program has opened every mailbox.', found: { confirmed: true } }
  })
}

/** How many logins prove everything: one for each mailbox and protocol. */
export const loginsWanted = ({ mailboxes, protocols }: Setup) => mailboxes.length * protocols.length

function standingOf(setup: Setup, proof: ProofCount): Standing<Confirmed> {
  const wanted = loginsWanted(setup)
  const { accepted, refused, unreachable, sendRefused, noToken } = proof
  if (noToken) return { kind: 'blocked', problem: noToken }
  if (refused > 0) return { kind: 'blocked', problem: refusedProblem(refused, wanted) }
  if (unreachable > 0) return { kind: 'blocked', problem: notReachedProblem(unreachable, wanted) }
  if (sendRefused > 0) return { kind: 'blocked', problem: notSentProblem(sendRefused) }
  if (wanted === 0 || accepted < wanted) return { kind: 'unseen', question: 'Does every login succeed?' }
  return { kind: 'done', found: { confirmed: true }, facts: factsOf(setup, proof), warnings: warningsOf(setup, proof) }
}

const readOn = 'Below you read which gate is shut, and what opens it or finds it.'

const refusedProblem = (count: number, wanted: number): Problem => ({
  id: 'logins-refused',
  title: `${counted(count, 'login')} of ${wanted} ${count === 1 ? 'is' : 'are'} refused`,
  happened: readOn,
  todo: ['Do what is said there, and test again. Where it says to wait, only test again later.']
})

const notReachedProblem = (count: number, wanted: number): Problem => ({
  id: 'logins-not-reached',
  couldNotLook: true,
  title: `${counted(count, 'login')} of ${wanted} did not reach a mail server`,
  happened: 'The table below says which server was not reached, and why.',
  todo: [
    'Let the computer that runs the wizard reach these hosts and ports, then test again.',
    'Or test with your own program, and say below that it is done.'
  ]
})

const notSentProblem = (count: number): Problem => ({
  id: 'messages-refused',
  title: `${count === 1 ? '1 test message is' : `${count} test messages are`} refused`,
  happened: readOn,
  todo: ['Open the gate that is named there, then send the test message again.']
})

const factsOf = ({ mailboxes, protocols }: Setup, { accepted }: ProofCount): readonly Fact[] => [
  {
    label: 'Logins that succeeded',
    value: `${accepted}: ${counted(mailboxes.length, 'mailbox')}, ${protocols.join(', ')}`
  }
]

/** SMTP lets an application in that may not send as the mailbox: only a message that was accepted proves it. */
function warningsOf({ mailboxes, protocols }: Setup, { sent }: ProofCount): readonly string[] {
  const open = mailboxes.length - sent
  if (!protocols.includes('SMTP') || open <= 0) return []
  return [
    `Sending is not proved for ${counted(open, 'mailbox')}: a missing permission shows only when a message is sent.`
  ]
}

function counted(count: number, what: 'mailbox' | 'login'): string {
  if (count === 1) return `1 ${what}`
  return `${count} ${what === 'mailbox' ? 'mailboxes' : 'logins'}`
}
