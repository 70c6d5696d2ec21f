// The characters and the smallest pieces of PowerShell text: blanks, comments, names, numbers, single-quoted strings.
// The rule it keeps: PowerShell's own classes of characters. Five characters are a single quote, four a double quote, four a
// dash. https://github.com/PowerShell/PowerShell/blob/master/src/System.Management.Automation/engine/parser/CharTraits.cs

export const isSingleQuote = (char: string): boolean => char !== '' && "'\u2018\u2019\u201A\u201B".includes(char)
export const isDoubleQuote = (char: string): boolean => char !== '' && '"\u201C\u201D\u201E'.includes(char)
export const isDash = (char: string): boolean => char !== '' && '-\u2013\u2014\u2015'.includes(char)
export const isNewline = (char: string): boolean => char === '\n' || char === '\r'
export const isBlank = (char: string): boolean => /^[\t\v\f\u0085\p{Zs}]$/u.test(char)
export const isNameStart = (char: string): boolean => /^[\p{L}_]$/u.test(char)
export const isNamePart = (char: string): boolean => /^[\p{L}\p{Nd}_]$/u.test(char)

/** A script that PowerShell would not even begin to run. `incomplete`: it wants more text. */
export class ParseError extends Error {
  readonly line: number
  readonly column: number
  readonly id: string
  readonly incomplete: boolean
  constructor(message: string, at: { line: number; column: number }, id: string, incomplete = false) {
    super(message)
    this.line = at.line
    this.column = at.column
    this.id = id
    this.incomplete = incomplete
  }
}

const multipliers: Record<string, number> = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }

/** Walks over the text of a script. Everything that parses stands on this. */
export class Scanner {
  readonly text: string
  position = 0
  private readonly lineStarts: number[] = [0]

  constructor(text: string) {
    this.text = text
    for (let index = 0; index < text.length; index += 1) {
      const char = text[index]
      if (char === '\n' || (char === '\r' && text[index + 1] !== '\n')) this.lineStarts.push(index + 1)
    }
  }

  /** Line and column (both from 1) of a position. */
  at(position = this.position): { line: number; column: number } {
    let low = 0
    let high = this.lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.lineStarts[middle] as number) <= position) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: position - (this.lineStarts[low] as number) + 1 }
  }

  fail(message: string, id = 'UnexpectedToken', position = this.position): never {
    throw new ParseError(message, this.at(position), id, position >= this.text.length)
  }

  /** For what PowerShell knows and this console does not. */
  refuse(what: string, position = this.position): never {
    throw new ParseError(
      `The practice console does not know ${what}. It runs the PowerShell that the wizard prints, and refuses the rest.`,
      this.at(position),
      'PracticeConsoleDoesNotKnow'
    )
  }

  peek(ahead = 0): string {
    return this.text[this.position + ahead] ?? ''
  }

  get ended(): boolean {
    return this.position >= this.text.length
  }

  looksAt(text: string): boolean {
    return this.text.startsWith(text, this.position)
  }

  /** Skips blanks, continued lines and comments; newlines too when asked. */
  skip(newlines: boolean): void {
    for (;;) {
      const char = this.peek()
      if (char === '') return
      if (isBlank(char) || char === ' ' || (newlines && isNewline(char))) this.position += 1
      else if (char === '`' && isNewline(this.peek(1))) {
        this.position += this.peek(1) === '\r' && this.peek(2) === '\n' ? 3 : 2
      } else if (char === '#') this.skipLineComment()
      else if (char === '<' && this.peek(1) === '#') this.skipBlockComment()
      else return
    }
  }

  private skipLineComment(): void {
    if (/^#requires\s/i.test(this.text.slice(this.position, this.position + 12))) this.refuse('#Requires')
    while (!this.ended && !isNewline(this.peek())) this.position += 1
  }

  private skipBlockComment(): void {
    const start = this.position
    const end = this.text.indexOf('#>', start + 2)
    if (end < 0) {
      this.position = this.text.length
      throw new ParseError(
        "The terminator '#>' is missing from the multiline comment.",
        this.at(start),
        'MissingTerminatorMultiLineComment',
        true
      )
    }
    this.position = end + 2
  }

  /** True and past it, when this very text stands here. */
  take(text: string): boolean {
    if (!this.looksAt(text)) return false
    this.position += text.length
    return true
  }

  expect(text: string, message: string, id: string): void {
    if (!this.take(text)) this.fail(message, id)
  }

  /** A name of letters, digits and underscores; empty when none stands here. */
  name(): string {
    const start = this.position
    if (isNameStart(this.peek())) while (isNamePart(this.peek())) this.position += 1
    return this.text.slice(start, this.position)
  }

  /** The keyword or word here, in lower case, without moving. */
  peekWord(): string {
    let end = this.position
    while (isNamePart(this.text[end] ?? '')) end += 1
    return this.text.slice(this.position, end).toLowerCase()
  }

  /** The string that begins here with any single quote and ends at any single quote that is not doubled. */
  singleQuoted(): string {
    const start = this.position
    this.position += 1
    let value = ''
    for (;;) {
      if (this.ended) return this.unterminated(start, "'")
      if (isSingleQuote(this.peek())) {
        if (!isSingleQuote(this.peek(1))) break
        // Of two quotes the second is kept, as PowerShell's own scanner does.
        this.position += 1
      }
      value += this.peek()
      this.position += 1
    }
    this.position += 1
    return value
  }

  unterminated(start: number, quote: string): never {
    throw new ParseError(
      `The string is missing the terminator: ${quote}.`,
      this.at(start),
      'TerminatorExpectedAtEndOfString',
      true
    )
  }

  /** A backtick and what follows it, in a double-quoted string or a bare word. */
  escaped(): string {
    const char = this.peek(1)
    this.position += 2
    if (char === 'u' && this.peek() === '{') this.refuse('the `u{...} escape', this.position - 2)
    if (char === 'e') this.refuse('the `e escape', this.position - 2)
    const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v' }
    return known[char] ?? char
  }

  /** The number here, or undefined when what stands here is not a whole number token. */
  number(): number | undefined {
    const match = /^(?:0[xX]([0-9a-fA-F]+)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+))([kKmMgG][bB])?/.exec(
      this.text.slice(this.position, this.position + 64)
    )
    if (!match) return undefined
    const after = this.text[this.position + match[0].length] ?? ''
    if (isNamePart(after)) return undefined
    this.position += match[0].length
    const plain = match[1] !== undefined ? Number.parseInt(match[1], 16) : Number(match[2])
    return plain * (multipliers[(match[3] ?? '').toLowerCase()] ?? 1)
  }

  /** The source of a stretch of text, on one line. */
  source(from: number, to = this.position): string {
    return this.text.slice(from, to)
  }
}
