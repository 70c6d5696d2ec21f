// Parses what stands between operators: arrays, hashtables, script blocks, types, and the members, calls and indexes behind
// them. The rule it keeps: a member, call or index belongs to its operand only when no blank parts them.

import { StringParser } from './parse-string.ts'
import type { Block, Expression, Statement } from './syntax.ts'
import { isDoubleQuote, isNameStart, isSingleQuote } from './tokens.ts'

export abstract class OperandParser extends StringParser {
  abstract expression(): Expression
  abstract statement(): Statement
  abstract block(): Block

  /** The operand here with all its members, calls and indexes; undefined when none begins here. */
  operand(): Expression | undefined {
    const start = this.position
    const first = this.bareOperand()
    return first && this.members(first, start)
  }

  private bareOperand(): Expression | undefined {
    const char = this.peek()
    if (isSingleQuote(char)) return { kind: 'constant', value: this.singleQuoted() }
    if (isDoubleQuote(char)) return this.doubleQuoted()
    if (char === '$') return this.peek(1) === '(' ? this.subexpression() : this.variable(false)
    if (char === '@') return this.atSign()
    if (char === '(') return this.paren()
    if (char === '{') return { kind: 'script-block', block: this.block() }
    if (char === '[') return { kind: 'type', name: this.typeName() }
    if (/[\d.]/.test(char)) {
      const value = this.number()
      return value === undefined ? undefined : { kind: 'constant', value }
    }
    return undefined
  }

  private atSign(): Expression {
    const start = this.position
    const next = this.peek(1)
    if (isSingleQuote(next) || isDoubleQuote(next)) this.refuse('here-strings')
    if (next === '(') {
      this.position += 2
      return { kind: 'array', body: this.enclosed(')', start) }
    }
    if (next === '{') return this.hashtable()
    if (isNameStart(next))
      this.fail(
        "The splatting operator '@' cannot be used to reference variables in an expression.",
        'SplattingNotPermitted'
      )
    this.fail('Unrecognized token in source text.', 'UnrecognizedToken')
  }

  private paren(): Expression {
    const start = this.position
    this.position += 1
    const before = this.commaMakesList
    this.commaMakesList = true
    this.skip(true)
    if (this.peek() === ')') this.fail("An expression was expected after '('.", 'ExpectedExpression')
    const body = this.statement()
    this.skip(true)
    this.commaMakesList = before
    if (!this.take(')')) {
      if (this.ended) this.failIncomplete(')', start)
      this.unexpected()
    }
    return { kind: 'paren', body }
  }

  /** `[name]`, with brackets inside: `[string[]]`, `[System.Collections.Generic.List[string]]`. */
  typeName(): string {
    const start = this.position
    const match = /^\[\s*([A-Za-z_][\w.+`]*(?:\[[\w.,\s[\]]*\])?)\s*\]/.exec(this.source(start, start + 160))
    if (!match) this.fail("Missing type name after '['.", 'MissingTypename')
    this.position += match[0].length
    return (match[1] as string).replace(/\s/g, '')
  }

  private hashtable(): Expression {
    const start = this.position
    const before = this.commaMakesList
    this.commaMakesList = true
    this.position += 2
    const pairs: (readonly [Expression, Statement])[] = []
    for (;;) {
      do this.skip(true)
      while (this.take(';'))
      if (this.take('}')) break
      if (this.ended) this.failIncomplete('}', start)
      const word = isNameStart(this.peek()) ? this.name() : undefined
      const key: Expression | undefined = word === undefined ? this.operand() : { kind: 'constant', value: word }
      if (!key) this.fail("Missing key before '=' in hash literal.", 'MissingKeyBeforeEqualsInHashLiteral')
      this.skip(false)
      this.expect('=', "Missing '=' operator after key in hash literal.", 'MissingEqualsInHashLiteral')
      this.skip(true)
      pairs.push([key, this.statement()])
    }
    this.commaMakesList = before
    return { kind: 'hashtable', pairs }
  }

  /** Everything that follows an operand without a blank: `.name`, `::name`, `(...)`, `[...]`. */
  members(first: Expression, start: number): Expression {
    let target = first
    for (;;) {
      const isStatic = this.looksAt('::')
      if (isStatic || (this.peek() === '.' && this.peek(1) !== '.')) {
        const next = this.peek(isStatic ? 2 : 1)
        if (!isStatic && !isNameStart(next) && !'\'"$({'.includes(next || ' ')) return target
        this.position += isStatic ? 2 : 1
        target = this.member(target, isStatic, start)
      } else if (this.peek() === '[' && target.kind !== 'type') target = this.indexed(target, start)
      else return target
    }
  }

  private member(target: Expression, isStatic: boolean, start: number): Expression {
    const word = this.name()
    const name: Expression | undefined = word === '' ? this.bareOperand() : { kind: 'constant', value: word }
    if (!name) this.fail('Missing property name after reference operator.', 'MissingPropertyName')
    if (this.peek() !== '(') return { kind: 'member', target, name, isStatic, place: this.place(start) }
    this.position += 1
    const before = this.commaMakesList
    this.commaMakesList = false
    const list: Expression[] = []
    this.skip(true)
    while (this.peek() !== ')') {
      if (this.ended) this.failIncomplete(')', start)
      list.push(this.expression())
      this.skip(true)
      if (this.take(',')) this.skip(true)
      else if (this.peek() !== ')') this.unexpected()
    }
    this.position += 1
    this.commaMakesList = before
    return { kind: 'call', target, name, isStatic, arguments: list, place: this.place(start) }
  }

  private indexed(target: Expression, start: number): Expression {
    const before = this.commaMakesList
    this.commaMakesList = true
    this.position += 1
    this.skip(true)
    const index = this.expression()
    this.skip(true)
    this.commaMakesList = before
    this.expect(']', "Missing ']' after array index expression.", 'MissingEndSquareBracket')
    return { kind: 'index', target, index, place: this.place(start) }
  }
}
