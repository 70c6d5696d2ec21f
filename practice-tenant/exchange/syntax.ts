// The shapes that a parsed script is made of. The rule it keeps: what has no shape here cannot be run.

export type Place = { line: number; column: number; source: string }

export type Expression =
  | { kind: 'constant'; value: string | number; bare?: boolean }
  | { kind: 'expandable'; parts: readonly (string | Expression)[] }
  | { kind: 'variable'; name: string; scope: string; place: Place }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'array'; body: readonly Statement[] }
  | { kind: 'subexpression'; body: readonly Statement[] }
  | { kind: 'paren'; body: Statement }
  | { kind: 'hashtable'; pairs: readonly (readonly [Expression, Statement])[] }
  | { kind: 'script-block'; block: Block }
  | { kind: 'type'; name: string }
  | { kind: 'cast'; type: string; operand: Expression; place: Place }
  | { kind: 'member'; target: Expression; name: Expression; isStatic: boolean; place: Place }
  | {
      kind: 'call'
      target: Expression
      name: Expression
      isStatic: boolean
      arguments: readonly Expression[]
      place: Place
    }
  | { kind: 'index'; target: Expression; index: Expression; place: Place }
  | { kind: 'unary'; operator: string; operand: Expression; place: Place }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression; place: Place }
  | { kind: 'step'; target: Expression; by: 1 | -1; before: boolean; place: Place }

export type Block = { parameters: readonly Parameter[]; body: readonly Statement[]; source: string }

export type Parameter = {
  name: string
  type: string | undefined
  mandatory: boolean
  initial: Expression | undefined
}

export type Argument =
  | { kind: 'named'; name: string; value: Expression | undefined }
  | { kind: 'value'; value: Expression }
  | { kind: 'splat'; name: string }

export type Redirection = { stream: string; to: 'nothing' | 'output' }

export type Element =
  | { kind: 'expression'; value: Expression; redirections: readonly Redirection[] }
  | {
      kind: 'command'
      /** The word itself, or an expression after `&` or `.` */
      name: string | Expression
      invoked: '' | '&' | '.'
      arguments: readonly Argument[]
      redirections: readonly Redirection[]
      place: Place
    }

export type Clause = { condition: Statement; body: readonly Statement[] }

export type Statement =
  | { kind: 'pipeline'; elements: readonly Element[]; place: Place }
  | { kind: 'assign'; target: Expression; operator: string; value: Statement; place: Place }
  | { kind: 'if'; clauses: readonly Clause[]; otherwise: readonly Statement[] | undefined; place: Place }
  | { kind: 'foreach'; variable: string; items: Statement; body: readonly Statement[]; place: Place }
  | {
      kind: 'for'
      first: Statement | undefined
      condition: Statement | undefined
      step: Statement | undefined
      body: readonly Statement[]
      place: Place
    }
  | {
      kind: 'while'
      condition: Statement
      body: readonly Statement[]
      bodyFirst: boolean
      until: boolean
      place: Place
    }
  | {
      kind: 'switch'
      subject: Statement
      cases: readonly { test: Expression | 'default'; body: readonly Statement[] }[]
      caseSensitive: boolean
      place: Place
    }
  | {
      kind: 'try'
      body: readonly Statement[]
      catches: readonly { types: readonly string[]; body: readonly Statement[] }[]
      last: readonly Statement[] | undefined
      place: Place
    }
  | { kind: 'throw'; value: Statement | undefined; place: Place }
  | { kind: 'return' | 'exit'; value: Statement | undefined; place: Place }
  | { kind: 'break' | 'continue'; place: Place }
  | { kind: 'function'; name: string; block: Block; place: Place }
