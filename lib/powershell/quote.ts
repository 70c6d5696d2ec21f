// The only maker of PowerShell text. Rule: a value gets into a script as one single-quoted literal or not at all;
// the tag refuses a template that would put a value inside quotes or a comment, and any template with double quotes.

/** Where text may not go into PowerShell: the message says why, in words for the person who typed it. */
export class UnsafeText extends Error {
  override name = 'UnsafeText'
}

/** Code that this module made. Nothing else can: the constructor and its text stay in this file. */
class Code {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  static text(code: Code): string {
    return code.#text
  }
}

export type PowerShell = Code
export type Value = string | number | boolean | readonly string[] | PowerShell

/** The five characters that open and close a single-quoted string; two in a row, in any mix, make one.
 *  https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 *  and CharTraits.cs in PowerShell's own source. */
const singleQuotes = /['\u2018\u2019\u201A\u201B]/g

const refused: readonly (readonly [RegExp, string])[] = [
  [/[\n\r\u0085\u2028\u2029]/, 'a line break'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  [/[\u0000-\u001F\u007F-\u009F]/, 'a control character'],
  [/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/, 'a character that changes the reading direction'],
  [/[\u200B\u2060\uFEFF\uFFFE\uFFFF]/, 'an invisible character'],
  [/\p{Surrogate}/u, 'half a character']
]

/** Why a text cannot go into a script ("It holds a line break (U+000A)."), or undefined where it can. */
export function whyUnsafe(text: string): string | undefined {
  for (const [pattern, what] of refused) {
    const found = pattern.exec(text)
    if (found) return `It holds ${what} (${codePoint(found[0])}).`
  }
  return undefined
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** A PowerShell value from a template. Strings become single-quoted literals, arrays of strings `@('a','b')` (over several
 *  lines when long), numbers and booleans literals; PowerShell goes in as it is, indented like the line it stands on. The
 *  template's own indentation and its blank lines fall away: in a console without PSReadLine a blank line ends a pasted block.
 *  Throws UnsafeText for a string that `whyUnsafe` refuses. */
export function ps(template: TemplateStringsArray, ...values: readonly Value[]): PowerShell {
  const parts = template.raw
  checkTemplate(parts)
  const indent = /^\n( *)/.exec(parts[0] ?? '')?.[1] ?? ''
  let text = ''
  parts.forEach((part, index) => {
    text += part.replaceAll(`\n${indent}`, '\n')
    if (index >= values.length) return
    const line = text.slice(text.lastIndexOf('\n') + 1)
    const inset = /^ */.exec(line)?.[0] ?? ''
    text += literal(values[index] as Value).replaceAll('\n', `\n${inset}`)
  })
  return new Code(withoutBlankLines(text))
}

/** Statements under one another; empty ones leave no line. */
export function psJoin(lines: readonly PowerShell[]): PowerShell {
  return new Code(withoutBlankLines(lines.map(Code.text).join('\n')))
}

/** One comment line of plain ASCII, at most 110 characters: whatever could mean something to PowerShell becomes a space
 *  (a comment that begins with `requires` or `SIG` after a hash does). */
export function psComment(text: string): PowerShell {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 .,:;()/@_+=&%!?'-]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return new Code(`# ${plain}`.slice(0, 110).trimEnd())
}

/** The script's text, lines parted by LF, without a newline at its end. */
export function textOf(code: PowerShell): string {
  return Code.text(code)
}

function literal(value: Value): string {
  if (value instanceof Code) return Code.text(value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return value ? '$true' : '$false'
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`Not a whole number: ${value}`)
    return String(value)
  }
  return list(value)
}

function quoted(text: string): string {
  const why = whyUnsafe(text)
  if (why) throw new UnsafeText(why)
  return `'${text.replace(singleQuotes, '$&$&')}'`
}

const lineWidth = 110

function list(texts: readonly string[]): string {
  const items = texts.map(quoted)
  const short = `@(${items.join(',')})`
  if (short.length <= lineWidth) return short
  const lines: string[] = []
  let line = ''
  items.forEach((item, index) => {
    const next = index < items.length - 1 ? `${item},` : item
    if (line && line.length + next.length > lineWidth) {
      lines.push(line)
      line = ''
    }
    line += next
  })
  return `@(\n  ${[...lines, line].join('\n  ')}\n)`
}

function withoutBlankLines(text: string): string {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => line.trimEnd())
    .join('\n')
}

/** A template that breaks the rules is a bug in this folder, so it throws whatever its values are. */
function checkTemplate(parts: readonly string[]): void {
  let inside: 'code' | 'quotes' | 'comment' = 'code'
  parts.forEach((part, index) => {
    for (const character of part) {
      if (character !== '\n' && !/[\x20-\x7E]/.test(character))
        throw new TypeError('A template is plain ASCII without tabs')
      if (inside === 'comment') {
        if (character === '\n') inside = 'code'
      } else if (character === "'") inside = inside === 'code' ? 'quotes' : 'code'
      else if (character === '"' || character === '`')
        throw new TypeError('A template has no double quotes or backticks')
      else if (inside === 'quotes' && character === '\n')
        throw new TypeError('A template has a string that is not closed')
      else if (inside === 'code' && character === '#') inside = 'comment'
    }
    const last = index === parts.length - 1
    if (inside === 'quotes') throw new TypeError(last ? 'A string is not closed' : 'A value stands inside quotes')
    if (inside === 'comment' && !last) throw new TypeError('A value stands inside a comment')
  })
}
