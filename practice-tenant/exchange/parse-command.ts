// Parses pipelines: commands with their arguments in PowerShell's argument mode, where a bare word is a string.
// The rule it keeps: redirections, splats and parameters are read as PowerShell reads them, or refused.

import { ExpressionParser } from './parse-expression.ts'
import type { Argument, Element, Expression, Redirection, Statement } from './syntax.ts'
import { isBlank, isDash, isDoubleQuote, isNamePart, isNameStart, isNewline, isSingleQuote } from './tokens.ts'

const endsWord = (char: string): boolean =>
  char === '' || char === '\0' || isBlank(char) || isNewline(char) || ';|&(){},<>'.includes(char)

export abstract class CommandParser extends ExpressionParser {
  /** A pipeline, or an assignment, which begins like one. */
  pipeline(): Statement {
    const start = this.position
    const elements: Element[] = []
    for (;;) {
      const element = this.element(elements.length === 0)
      if (elements.length === 0 && element.kind === 'expression') {
        const assigned = this.assignment(element.value, start)
        if (assigned) return assigned
      } else if (element.kind === 'expression') {
        this.fail(
          'Expressions are only allowed as the first element of a pipeline.',
          'ExpressionsMustBeFirstInPipeline',
          start
        )
      }
      elements.push(element)
      this.skip(false)
      if (this.looksAt('||') || this.looksAt('&&'))
        this.fail(
          `The token '${this.source(this.position, this.position + 2)}' is not a valid statement separator in this version.`,
          'InvalidEndOfLine'
        )
      if (!this.take('|')) break
      this.skip(true)
      if (this.ended) this.fail('An empty pipe element is not allowed.', 'EmptyPipeElement')
    }
    if (this.peek() === '&') this.refuse('background jobs (&)')
    return { kind: 'pipeline', elements, place: this.place(start) }
  }

  private assignment(target: Expression, start: number): Statement | undefined {
    this.skip(false)
    const operator = /^(?:[+\-*/%]?=)(?!=)/.exec(this.source(this.position, this.position + 3))?.[0]
    if (operator === undefined) return undefined
    const items = target.kind === 'list' ? target.items : [target]
    for (const item of items) {
      const inner = item.kind === 'cast' ? item.operand : item
      if (!['variable', 'member', 'index'].includes(inner.kind))
        this.fail(
          'The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.',
          'InvalidLeftHandSide',
          start
        )
    }
    this.position += operator.length
    this.skip(true)
    const value = this.statement()
    return { kind: 'assign', target, operator, value, place: this.place(start) }
  }

  private element(first: boolean): Element {
    const start = this.position
    const char = this.peek()
    if (char === '&' || (char === '.' && (isBlank(this.peek(1)) || '&({$'.includes(this.peek(1) || ' ')))) {
      this.position += 1
      this.skip(false)
      const name = this.operand() ?? this.commandName()
      return this.command(name, char, start)
    }
    if (first && this.beginsExpression()) {
      const value = this.expression()
      return { kind: 'expression', value, redirections: this.redirections() }
    }
    if (!first && (char === '$' || char === '(' || isSingleQuote(char) || isDoubleQuote(char)))
      this.fail('Expressions are only allowed as the first element of a pipeline.', 'ExpressionsMustBeFirstInPipeline')
    return this.command(this.commandName(), '', start)
  }

  private beginsExpression(): boolean {
    const char = this.peek()
    if (isSingleQuote(char) || isDoubleQuote(char) || '$([{@!,+'.includes(char || ' ')) return true
    if (isDash(char)) return true
    const before = this.position
    const isNumber = /[\d.]/.test(char) && this.number() !== undefined
    this.position = before
    return isNumber
  }

  private commandName(): string {
    const word = this.word()
    if (word.kind === 'constant' && word.value !== '') return String(word.value)
    if (word.kind !== 'constant') this.refuse('a command name put together from variables')
    if (this.ended) this.fail('An empty pipe element is not allowed.', 'EmptyPipeElement')
    this.unexpected()
  }

  private command(name: string | Expression, invoked: '' | '&' | '.', start: number): Element {
    const list: Argument[] = []
    const redirections: Redirection[] = []
    for (;;) {
      this.skip(false)
      const redirection = this.redirection()
      if (redirection) redirections.push(redirection)
      else if (this.argumentsEnd()) break
      else list.push(this.argument())
    }
    return { kind: 'command', name, invoked, arguments: list, redirections, place: this.place(start) }
  }

