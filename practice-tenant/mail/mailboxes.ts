// What lies in each mailbox's inbox. The rule it keeps: a mailbox that nobody wrote to is not stored but made again from
// its address, so that ten thousand of them cost nothing and two starts agree.

import type { ExchangeState, Recipient } from '../exchange/state.ts'
import { seedMessages } from './seed-messages.ts'

/** `text` is the message as it travels, a byte a character (latin1). */
export type Message = { uid: number; receivedAt: string; seen: boolean; text: string }

export type Inbox = { uidNext: number; messages: Message[] }

/** Messages an inbox keeps; the oldest go first. */
export const maxMessages = 50
/** Of one message. */
export const maxMessageBytes = 1024 * 1024

/** A reset gives the same messages the same UIDs, so that this may stay. */
export const uidValidity = 14

const keyOf = (mailbox: Recipient) => mailbox.address.toLowerCase()

/** The inbox to look at. */
export function inboxOf(exchange: ExchangeState, mailbox: Recipient): Readonly<Inbox> {
  const kept = exchange.inboxes?.[keyOf(mailbox)]
  if (kept) return kept
  const messages = seedMessages(mailbox).map((seed, at) => ({ ...seed, uid: at + 1, seen: false }))
  return { uidNext: messages.length + 1, messages }
}

/** Changes an inbox; from then on it is stored. The caller says that the state has changed. */
export function changeInbox(exchange: ExchangeState, mailbox: Recipient, change: (inbox: Inbox) => void): void {
  const inbox = structuredClone(inboxOf(exchange, mailbox) as Inbox)
  change(inbox)
  exchange.inboxes = { ...exchange.inboxes, [keyOf(mailbox)]: inbox }
}

export function deliver(exchange: ExchangeState, mailbox: Recipient, text: string, now: Date): void {
  changeInbox(exchange, mailbox, inbox => {
    inbox.messages.push({ uid: inbox.uidNext, receivedAt: now.toISOString(), seen: false, text })
    inbox.uidNext += 1
    inbox.messages.splice(0, Math.max(0, inbox.messages.length - maxMessages))
  })
}
