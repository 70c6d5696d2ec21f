// Parses what begins with a keyword: if, loops, switch, try, throw, functions. The rule it keeps: a word like `else` or `catch`
// belongs to what stands before it, except where lines were pasted into a window that has run that already.

import { ParameterParser } from './parse-parameters.ts'
import type { Clause, Expression, Statement } from './syntax.ts'
import { isNewline } from './tokens.ts'

export abstract class KeywordParser extends ParameterParser {
  /** Whether the text is lines pasted into a window. */
  lineByLine = false

  protected keyword(word: string): void {
    this.position += word.length
    this.skip(false)
  }

  protected open(what: string): void {
    this.skip(true)
    this.expect('(', `Missing '(' after '${what}'.`, 'MissingOpenParenthesisAfterKeyword')
    this.skip(true)
  }

  protected close(what: string): void {
    this.skip(true)
    this.expect(')', `Missing ')' after expression in '${what}'.`, 'MissingEndParenthesisAfterStatement')
  }

  protected body(): readonly Statement[] {
    this.skip(true)
    return this.block().body
  }

  /** The next word, when it is this one, is taken; else nothing has moved. */
  protected takesWord(word: string): boolean {
    const before = this.position
    this.skip(!this.lineByLine || this.nesting > 0)
    if (this.peekWord() === word) {
      this.position += word.length
      return true
    }
    this.position = before
    return false
  }

  protected conditional(start: number): Statement {
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

  protected foreach(start: number): Statement {
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

  protected counted(start: number): Statement {
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

  protected loop(start: number, word: 'while' | 'do'): Statement {
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

  protected switched(start: number): Statement {
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

  protected attempted(start: number): Statement {
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

  protected leaving(start: number, word: 'throw' | 'return' | 'exit'): Statement {
    this.keyword(word)
    const char = this.peek()
    const bare = this.ended || isNewline(char) || ';})'.includes(char)
    const value = bare ? undefined : this.statement()
    const place = this.place(start)
    return word === 'throw' ? { kind: word, value, place } : { kind: word, value, place }
  }

  protected declared(start: number): Statement {
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
