// What becomes of a submitted message: may this app send it as this address, and who gets it.
// The rule it keeps: a login to SMTP promises nothing; the rights on the mailbox are looked at when something is sent.

import { randomUUID } from 'node:crypto'
import { hasFullAccess } from '../exchange/state.ts'
import type { Practice } from '../practice.ts'
import { findByAddress, type Gate, isMailbox, type Place, placeOf, type Visitor } from './admission.ts'
import { note } from './journal.ts'
import { deliver } from './mailboxes.ts'
import { headerOf, readAddresses, readPart } from './mime.ts'
import { serverName } from './server-name.ts'
import { accepted, noMailboxRight, sendAsDenied, tooManyConnections } from './smtp-words.ts'

export type Submission = { from: string; to: readonly string[]; text: string; mayConnect: boolean }

/** Own addresses need no right; a user principal name that is none of them is no own one. Another's needs SendAs there: for the application (the note in Microsoft's article on
 *  these logins), or for the mailbox that is logged in (https://github.com/Notifuse/notifuse/issues/250). */
function maySendAs({ exchange, mailbox, sid }: Place, sender: string): boolean {
  const own = [mailbox.address, ...mailbox.otherAddresses]
  if (own.some(address => address.toLowerCase() === sender.toLowerCase())) return true
  const recipient = findByAddress(exchange, sender)
  return recipient?.sendAs.some(one => one === sid || one === mailbox.sid) ?? false
}

function sendersOf({ from, text }: Submission): string[] {
  const header = headerOf(readPart(text), 'from') ?? ''
  const inHeader = readAddresses(header).map(({ mailbox, host }) => `${mailbox}@${host}`)
  return [...(from === '' ? [] : [from]), ...inHeader]
}

function judge(place: Place | undefined, submission: Submission): { gate: Gate; says: string } | undefined {
  if (!submission.mayConnect) return { gate: 'concurrency', says: tooManyConnections() }
  if (!place?.sid || !hasFullAccess(place.mailbox, place.sid)) return { gate: 'grant', says: noMailboxRight() }
  const denied = sendersOf(submission).find(sender => !maySendAs(place, sender))
  if (denied === undefined) return undefined
  return { gate: 'send-as', says: sendAsDenied(place.mailbox.address, denied) }
}

function deliverTo(practice: Practice, to: readonly string[], text: string): void {
  const now = new Date()
  const done = new Set<string>()
  for (const { exchange } of practice.state.tenants) {
    for (const address of to) {
      const mailbox = exchange && findByAddress(exchange, address)
      if (!exchange || !mailbox || !isMailbox(mailbox) || done.has(mailbox.guid)) continue
      done.add(mailbox.guid)
      const date = now.toUTCString().replace('GMT', '+0000')
      deliver(exchange, mailbox, `Received: by ${serverName} with ESMTPSA; ${date}\r\n${text}`, now)
    }
  }
  if (done.size > 0) practice.changed()
}

/** Takes or refuses a message, and gives the answer to DATA. */
export function submit(practice: Practice, visitor: Visitor, submission: Submission): string {
  const { from, to, text } = submission
  const { submissions } = practice.mailJournal
  const refusal = judge(placeOf(practice, visitor), submission)
  const entry = { mailbox: visitor.mailbox, from, to }
  if (refusal) {
    note(submissions, { ...entry, outcome: 'refused', gate: refusal.gate })
    return refusal.says
  }
  note(submissions, { ...entry, outcome: 'accepted' })
  deliverTo(practice, to, text)
  return accepted(`${randomUUID()}@${serverName}`)
}
