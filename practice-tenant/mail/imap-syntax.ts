// What an IMAP client sends and how an answer is written. The rule it keeps: a command is read whole, literals
// included, before anything is done about it; what cannot be read is undefined.
// https://www.rfc-editor.org/rfc/rfc3501#section-9

import type { Wire } from './line-server.ts'
import { maxMessageBytes } from './mailboxes.ts'

export type Token = { kind: 'atom' | 'string'; text: string } | { kind: 'list'; items: Token[] }

/** `args` is undefined when they cannot be read. */
export type Command = { tag: string; name: string; args: Token[] | undefined }

/** Pieces of a command: text between literals, and literals. */
type Piece = { kind: 'text' | 'literal'; text: string }

async function readPieces(wire: Wire): Promise<Piece[] | undefined> {
  const pieces: Piece[] = []
  let size = 0
  for (;;) {
    const line = await wire.line()
    const [whole, digits, plus] = /\{(\d{1,9})(\+?)\}$/.exec(line) ?? []
    if (whole === undefined) return [...pieces, { kind: 'text', text: line }]
    size += Number(digits)
    // A literal that nobody waits for is on its way already, so that nothing after it could be understood.
    if (size > maxMessageBytes) return undefined
    if (plus === '') await wire.send('+ Ready for additional command text.')
    pieces.push({ kind: 'text', text: line.slice(0, -whole.length) })
    pieces.push({ kind: 'literal', text: await wire.bytes(Number(digits)) })
  }
}

/** A quoted string; an atom, whose brackets may hold anything (`BODY.PEEK[HEADER.FIELDS (FROM TO)]`); a list's end. */
const lexeme = /^(?:"((?:[^"\\\r\n]|\\["\\])*)"|((?:[^\s()[\]"]|\[[^\]]*\])+)|([()])| )/

function tokenize(pieces: readonly Piece[]): Token[] | undefined {
  const open: Token[][] = [[]]
  const add = (token: Token) => open.at(-1)?.push(token)
  for (const { kind, text } of pieces) {
    if (kind === 'literal') {
      add({ kind: 'string', text })
      continue
    }
    let rest = text
    while (rest !== '') {
      const [whole, inQuotes, atom, paren] = lexeme.exec(rest) ?? []
      if (whole === undefined) return undefined
      rest = rest.slice(whole.length)
      if (inQuotes !== undefined) add({ kind: 'string', text: inQuotes.replace(/\\(.)/g, '$1') })
      else if (atom !== undefined) add({ kind: 'atom', text: atom })
      else if (paren === '(') open.push([])
      else if (paren === ')') {
        const items = open.pop()
        if (!items || open.length === 0) return undefined
        add({ kind: 'list', items })
      }
    }
  }
  return open.length === 1 ? open[0] : undefined
}

/** The next command; undefined when the connection cannot go on. `UID FETCH` is one name. */
export async function readCommand(wire: Wire): Promise<Command | undefined> {
  const pieces = await readPieces(wire)
  if (!pieces) return undefined
  const [first, ...rest] = pieces as [Piece, ...Piece[]]
  const [whole = '', tag = '*', name = ''] = /^([^\s()[\]{}"*%\\+]+)(?: +((?:UID )?[A-Z]+) *)?/i.exec(first.text) ?? []
  const args = name === '' ? undefined : tokenize([{ kind: 'text', text: first.text.slice(whole.length) }, ...rest])
  return { tag, name: name.toUpperCase(), args }
}

/** The text of an argument that is no list. */
export function textOf(token: Token | undefined): string | undefined {
  return token === undefined || token.kind === 'list' ? undefined : token.text
}

/** A list's texts; those of a single argument too. */
export function textsOf(token: Token | undefined): string[] | undefined {
  if (token === undefined) return undefined
  if (token.kind !== 'list') return [token.text]
  const texts = token.items.map(textOf)
  return texts.every(text => text !== undefined) ? texts : undefined
}

export function literal(text: string): string {
  return `{${text.length}}\r\n${text}`
}

/** A string of an answer: quoted where it can be. */
export function quoted(text: string | undefined): string {
  if (text === undefined) return 'NIL'
  return /^[\x20-\x7e]*$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : literal(text)
}

/** Whether a number is in a set such as `1:3,7,9:*`, where `*` is the last; undefined when it is no set.
 *  https://www.rfc-editor.org/rfc/rfc3501#section-9 sequence-set */
export function readSet(text: string, last: number): ((number: number) => boolean) | undefined {
  if (!/^(?:(?:[1-9]\d{0,9}|\*)(?::(?:[1-9]\d{0,9}|\*))?(?:,|$))+$/.test(text) || text.endsWith(',')) return undefined
  const ranges = text.split(',').map(range => {
    const ends = range.split(':').map(end => (end === '*' ? last : Number(end)))
    return { from: Math.min(...ends), to: Math.max(...ends) }
  })
  return number => ranges.some(({ from, to }) => from <= number && number <= to)
}
