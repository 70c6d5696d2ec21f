// Parses statements, and so a whole script. The rule it keeps: a script with one mistake anywhere does not begin to run,
// and what this console cannot do faithfully is such a mistake, named with its line.

import { ParameterParser } from './parse-parameters.ts'
import type { Block, Clause, Expression, Statement } from './syntax.ts'
import { isNameStart, isNewline } from './tokens.ts'

const refused = new Set(['class', 'enum', 'using', 'trap', 'data', 'begin', 'process', 'end', 'dynamicparam', 'filter'])
for (const word of ['workflow', 'parallel', 'sequence', 'inlinescript', 'configuration', 'clean']) refused.add(word)

class Parser extends ParameterParser {
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

  private keyword(word: string): void {
    this.position += word.length
    this.skip(false)
  }

  private open(what: string): void {
    this.skip(true)
    this.expect('(', `Missing '(' after '${what}'.`, 'MissingOpenParenthesisAfterKeyword')
    this.skip(true)
  }

  private close(what: string): void {
    this.skip(true)
    this.expect(')', `Missing ')' after expression in '${what}'.`, 'MissingEndParenthesisAfterStatement')
  }

  private body(): readonly Statement[] {
    this.skip(true)
    return this.block().body
  }

  /** The next word, when it is this one, is taken; else nothing has moved. */
  private takesWord(word: string): boolean {
    const before = this.position
    this.skip(true)
    if (this.peekWord() === word) {
      this.position += word.length
      return true
    }
    this.position = before
    return false
  }

  private conditional(start: number): Statement {
    const clauses: Clause[] = []
    let word = 'if'
    do {
      if (clauses.length === 0) this.keyword(word)
      this.open(word)
      const condition = this.statement()
      this.close(word)
      clauses.push({ condition, body: this.body() })
      word = 'elseif'
    } while (this.takesWord('elseif'))
    const otherwise = this.takesWord('else') ? this.body() : undefined
    return { kind: 'if', clauses, otherwise, place: this.place(start) }
  }

  private foreach(start: number): Statement {
    this.keyword('foreach')
    this.open('foreach')
    const variable = this.variable(false)
    if (variable.kind !== 'variable' || variable.scope !== '') this.refuse('a scope in the variable of foreach', start)
    this.skip(true)
    if (!this.takesWord('in')) this.fail("Missing 'in' after variable in foreach loop.", 'MissingInInForeach')
    this.skip(true)
    const items = this.statement()
    this.close('foreach')
    return { kind: 'foreach', variable: variable.name, items, body: this.body(), place: this.place(start) }
  }

  private counted(start: number): Statement {
    this.keyword('for')
    this.open('for')
    const part = (end: string): Statement | undefined => {
      this.skip(true)
      const found = this.peek() === end ? undefined : this.statement()
      this.skip(true)
      if (end === ';') this.expect(';', "Missing ';' in 'for' statement.", 'MissingSemicolonInFor')
      return found
    }
    const [first, condition, step] = [part(';'), part(';'), part(')')]
    this.close('for')
    return { kind: 'for', first, condition, step, body: this.body(), place: this.place(start) }
  }

  private loop(start: number, word: 'while' | 'do'): Statement {
    this.keyword(word)
    let body = word === 'do' ? this.body() : undefined
    const until = word === 'do' && this.takesWord('until')
    if (word === 'do' && !until && !this.takesWord('while'))
      this.fail('Missing while or until keyword in do loop.', 'MissingWhileOrUntilInDoWhile')
    this.open('while')
    const condition = this.statement()
    this.close('while')
    const bodyFirst = body !== undefined
    body ??= this.body()
    return { kind: 'while', condition, body, bodyFirst, until, place: this.place(start) }
  }

  private switched(start: number): Statement {
    this.keyword('switch')
    const option = /^-(\w+)\s*/.exec(this.source(this.position, this.position + 20))
    if (option && option[1]?.toLowerCase() !== 'casesensitive') this.refuse(`switch -${option[1]}`)
    if (option) this.position += option[0].length
    this.open('switch')
    const subject = this.statement()
    this.close('switch')
    this.skip(true)
    this.expect('{', "Missing '{' in switch statement.", 'MissingCurlyBraceInSwitchStatement')
    const cases: { test: Expression | 'default'; body: readonly Statement[] }[] = []
    for (;;) {
      this.skip(true)
      if (this.take('}')) break
      if (this.ended) this.fail("Missing closing '}' in statement block or type definition.", 'MissingEndCurlyBrace')
      const word = this.name()
      const named: Expression = { kind: 'constant', value: word }
      const test = word === '' ? this.expression() : word.toLowerCase() === 'default' ? 'default' : named
      cases.push({ test, body: this.body() })
      this.skip(false)
      this.take(';')
    }
    return { kind: 'switch', subject, cases, caseSensitive: option !== null, place: this.place(start) }
  }

  private attempted(start: number): Statement {
    this.keyword('try')
    const body = this.body()
    const catches: { types: readonly string[]; body: readonly Statement[] }[] = []
    while (this.takesWord('catch')) {
      const types: string[] = []
      this.skip(true)
      while (this.peek() === '[') {
        types.push(this.typeName())
        this.skip(true)
        if (this.take(',')) this.skip(true)
      }
      catches.push({ types, body: this.body() })
    }
    const last = this.takesWord('finally') ? this.body() : undefined
    if (catches.length === 0 && !last)
      this.fail('The Try statement is missing its Catch or Finally block.', 'MissingCatchOrFinally')
    return { kind: 'try', body, catches, last, place: this.place(start) }
  }

  private leaving(start: number, word: 'throw' | 'return' | 'exit'): Statement {
    this.keyword(word)
    const char = this.peek()
    const bare = this.ended || isNewline(char) || ';})'.includes(char)
    const value = bare ? undefined : this.statement()
    const place = this.place(start)
    return word === 'throw' ? { kind: word, value, place } : { kind: word, value, place }
  }

  private declared(start: number): Statement {
    this.keyword('function')
    const name = /^[\p{L}_][\w:-]*/u.exec(this.source(this.position, this.position + 120))?.[0]
    if (!name) this.fail('Missing name after function keyword.', 'MissingNameAfterKeyword')
    this.position += name.length
    this.skip(true)
    const listed = this.peek() === '(' ? this.parameterList() : undefined
    this.skip(true)
    const block = this.block()
    if (listed && block.parameters.length > 0) this.refuse('a function with two lists of parameters', start)
    const whole = listed ? { ...block, parameters: listed } : block
    return {
      kind: 'function',
      name: name.replace(/^(?:script|global|local):/i, ''),
      block: whole,
      place: this.place(start)
    }
  }
}

/** The script that this text is; throws `ParseError`. */
export function parse(text: string): Block {
  return new Parser(text).script()
}
