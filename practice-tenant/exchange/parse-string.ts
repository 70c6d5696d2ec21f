// Parses variables and double-quoted strings. The rule it keeps: a double-quoted string expands exactly where PowerShell
// expands it: `$name`, `${name}`, `$( )` and backticks; a colon after a name makes it a scope or an error.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules

import type { Expression, Place, Statement } from './syntax.ts'
import { isDoubleQuote, isNamePart, Scanner } from './tokens.ts'

const scopes = new Set(['global', 'script', 'local', 'private', 'env', 'using', 'function', 'variable'])

export abstract class StringParser extends Scanner {
  /** Inside the brackets of a method call a comma parts the arguments and makes no list. */
  protected commaMakesList = true
  /** How many brackets stand open around. */
  protected nesting = 0

  abstract statements(): Statement[]

  place(from: number): Place {
    return { ...this.at(from), source: this.source(from) }
  }

  /** Statements up to a closing bracket, which is taken. */
  enclosed(close: string, start: number): Statement[] {
    const before = this.commaMakesList
    this.commaMakesList = true
    this.nesting += 1
    const body = this.statements()
    this.nesting -= 1
    this.commaMakesList = before
    if (!this.take(close)) {
      if (this.ended) {
        this.position = start
        this.failIncomplete(close, start)
      }
      this.unexpected()
    }
    return body
  }

  protected failIncomplete(close: string, start: number): never {
    this.position = this.text.length
    if (close === '}') this.fail("Missing closing '}' in statement block or type definition.", 'MissingEndCurlyBrace')
    this.fail(
      `Missing closing '${close}' in expression.`,
      'MissingEndParenthesisInExpression',
      Math.max(start, this.text.length)
    )
  }

  unexpected(): never {
    const token = /^[^\s;(){}|&,]+|^./u.exec(this.source(this.position, this.position + 80))?.[0] ?? ''
    this.fail(`Unexpected token '${token}' in expression or statement.`, 'UnexpectedToken')
  }

  protected subexpression(): Expression {
    const start = this.position
    this.position += 2
    return { kind: 'subexpression', body: this.enclosed(')', start) }
  }

  /** `$name`, `$scope:name`, `${any name}`. In a string a lone `$` is itself: then undefined. */
  variable(inString: true): Expression | undefined
  variable(inString: false): Expression
  variable(inString: boolean): Expression | undefined {
    const start = this.position
    this.position += 1
    const char = this.peek()
    if (char === '{') {
      const end = this.text.indexOf('}', this.position)
      if (end < 0) this.failIncomplete('}', start)
      const whole = this.source(this.position + 1, end)
      this.position = end + 1
      const [, scope, name] = /^(?:(\w+):)?([\s\S]*)$/.exec(whole) as RegExpExecArray
      return this.asVariable(scope ?? '', name ?? '', start)
    }
    if (char === '$' || char === '?' || char === '^') {
      this.position += 1
      return this.asVariable('', char, start)
    }
    let name = this.variableName()
    if (name === '') {
      if (inString) {
        this.position = start
        return undefined
      }
      this.fail('Unrecognized token in source text.', 'UnrecognizedToken', start)
    }
    let scope = ''
    if (this.peek() === ':' && this.peek(1) !== ':') {
      if (!isNamePart(this.peek(1)))
        this.fail(
          "Variable reference is not valid. ':' was not followed by a valid variable name character. Consider using ${} to delimit the name.",
          'InvalidVariableReferenceWithDrive',
          start
        )
      this.position += 1
      scope = name
      name = this.variableName()
    }
    return this.asVariable(scope, name, start)
  }

  private variableName(): string {
    const start = this.position
    // A question mark belongs to the name: "$address?" reads another variable.
    while (isNamePart(this.peek()) || this.peek() === '?') this.position += 1
    return this.source(start)
  }

  private asVariable(scope: string, name: string, start: number): Expression {
    const lowered = scope.toLowerCase()
    if (lowered !== '' && !scopes.has(lowered)) this.refuse(`the drive '${scope}:' in a variable`, start)
    return { kind: 'variable', scope: lowered, name: name.toLowerCase(), place: this.place(start) }
  }

  /** A double-quoted string: `$`, `$( )` and backticks mean something, a doubled quote is one quote. */
  doubleQuoted(): Expression {
    const start = this.position
    this.position += 1
    const parts: (string | Expression)[] = []
    let text = ''
    for (;;) {
      if (this.ended) return this.unterminated(start, '"')
      const char = this.peek()
      if (isDoubleQuote(char) && !isDoubleQuote(this.peek(1))) break
      const expanded = char === '$' ? this.expansion() : undefined
      if (expanded) {
        if (text !== '') parts.push(text)
        text = ''
        parts.push(expanded)
      } else if (char === '`') text += this.escaped()
      else {
        if (isDoubleQuote(char)) this.position += 1
        text += this.peek()
        this.position += 1
      }
    }
    this.position += 1
    if (text !== '') parts.push(text)
    if (parts.every(part => typeof part === 'string')) return { kind: 'constant', value: parts.join('') }
    return { kind: 'expandable', parts }
  }

  /** What a `$` in a string or bare word stands for. */
  protected expansion(): Expression | undefined {
    return this.peek(1) === '(' ? this.subexpression() : this.variable(true)
  }
}
