// One login attempt, the same for the three protocols: read the SASL string, walk the gates, write it down.
// The rule it keeps: each attempt is in the journal, with the gate that its answer hides.

import type { Practice } from '../practice.ts'
import { type Admission, admit, type Protocol } from './admission.ts'
import { note } from './journal.ts'
import { readXoauth2 } from './xoauth2.ts'

/** @param text the client's base64 string, or undefined where it asked for another mechanism */
export async function logIn(practice: Practice, protocol: Protocol, text: string | undefined): Promise<Admission> {
  const credentials = text === undefined ? undefined : readXoauth2(text)
  const admission: Admission = credentials
    ? await admit(practice, protocol, credentials)
    : { kind: 'shut', gate: 'sasl' }
  const mailbox = credentials?.mailbox ?? ''
  const { logins } = practice.mailJournal
  if (admission.kind === 'in') note(logins, { protocol, mailbox, outcome: 'accepted' })
  else {
    const { gate } = admission
    const outcome = protocol === 'imap' && gate === 'protocol' ? 'not-connected' : 'refused'
    note(logins, { protocol, mailbox, outcome, gate })
  }
  return admission
}