  private argumentsEnd(): boolean {
    const char = this.peek()
    return this.ended || isNewline(char) || ';|&)}'.includes(char)
  }

  private argument(): Argument {
    const char = this.peek()
    if (isDash(char) && (isNameStart(this.peek(1)) || this.peek(1) === '?')) return this.named()
    if (isDash(char) && isDash(this.peek(1))) this.refuse("the parameters '--' and '--%'")
    if (char === '@' && isNameStart(this.peek(1))) {
      this.position += 1
      return { kind: 'splat', name: this.name().toLowerCase() }
    }
    return { kind: 'value', value: this.values() }
  }

  private named(): Argument {
    this.position += 1
    const start = this.position
    while (!endsWord(this.peek()) && !':.['.includes(this.peek())) this.position += 1
    const name = this.source(start)
    if (!this.take(':')) return { kind: 'named', name, value: undefined }
    this.skip(false)
    if (this.argumentsEnd()) this.fail(`Parameter '${name}:' requires an argument.`, 'ParameterRequiresArgument')
    return { kind: 'named', name, value: this.values() }
  }

  /** One argument, or several with commas between them, which are a list. */
  private values(): Expression {
    const items = [this.value()]
    for (;;) {
      const before = this.position
      this.skip(false)
      if (!this.take(',')) {
        this.position = before
        break
      }
      this.skip(true)
      if (this.argumentsEnd()) this.fail('Missing argument in parameter list.', 'MissingArgument')
      items.push(this.value())
    }
    return items.length === 1 ? (items[0] as Expression) : { kind: 'list', items }
  }

  private value(): Expression {
    const start = this.position
    const char = this.peek()
    if (char === ',') this.fail('Missing argument in parameter list.', 'MissingArgument')
    const digits = isDash(char) ? this.peek(1) : char
    if (/\d/.test(digits)) {
      if (isDash(char)) this.position += 1
      const number = this.number()
      const text = this.source(isDash(char) ? start + 1 : start)
      if (number !== undefined && endsWord(this.peek()) && !/^0\d/.test(text))
        return { kind: 'constant', value: isDash(char) ? -number : number, bare: true }
      this.position = start
      return this.word()
    }
    const isPlainVariable = char === '$' && this.peek(1) !== '('
    if (isPlainVariable || '$(@{'.includes(char) || isSingleQuote(char) || isDoubleQuote(char)) {
      const operand = this.operand()
      if (operand && (endsWord(this.peek()) || !isPlainVariable)) return operand
      this.position = start
    }
    return this.word()
  }

  /** A bare word: quotes inside it are taken off, `$` expands, a backtick escapes. */
  private word(): Expression {
    const parts: (string | Expression)[] = []
    let text = ''
    while (!endsWord(this.peek())) {
      const char = this.peek()
      const expanded = char === '$' ? this.expansion() : isDoubleQuote(char) ? this.doubleQuoted() : undefined
      if (expanded) {
        if (text !== '') parts.push(text)
        text = ''
        parts.push(expanded)
      } else if (isSingleQuote(char)) text += this.singleQuoted()
      else if (char === '`' && isNewline(this.peek(1))) break
      else if (char === '`') text += this.escaped()
      else {
        text += char
        this.position += 1
      }
    }
    if (text !== '') parts.push(text)
    if (parts.length === 0 && /[<>]/.test(this.peek()))
      this.fail(`The '${this.peek()}' operator is reserved for future use.`, 'RedirectionNotSupported')
    if (parts.every(part => typeof part === 'string')) return { kind: 'constant', value: parts.join(''), bare: true }
    return { kind: 'expandable', parts }
  }

  private redirections(): Redirection[] {
    const list: Redirection[] = []
    for (;;) {
      this.skip(false)
      const one = this.redirection()
      if (!one) return list
      list.push(one)
    }
  }

  private redirection(): Redirection | undefined {
    const match = /^([1-6*]?)>(>?)(&1)?/.exec(this.source(this.position, this.position + 6))
    if (!match) return undefined
    this.position += match[0].length
    const stream = match[1] || '1'
    if (match[3]) return { stream, to: 'output' }
    this.skip(false)
    const target = /^\$null(?![\w:.])/i.exec(this.source(this.position, this.position + 8))
    if (!target || isNamePart(this.peek(5))) this.refuse('redirection to anything but $null')
    this.position += target[0].length
    return { stream, to: 'nothing' }
  }
}
