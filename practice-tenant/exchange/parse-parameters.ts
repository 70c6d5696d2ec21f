// Parses `param(...)` of scripts, functions and script blocks. The rule it keeps: an attribute that would change what a
// function does is refused; only [CmdletBinding()], types and [Parameter(Mandatory)] are known.

import { CommandParser } from './parse-command.ts'
import type { Expression, Parameter } from './syntax.ts'

export abstract class ParameterParser extends CommandParser {
  protected parameters(): Parameter[] {
    const before = this.position
    this.skip(true)
    while (/^\[\s*(?:CmdletBinding|OutputType|Diagnostics\.)/i.test(this.source(this.position, this.position + 40))) {
      if (!/^\[\s*CmdletBinding\s*\(\s*\)\s*\]/i.test(this.source(this.position, this.position + 60)))
        this.refuse('attributes of a script other than [CmdletBinding()]')
      this.position = this.text.indexOf(']', this.position) + 1
      this.skip(true)
    }
    if (this.peekWord() === 'param') {
      this.position += 5
      this.skip(true)
      if (this.peek() === '(') return this.parameterList()
    }
    this.position = before
    return []
  }

  protected parameterList(): Parameter[] {
    this.position += 1
    const list: Parameter[] = []
    for (;;) {
      this.skip(true)
      if (this.take(')')) return list
      let mandatory = false
      let type: string | undefined
      while (this.peek() === '[') {
        const attribute = /^\[\s*Parameter\s*\(([^()]*)\)\s*\]/i.exec(this.source(this.position, this.position + 200))
        if (attribute) {
          if (!/^\s*(?:Mandatory(?:\s*=\s*\$true)?)?\s*$/i.test(attribute[1] as string))
            this.refuse('this [Parameter()]')
          mandatory = /mandatory/i.test(attribute[1] as string)
          this.position += attribute[0].length
        } else if (/^\[\s*\w+\s*\(/.test(this.source(this.position, this.position + 60))) {
          this.refuse('attributes of parameters other than [Parameter(Mandatory)]')
        } else type = this.typeName()
        this.skip(true)
      }
      if (this.peek() !== '$') this.unexpected()
      const variable = this.variable(false)
      if (variable.kind !== 'variable') this.unexpected()
      this.skip(true)
      let initial: Expression | undefined
      if (this.take('=')) {
        this.skip(true)
        this.commaMakesList = false
        initial = this.expression()
        this.commaMakesList = true
        this.skip(true)
      }
      list.push({ name: variable.name, type, mandatory, initial })
      if (!this.take(',') && this.peek() !== ')') this.unexpected()
    }
  }
}
