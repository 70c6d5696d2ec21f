// POP3 as Exchange Online speaks it to apps: XOAUTH2 on two lines, then the inbox as it was at the login.
// The rule it keeps: whatever is wrong with a login, the answer is the same one.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth

import type { Practice } from '../practice.ts'
import { placeOf, type Visitor } from './admission.ts'
import { note } from './journal.ts'
import type { Talk, Wire } from './line-server.ts'
import { logIn } from './login.ts'
import { changeInbox, inboxOf, type Message } from './mailboxes.ts'
import { greetingTag } from './server-name.ts'

const refused = '-ERR Authentication failure: unknown user name or bad password.'
const wrongState = '-ERR Command is not valid in this state.'
const unknown = '-ERR Protocol error.'
const noMessage = '-ERR The specified message is out of range.'

/** The maildrop of one session. https://www.rfc-editor.org/rfc/rfc1939#section-8 */
type Drop = { visitor: Visitor; messages: readonly Message[]; deleted: Set<number> }

/** Lines as they travel: https://www.rfc-editor.org/rfc/rfc1939#section-3 doubles a dot that begins one. */
const stuffed = (lines: readonly string[]) => lines.map(line => (line.startsWith('.') ? `.${line}` : line))
const linesOf = (text: string) => text.replace(/\r\n$/, '').split('\r\n')

/** Header and the first lines of the body. */
function top(text: string, count: number): string[] {
  const lines = linesOf(text)
  const empty = lines.indexOf('')
  return empty === -1 ? lines : lines.slice(0, empty + 1 + count)
}

async function authenticate(practice: Practice, wire: Wire, args: readonly string[]): Promise<Visitor | undefined> {
  const [mechanism = '', ...more] = args
  if (mechanism.toUpperCase() !== 'XOAUTH2' || more.length > 0) {
    await logIn(practice, 'pop', undefined)
    await wire.send(unknown)
    return undefined
  }
  await wire.send('+ ')
  const admission = await logIn(practice, 'pop', await wire.line())
  await wire.send(admission.kind === 'in' ? '+OK User successfully authenticated.' : refused)
  return admission.kind === 'in' ? admission.visitor : undefined
}

function openDrop(practice: Practice, visitor: Visitor): Drop {
  const place = placeOf(practice, visitor)
  return { visitor, messages: place ? inboxOf(place.exchange, place.mailbox).messages : [], deleted: new Set() }
}

/** Messages that are not marked for deletion, with their numbers. */
function leftIn({ messages, deleted }: Drop) {
  return messages.map((message, at) => ({ message, number: at + 1 })).filter(({ message }) => !deleted.has(message.uid))
}

function removeDeleted(practice: Practice, { visitor, deleted }: Drop): void {
  const place = placeOf(practice, visitor)
  if (!place || deleted.size === 0) return
  changeInbox(place.exchange, place.mailbox, inbox => {
    inbox.messages = inbox.messages.filter(({ uid }) => !deleted.has(uid))
  })
  practice.changed()
}

/** Answers a command about messages; undefined where there is no such command. */
function answer(practice: Practice, drop: Drop, command: string, args: readonly string[]): string[] | undefined {
  const left = leftIn(drop)
  const wanted = left.find(({ number }) => String(number) === args[0])
  const listing = (show: (message: Message) => string | number) => {
    if (args.length === 0) return ['+OK', ...left.map(({ number, message }) => `${number} ${show(message)}`), '.']
    return wanted ? [`+OK ${wanted.number} ${show(wanted.message)}`] : [noMessage]
  }
  switch (command) {
    case 'STAT':
      return [`+OK ${left.length} ${left.reduce((sum, { message }) => sum + message.text.length, 0)}`]
    case 'LIST':
      return listing(({ text }) => text.length)
    case 'UIDL':
      return listing(({ uid }) => uid)
    case 'RETR':
      return wanted ? ['+OK', ...stuffed(linesOf(wanted.message.text)), '.'] : [noMessage]
    case 'TOP':
      if (!/^\d+$/.test(args[1] ?? '')) return [unknown]
      return wanted ? ['+OK', ...stuffed(top(wanted.message.text, Number(args[1]))), '.'] : [noMessage]
    case 'DELE':
      note(practice.mailJournal.changes, { protocol: 'pop', mailbox: drop.visitor.mailbox, command })
      if (!wanted) return [noMessage]
      drop.deleted.add(wanted.message.uid)
      return ['+OK']
    case 'RSET':
      drop.deleted.clear()
      return ['+OK']
    case 'NOOP':
      return ['+OK']
    default:
      return undefined
  }
}

const capabilities = ['+OK', 'TOP', 'UIDL', 'SASL XOAUTH2', '.']
const mailboxCommands = ['STAT', 'LIST', 'UIDL', 'RETR', 'TOP', 'DELE', 'RSET', 'NOOP']

export function popTalk(practice: Practice): Talk {
  return async wire => {
    let drop: Drop | undefined
    await wire.send(`+OK The Microsoft Exchange POP3 service is ready. ${greetingTag}`)
    for (;;) {
      const [name = '', ...args] = (await wire.line()).trim().split(/ +/)
      const command = name.toUpperCase()
      if (command === 'QUIT') {
        if (drop) removeDeleted(practice, drop)
        return wire.send('+OK Microsoft Exchange Server POP3 server signing off.')
      }
      if (command === 'CAPA') await wire.send(...capabilities)
      else if (command === 'AUTH' && !drop) {
        const visitor = await authenticate(practice, wire, args)
        if (visitor) drop = openDrop(practice, visitor)
      } else if (!drop) await wire.send(mailboxCommands.includes(command) ? wrongState : unknown)
      else await wire.send(...(answer(practice, drop, command, args) ?? [unknown]))
    }
  }
}
