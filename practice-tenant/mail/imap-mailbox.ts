// IMAP's commands about the inbox, the only folder there is. The rule it keeps: what is not known is refused by BAD; what
// would change a mailbox is written down, carried out or not.

import type { Practice } from '../practice.ts'
import { type Place, placeOf, type Visitor } from './admission.ts'
import { readItems, showItems } from './imap-fetch.ts'
import { type Numbered, readKeys } from './imap-search.ts'
import { type Command, quoted, readSet, type Token, textOf, textsOf } from './imap-syntax.ts'
import { note } from './journal.ts'
import { changeInbox, inboxOf, type Message, uidValidity } from './mailboxes.ts'

/** The open inbox: message numbers are places in this list of UIDs until the client is told otherwise. */
export type Selected = { uids: number[]; readOnly: boolean }

export type Session = { practice: Practice; visitor: Visitor; selected: Selected | undefined }

/** Untagged lines, and the tagged one without its tag. */
export type Answer = { lines?: readonly string[]; done: string }

export const badArguments: Answer = { done: 'BAD Command Argument Error.' }
export const wrongState: Answer = { done: 'BAD Command received in Invalid state.' }
const noFolder: Answer = { done: "NO Mailbox doesn't exist." }
/** Seen after a login whose mailbox cannot be opened. That IMAP switched off is one of the causes is inferred: no page of
 *  Microsoft's says so. https://github.com/jstedfast/MailKit/issues/1494 */
export const notConnected: Answer = { done: 'BAD User is authenticated but not connected.' }

const flags = '(\\Seen \\Answered \\Flagged \\Deleted \\Draft)'
const isInbox = (name: string | undefined) => name?.toUpperCase() === 'INBOX'

function select({ done }: Answer, session: Session, { exchange, mailbox }: Place, readOnly: boolean): Answer {
  const { messages, uidNext } = inboxOf(exchange, mailbox)
  session.selected = { uids: messages.map(({ uid }) => uid), readOnly }
  const unseen = messages.findIndex(({ seen }) => !seen)
  return {
    lines: [
      `* ${messages.length} EXISTS`,
      '* 0 RECENT',
      `* FLAGS ${flags}`,
      `* OK [PERMANENTFLAGS ${readOnly ? '()' : '(\\Seen)'}] Permanent flags`,
      ...(unseen === -1 ? [] : [`* OK [UNSEEN ${unseen + 1}] Is the first unseen message`]),
      `* OK [UIDVALIDITY ${uidValidity}] UIDVALIDITY value`,
      `* OK [UIDNEXT ${uidNext}] The next unique identifier value`
    ],
    done
  }
}

function list(name: string, reference: string | undefined, pattern: string | undefined): Answer {
  if (reference === undefined || pattern === undefined) return badArguments
  const done = `OK ${name} completed.`
  if (pattern === '') return { lines: [`* ${name} (\\Noselect \\HasChildren) "/" ""`], done }
  // Every * and % here may stand for all of the only name there is.
  const parts = `${reference}${pattern}`.split(/[*%]+/).map(part => part.replace(/[^A-Za-z0-9]/g, '\\$&'))
  const matches = new RegExp(`^${parts.join('.*')}$`, 'i').test('INBOX')
  return { lines: matches ? [`* ${name} (\\HasNoChildren) "/" INBOX`] : [], done }
}

function status({ exchange, mailbox }: Place, [folder, items]: readonly Token[]): Answer {
  if (!isInbox(textOf(folder))) return noFolder
  const { messages, uidNext } = inboxOf(exchange, mailbox)
  const values: Readonly<Record<string, number>> = {
    MESSAGES: messages.length,
    RECENT: 0,
    UIDNEXT: uidNext,
    UIDVALIDITY: uidValidity,
    UNSEEN: messages.filter(({ seen }) => !seen).length
  }
  const asked = items?.kind === 'list' ? (textsOf(items) ?? []).map(item => item.toUpperCase()) : []
  if (asked.length === 0 || asked.some(item => !Object.hasOwn(values, item))) return badArguments
  const shown = asked.map(item => `${item} ${values[item]}`).join(' ')
  return { lines: [`* STATUS INBOX (${shown})`], done: 'OK STATUS completed.' }
}

/** The messages of the open inbox with their numbers; those that are gone since are left out. */
function numbered({ exchange, mailbox }: Place, { uids }: Selected): Numbered[] {
  const byUid = new Map(inboxOf(exchange, mailbox).messages.map(message => [message.uid, message]))
  return uids.flatMap((uid, at) => {
    const message = byUid.get(uid)
    return message ? [{ number: at + 1, message }] : []
  })
}

