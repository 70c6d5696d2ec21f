// Parses statements, and so a whole script. The rule it keeps: a script with one mistake anywhere does not begin to run,
// and what this console cannot do faithfully is such a mistake, named with its line.

import { KeywordParser } from './parse-keywords.ts'
import type { Block, Statement } from './syntax.ts'
import { isNameStart, isNewline, ParseError } from './tokens.ts'

const refused = new Set(['class', 'enum', 'using', 'trap', 'data', 'begin', 'process', 'end', 'dynamicparam', 'filter'])
for (const word of ['workflow', 'parallel', 'sequence', 'inlinescript', 'configuration', 'clean']) refused.add(word)

class Parser extends KeywordParser {
  /** The next statement at the outermost level; undefined at the end. */
  next(): Statement | undefined {
    do this.skip(true)
    while (this.take(';'))
    if (this.ended) return undefined
    const statement = this.statement()
    this.skip(false)
    if (!this.ended && !isNewline(this.peek()) && this.peek() !== ';' && !this.endsWithBlock()) this.unexpected()
    return statement
  }

  toNextLine(): void {
    while (!this.ended && !isNewline(this.peek())) this.position += 1
    this.commaMakesList = true
    this.nesting = 0
  }

  /** A whole script, which may begin with `param(...)`. */
  script(): Block {
    const parameters = this.parameters()
    const body = this.statements()
    if (!this.ended) this.unexpected()
    return { parameters, body, source: this.text }
  }

  block(): Block {
    const start = this.position
    this.expect('{', 'Missing statement block.', 'MissingStatementBlock')
    const parameters = this.parameters()
    const body = this.enclosed('}', start)
    return { parameters, body, source: this.source(start + 1, this.position - 1) }
  }

  statements(): Statement[] {
    const list: Statement[] = []
    for (;;) {
      do this.skip(true)
      while (this.take(';'))
      if (this.ended || this.peek() === '}' || this.peek() === ')') return list
      list.push(this.statement())
      this.skip(false)
      const char = this.peek()
      const closed = this.ended || isNewline(char) || char === ';' || char === '}' || char === ')'
      if (!closed && !this.endsWithBlock()) this.unexpected()
    }
  }

  /** After `}` of an if or a loop another statement may follow on the same line. */
  private endsWithBlock(): boolean {
    let at = this.position - 1
    while (this.text[at] === ' ') at -= 1
    return this.text[at] === '}'
  }

  statement(): Statement {
    const start = this.position
    const word = isNameStart(this.peek()) ? this.peekWord() : ''
    const after = this.text[start + word.length] ?? ''
    if (word === '' || after === '-' || after === '.' || after === '\\') return this.pipeline()
    switch (word) {
      case 'if':
        return this.conditional(start)
      case 'foreach':
        return this.foreach(start)
      case 'for':
        return this.counted(start)
      case 'while':
      case 'do':
        return this.loop(start, word)
      case 'switch':
        return this.switched(start)
      case 'try':
        return this.attempted(start)
      case 'function':
        return this.declared(start)
      case 'throw':
      case 'return':
      case 'exit':
        return this.leaving(start, word)
      case 'break':
      case 'continue':
        this.keyword(word)
        if (isNameStart(this.peek())) this.refuse('labels of loops')
        return { kind: word, place: this.place(start) }
      case 'param':
        this.fail("Unexpected token 'param' in expression or statement.")
    }
    if (refused.has(word)) this.refuse(`the keyword '${word}'`)
    return this.pipeline()
  }
}

/** The script that this text is; throws `ParseError`. */
export function parse(text: string): Block {
  return new Parser(text).script()
}

/** The statements that a window makes of pasted lines, one by one, each as soon as it is complete; after a mistake it goes on
 *  with the next line. An `else` on a line of its own comes too late there. */
export function* parseByLines(text: string): Generator<Block | ParseError> {
  const parser = new Parser(text)
  parser.lineByLine = true
  for (;;) {
    try {
      const next = parser.next()
      if (next === undefined) return
      yield { parameters: [], body: [next], source: '' }
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      yield error
      parser.toNextLine()
    }
  }
}
