// Parses operators by PowerShell's precedence, lowest first: logic, bits, comparison, sum, product, format, range, comma, sign.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_operator_precedence
// The rule it keeps: a word after a dash that is no operator is an error, never a value.

import { OperandParser } from './parse-operand.ts'
import type { Expression } from './syntax.ts'
import { isDash } from './tokens.ts'

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'notlike', 'match', 'notmatch', 'replace', 'split']
const memberships = ['contains', 'notcontains', 'in', 'notin']

/** Word operators by level; comparison operators exist with `i` and `c` in front too. */
const levelOf = new Map<string, number>()
for (const word of ['and', 'or', 'xor']) levelOf.set(word, 1)
for (const word of ['band', 'bor', 'bxor']) levelOf.set(word, 2)
for (const word of [...comparisons, ...memberships]) for (const prefix of ['', 'i', 'c']) levelOf.set(prefix + word, 3)
for (const word of ['is', 'isnot', 'as', 'join']) levelOf.set(word, 3)
levelOf.set('f', 6)

const lastLevel = 7

/** `ieq` is `eq`: only `c` makes a difference. */
function plainName(word: string): string {
  const rest = word.slice(1)
  return word.startsWith('i') && [...comparisons, ...memberships].includes(rest) ? rest : word
}

export abstract class ExpressionParser extends OperandParser {
  expression(): Expression {
    return this.level(1)
  }

  private level(level: number): Expression {
    if (level > lastLevel) return this.list()
    const start = this.position
    let left = this.level(level + 1)
    for (;;) {
      const before = this.position
      this.skip(false)
      const operator = this.operatorAt(level)
      if (operator === undefined) {
        this.position = before
        return left
      }
      this.skip(true)
      if (this.ended)
        this.fail(
          `You must provide a value expression following the '${operator}' operator.`,
          'ExpectedValueExpression'
        )
      const right = this.level(level + 1)
      left = { kind: 'binary', operator, left, right, place: this.place(start) }
    }
  }

  /** Takes the operator that stands here when it belongs to this level. */
  private operatorAt(level: number): string | undefined {
    const char = this.peek()
    if (isDash(char)) {
      const from = this.position
      this.position += 1
      const word = this.peekWord()
      if (/^\p{L}/u.test(word)) {
        if (levelOf.get(word) === level) {
          this.position += word.length
          return plainName(word)
        }
        if (!levelOf.has(word)) {
          this.position = from
          this.fail(`Unexpected token '${this.source(from, from + 1 + word.length)}' in expression or statement.`)
        }
      } else if (level === 4 && !isDash(this.peek()) && this.peek() !== '=') return '-'
      this.position = from
      return undefined
    }
    const next = this.peek(1)
    if (level === 4 && char === '+' && next !== '=' && next !== '+') return this.taken('+')
    if (level === 5 && '*/%'.includes(char || ' ') && next !== '=') return this.taken(char)
    if (level === 7 && this.looksAt('..')) return this.taken('..')
    if (level === 1 && char === '?') this.refuse("the operators '?', '??' and '?.'")
    return undefined
  }

  private taken(text: string): string {
    this.position += text.length
    return text
  }

  private list(): Expression {
    const first = this.signed()
    if (!this.commaMakesList) return first
    const items = [first]
    for (;;) {
      const before = this.position
      this.skip(false)
      if (!this.take(',')) {
        this.position = before
        return items.length === 1 ? first : { kind: 'list', items }
      }
      this.skip(true)
      items.push(this.signed())
    }
  }

  /** An operand with what stands before it: signs, `!`, `-not`, `-join`, `-split`, `++`, a comma, a cast. */
  private signed(): Expression {
    const start = this.position
    const char = this.peek()
    if (char === '!') return this.unary(start, '!', 1)
    if (char === ',') {
      this.position += 1
      this.skip(true)
      return { kind: 'list', items: [this.signed()] }
    }
    if (isDash(char) || char === '+') {
      if (this.peek(1) === char || (isDash(char) && isDash(this.peek(1)))) {
        this.position += 2
        const target = this.signed()
        return { kind: 'step', target, by: char === '+' ? 1 : -1, before: true, place: this.place(start) }
      }
      this.position += 1
      const word = this.peekWord()
      this.position = start
      if (/^\p{L}/u.test(word)) {
        if (['not', 'join', 'split', 'isplit', 'csplit'].includes(word)) return this.unary(start, word, 1 + word.length)
        this.fail(`Missing expression after unary operator '-'.`, 'MissingExpressionAfterOperator')
      }
      return this.unary(start, char === '+' ? '+' : '-', 1)
    }
    return this.casted(start)
  }

  private unary(start: number, operator: string, length: number): Expression {
    this.position += length
    this.skip(true)
    const operand = this.signed()
    return { kind: 'unary', operator: operator === '!' ? 'not' : operator, operand, place: this.place(start) }
  }

  private casted(start: number): Expression {
    const operand = this.operand()
    if (!operand) {
      if (this.ended) this.fail('An expression was expected.', 'ExpectedExpression')
      this.unexpected()
    }
    if (operand.kind === 'type' && this.castFollows()) {
      this.skip(false)
      return { kind: 'cast', type: operand.name, operand: this.signed(), place: this.place(start) }
    }
    const pair = this.source(this.position, this.position + 2)
    if (pair === '++' || pair === '--') {
      this.position += 2
      return { kind: 'step', target: operand, by: pair === '++' ? 1 : -1, before: false, place: this.place(start) }
    }
    return operand
  }

  /** A type literal is a cast when an operand follows it: `[int]'1'`; in `-is [int] -and` it is a value. */
  private castFollows(): boolean {
    const before = this.position
    this.skip(false)
    const char = this.peek()
    const next = this.peek(1)
    this.position = before
    if (char === '') return false
    if (isDash(char)) return /[\d.$(]/.test(next)
    return /[$@([{'"\u2018-\u201E\d!]/.test(char)
  }
}
