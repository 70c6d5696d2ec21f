// The commands that were typed in a window, each over one line or several. The rule: what a command asks for is read when an
// output stands below it, and however long it goes on, that takes no time.

import type { Asked } from './found.ts'
import type { Line } from './lines.ts'

/** `text` is its beginning where it was longer than is read. */
export type Typed = {
  number: number
  text: string
  parts: number
  isCut: boolean
  /** Whether a line of it takes an application out of Exchange. */
  removes: boolean
  /** Kept once it was read. */
  asked?: { answer: Asked | undefined }
}

/** Lines and characters of one command that are read for what it asks: a pasted script may go on for hundreds of lines, and
 *  says nothing of a mailbox in them that could be relied on. */
const mostParts = 100
const longestCommand = 4000

const removal = /\bRemove-ServicePrincipal\b/i

export function begin({ number, text }: Line): Typed {
  return { number, text, parts: 1, isCut: false, removes: removal.test(text) }
}

/** The next line of a command, after the prompt `>>`. */
export function goOnWith(command: Typed, text: string): void {
  command.removes ||= removal.test(text)
  if (command.isCut) return
  command.asked = undefined
  const longer = `${command.text.endsWith('`') ? command.text.slice(0, -1) : command.text} ${text}`
  command.isCut = command.parts === mostParts || longer.length > longestCommand
  if (command.isCut) return
  command.text = longer
  command.parts += 1
}

/** What the command above an output asks for. */
export function askedOf(command: Typed | undefined): Asked | undefined {
  if (!command) return undefined
  command.asked ??= { answer: askedBy(command) }
  return command.asked.answer
}

/** What a typed command asks for: the mailbox and the user, where they stand there and not in a variable. */
function askedBy({ text, number, isCut }: Typed): Asked | undefined {
  const [first = '', ...stages] = text.replace(/^\s*\$\w+\s*=\s*/, '').split(/\s\|\s|\s\|$|\|/)
  const [cmdlet = '', ...words] = first.trim().match(/'(?:[^']|'')*'|"[^"]*"|\S+/g) ?? []
  if (!/^[A-Za-z]+-[A-Za-z]+$/.test(cmdlet)) return undefined
  const formats = stages.every(stage => /^\s*(?:Format-(?:List|Table)|fl|ft)\b[^;]*$|^\s*$/i.test(stage))
  const asked: Asked = { line: number, cmdlet: cmdlet.toLowerCase(), whole: formats && !isCut && !text.includes(';') }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const name = /^-([A-Za-z]+):?$/.exec(word)?.[1]?.toLowerCase()
    const value = plainWord(name ? words[at + 1] : word)
    if (name && value !== undefined) at += 1
    if (value === undefined) {
      asked.whole = false
      continue
    }
    if (name === undefined || (name.length > 1 && 'identity'.startsWith(name))) asked.mailbox ??= value
    else if (name === 'user') asked.user = value
    else asked.whole = false
  }
  return asked
}

/** A literal without its quotes; undefined for a variable, an expression or another parameter. */
function plainWord(word: string | undefined): string | undefined {
  if (!word || /^[-$(@{]/.test(word)) return undefined
  const bare = word.replace(/^(['"])(.*)\1$/, '$2').replaceAll("''", "'")
  return bare.includes('$') ? undefined : bare
}