function markSeen({ practice, visitor }: Session, { exchange, mailbox }: Place, messages: readonly Message[]): void {
  const uids = messages.filter(({ seen }) => !seen).map(({ uid }) => uid)
  if (uids.length === 0) return
  const { changes } = practice.mailJournal
  note(changes, { protocol: 'imap', mailbox: visitor.mailbox, command: 'FETCH without PEEK' })
  changeInbox(exchange, mailbox, inbox => {
    for (const message of inbox.messages) if (uids.includes(message.uid)) message.seen = true
  })
  practice.changed()
}

function fetch(session: Session, place: Place, selected: Selected, { name, args = [] }: Command): Answer {
  const uid = name.startsWith('UID')
  const all = numbered(place, selected)
  const inSet = readSet(textOf(args[0]) ?? '', uid ? (selected.uids.at(-1) ?? 1) : selected.uids.length)
  const items = readItems(args[1], uid)
  if (!inSet || !items || args.length !== 2) return badArguments
  const wanted = all.filter(({ number, message }) => inSet(uid ? message.uid : number))
  const marks = items.some(({ marksSeen }) => marksSeen) && !selected.readOnly
  if (marks)
    markSeen(
      session,
      place,
      wanted.map(({ message }) => message)
    )
  return {
    lines: wanted.map(({ number, message }) => `* ${number} FETCH ${showItems(items, message)}`),
    done: 'OK FETCH completed.'
  }
}

function search(place: Place, selected: Selected, { name, args = [] }: Command): Answer {
  const byUid = name.startsWith('UID')
  const all = numbered(place, selected)
  const keys = args.map(one => textOf(one)?.toUpperCase() ?? '')
  if (keys.length === 0) return badArguments
  const tests = readKeys(keys, selected.uids)
  if (!tests) return badArguments
  const found = all.filter(one => tests.every(test => test(one))).map(one => (byUid ? one.message.uid : one.number))
  return { lines: [['* SEARCH', ...found].join(' ')], done: 'OK SEARCH completed.' }
}

/** What changed in the open inbox since the client was told. */
function news(place: Place, selected: Selected): string[] {
  const now = inboxOf(place.exchange, place.mailbox).messages.map(({ uid }) => uid)
  const gone = selected.uids.map((uid, at) => (now.includes(uid) ? 0 : at + 1)).filter(number => number > 0)
  const came = now.some(uid => !selected.uids.includes(uid))
  selected.uids = now
  return [...gone.reverse().map(number => `* ${number} EXPUNGE`), ...(came ? [`* ${now.length} EXISTS`] : [])]
}

/** Not carried out here; that they were sent is what a test wants to know. */
const changing = /^(?:UID )?(?:STORE|EXPUNGE|APPEND|COPY|MOVE|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE)$/

/** Answers a command that needs a mailbox. */
export function answerMailbox(session: Session, command: Command): Answer {
  const { practice, visitor, selected } = session
  const { name, args = [] } = command
  const place = placeOf(practice, visitor)
  if (changing.test(name))
    note(practice.mailJournal.changes, { protocol: 'imap', mailbox: visitor.mailbox, command: name })
  if (!place) return notConnected
  const [first, second] = args.map(textOf)
  switch (name) {
    case 'NAMESPACE':
      return { lines: [`* NAMESPACE ((${quoted('')} "/")) NIL NIL`], done: 'OK NAMESPACE completed.' }
    case 'LIST':
    case 'LSUB':
      return args.length === 2 ? list(name, first, second) : badArguments
    case 'STATUS':
      return status(place, args)
    case 'SELECT':
    case 'EXAMINE': {
      session.selected = undefined
      if (args.length !== 1) return badArguments
      if (!isInbox(first)) return noFolder
      const readOnly = name === 'EXAMINE'
      return select(
        { done: `OK [${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] ${name} completed.` },
        session,
        place,
        readOnly
      )
    }
    case 'NOOP':
    case 'CHECK':
      return { lines: selected ? news(place, selected) : [], done: `OK ${name} completed.` }
    case 'FETCH':
    case 'UID FETCH':
      return selected ? fetch(session, place, selected, command) : wrongState
    case 'SEARCH':
    case 'UID SEARCH':
      return selected ? search(place, selected, command) : wrongState
    case 'CLOSE':
    case 'UNSELECT':
      if (!selected) return wrongState
      session.selected = undefined
      return { done: `OK ${name} completed.` }
    default:
      return badArguments
  }
}
