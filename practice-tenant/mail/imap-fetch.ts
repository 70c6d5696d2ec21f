// What FETCH shows of a message. The rule it keeps: an item that is not known refuses the whole command.
// https://www.rfc-editor.org/rfc/rfc3501#section-6.4.5

import { literal, quoted, type Token } from './imap-syntax.ts'
import type { Message } from './mailboxes.ts'
import { headerOf, type Part, readAddresses, readParameters, readPart } from './mime.ts'

export type Item = {
  /** As it stands in the answer. */
  label: string
  /** Fetching it marks the message as read. */
  marksSeen: boolean
  /** undefined: the message has no such section, and the item stands as NIL. */
  show(message: Message): string | undefined
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

function internalDate(receivedAt: string): string {
  const [date = '', time = ''] = receivedAt.split('T')
  const [year, month, day] = date.split('-')
  return `"${day}-${months[Number(month) - 1]}-${year} ${time.slice(0, 8)} +0000"`
}

function addressList(value: string | undefined): string {
  const addresses = value === undefined ? [] : readAddresses(value)
  const shown = addresses.map(({ name, mailbox, host }) => `(${quoted(name)} NIL ${quoted(mailbox)} ${quoted(host)})`)
  return shown.length === 0 ? 'NIL' : `(${shown.join('')})`
}

function envelope(text: string): string {
  const part = readPart(text)
  const from = headerOf(part, 'from')
  const people = [from, headerOf(part, 'sender') ?? from, headerOf(part, 'reply-to') ?? from]
  const others = ['to', 'cc', 'bcc'].map(name => headerOf(part, name))
  const ids = ['in-reply-to', 'message-id'].map(name => quoted(headerOf(part, name)))
  const first = ['date', 'subject'].map(name => quoted(headerOf(part, name)))
  return `(${[...first, ...[...people, ...others].map(addressList), ...ids].join(' ')})`
}

function parameterList(parameters: Part['parameters']): string {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.flatMap(([name, value]) => [quoted(name.toUpperCase()), quoted(value)]).join(' ')})`
}

function disposition(part: Part): string {
  const value = headerOf(part, 'content-disposition')
  if (value === undefined) return 'NIL'
  const read = readParameters(value)
  return `(${quoted(read.value)} ${parameterList(read.parameters)})`
}

/** @param extended BODYSTRUCTURE shows more than BODY */
function structure(part: Part, extended: boolean): string {
  const { type, subtype, parameters, parts, body } = part
  if (parts.length > 0) {
    const more = extended ? ` ${parameterList(parameters)} ${disposition(part)} NIL NIL` : ''
    return `(${parts.map(one => structure(one, extended)).join('')} ${quoted(subtype)}${more})`
  }
  const encoding = headerOf(part, 'content-transfer-encoding') ?? '7bit'
  const ids = [headerOf(part, 'content-id'), headerOf(part, 'content-description'), encoding].map(quoted)
  const lines = type === 'text' ? ` ${body.split('\r\n').length - 1}` : ''
  const more = extended ? ` NIL ${disposition(part)} NIL NIL` : ''
  return `(${quoted(type)} ${quoted(subtype)} ${parameterList(parameters)} ${ids.join(' ')} ${body.length}${lines}${more})`
}

/** Only the header lines with these names, or all others. */
function headerFields(header: string, names: readonly string[], others: boolean): string {
  const wanted = names.map(name => name.toLowerCase())
  const fields = header.replace(/\r\n(\r\n)?$/, '').split(/\r\n(?![ \t])/)
  const kept = fields.filter(field => wanted.includes(field.split(':')[0]?.trim().toLowerCase() ?? '') !== others)
  return `${kept.map(field => `${field}\r\n`).join('')}\r\n`
}

/** A section such as ``, `HEADER`, `TEXT`, `HEADER.FIELDS (FROM)`, `1.2`, `2.MIME`; undefined when it is none. */
function readSection(section: string): ((text: string) => string | undefined) | undefined {
  if (section === '') return text => text
  if (section === 'HEADER') return text => readPart(text).header
  if (section === 'TEXT') return text => readPart(text).body
  const [, not, list] = /^HEADER\.FIELDS(\.NOT)? \(([^()]+)\)$/i.exec(section) ?? []
  if (list !== undefined) {
    const names = list.split(/ +/).map(name => name.replace(/^"(.*)"$/, '$1'))
    return text => headerFields(readPart(text).header, names, not !== undefined)
  }
  const [, path, mime] = /^(\d+(?:\.\d+)*)(\.MIME)?$/.exec(section) ?? []
  if (path === undefined) return undefined
  return text => {
    const steps = path.split('.').map(Number)
    let part: Part | undefined = readPart(text)
    // The only part of a message that has none is the message itself.
    if (part.parts.length === 0 && path === '1') return mime === undefined ? part.body : part.header
    for (const step of steps) part = part?.parts[step - 1]
    return mime === undefined ? part?.body : part?.header
  }
}

function bodyItem(name: string): Item | undefined {
  const [, peek, section = '', from, count] = /^BODY(\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(name) ?? []
  const read = /^BODY/i.test(name) ? readSection(section.toUpperCase()) : undefined
  if (!name.includes('[') || !read) return undefined
  const label = `BODY[${section.toUpperCase()}]${from === undefined ? '' : `<${from}>`}`
  const cut = (text: string) => (from === undefined ? text : text.slice(Number(from), Number(from) + Number(count)))
  const show = ({ text }: Message) => {
    const found = read(text)
    return found === undefined ? undefined : literal(cut(found))
  }
  return { label, marksSeen: peek === undefined, show }
}

const macros: Readonly<Record<string, string>> = {
  ALL: 'FLAGS INTERNALDATE RFC822.SIZE ENVELOPE',
  FAST: 'FLAGS INTERNALDATE RFC822.SIZE',
  FULL: 'FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY'
}

const simple: Readonly<Record<string, (message: Message) => string>> = {
  UID: ({ uid }) => String(uid),
  FLAGS: ({ seen }) => (seen ? '(\\Seen)' : '()'),
  'RFC822.SIZE': ({ text }) => String(text.length),
  INTERNALDATE: ({ receivedAt }) => internalDate(receivedAt),
  ENVELOPE: ({ text }) => envelope(text),
  BODY: ({ text }) => structure(readPart(text), false),
  BODYSTRUCTURE: ({ text }) => structure(readPart(text), true)
}

function readItem(text: string): Item | undefined {
  const label = text.toUpperCase()
  const show = Object.hasOwn(simple, label) ? simple[label] : undefined
  return show ? { label, marksSeen: false, show } : bodyItem(text)
}

/** The items that a FETCH asks for; undefined when one is not known. With `uid` the UID is always among them. */
export function readItems(token: Token | undefined, uid: boolean): readonly Item[] | undefined {
  if (token === undefined) return undefined
  const tokens = token.kind === 'list' ? token.items : [token]
  const names = tokens.map(one => (one.kind === 'atom' ? one.text : ''))
  const macro = token.kind === 'atom' ? macros[token.text.toUpperCase()] : undefined
  const all = macro?.split(' ') ?? names
  const asked = uid && !all.some(name => name.toUpperCase() === 'UID') ? ['UID', ...all] : all
  const items = asked.map(readItem)
  return items.length > 0 && items.every(item => item !== undefined) ? items : undefined
}

export function showItems(items: readonly Item[], message: Message): string {
  return `(${items.map(item => `${item.label} ${item.show(message) ?? 'NIL'}`).join(' ')})`
}
