// Works out expressions. The rule it keeps: what an expression gives has PowerShell's shape: no output is nothing, one output
// is itself, several are a list, and @( ) is a list always.

import { assignInto } from './assign.ts'
import { convert, fromHashtable } from './convert.ts'
import { fail } from './errors.ts'
import { gather, runStatements } from './evaluate.ts'
import { indexed } from './indexing.ts'
import { runPipeline } from './invoke.ts'
import { callMethod } from './methods.ts'
import { binary, split } from './operators.ts'
import { property } from './properties.ts'
import type { Shell } from './shell.ts'
import { callStatic, staticProperty } from './statics.ts'
import type { Expression, Statement } from './syntax.ts'
import { Hashtable, items, ScriptBlock, TypeName, text, truth, type Value } from './values.ts'

/** What a statement is worth where a value is wanted: `$x = ...`, `( ... )`, a condition. */
export function worth(shell: Shell, statement: Statement): Value {
  if (statement.kind === 'pipeline') {
    const only = statement.elements.length === 1 ? statement.elements[0] : undefined
    if (only?.kind === 'expression' && only.redirections.length === 0) {
      shell.ok = true
      return evaluate(shell, only.value)
    }
    return gather(out => runPipeline(shell, statement, out))
  }
  if (statement.kind === 'assign') {
    runStatements(shell, [statement], () => {})
    return evaluate(shell, statement.target)
  }
  // Errors inside must reach this statement's own line and no further, as in any list of statements.
  return gather(out => runStatements(shell, [statement], out))
}

export function evaluate(shell: Shell, expression: Expression): Value {
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'expandable':
      return expression.parts.map(part => (typeof part === 'string' ? part : text(evaluate(shell, part)))).join('')
    case 'variable':
      return variable(shell, expression)
    case 'list':
      return expression.items.map(item => settled(evaluate(shell, item)))
    case 'array': {
      const outputs: Value[] = []
      runStatements(shell, expression.body, value => outputs.push(value))
      return outputs
    }
    case 'subexpression':
      return gather(out => runStatements(shell, expression.body, out))
    case 'paren':
      return worth(shell, expression.body)
    case 'hashtable':
      return hashtable(shell, expression, false)
    case 'script-block':
      return new ScriptBlock(expression.block)
    case 'type':
      return new TypeName(expression.name)
    case 'cast':
      return cast(shell, expression)
    case 'member': {
      const name = text(evaluate(shell, expression.name))
      const target = evaluate(shell, expression.target)
      if (expression.isStatic) return staticProperty(shell, target, name, expression.place)
      return property(shell, target, name, expression.place)
    }
    case 'call': {
      const target = evaluate(shell, expression.target)
      const name = text(evaluate(shell, expression.name))
      const given = expression.arguments.map(one => settled(evaluate(shell, one)))
      if (expression.isStatic) return callStatic(shell, target, name, given, expression.place)
      return callMethod(shell, target, name, given, expression.place)
    }
    case 'index':
      return indexed(shell, evaluate(shell, expression.target), evaluate(shell, expression.index), expression.place)
    case 'unary':
      return unary(shell, expression)
    case 'binary': {
      const left = evaluate(shell, expression.left)
      if (expression.operator === 'and') return truth(left) && truth(evaluate(shell, expression.right))
      if (expression.operator === 'or') return truth(left) || truth(evaluate(shell, expression.right))
      const right = evaluate(shell, expression.right)
      return binary(expression.operator, left, right, expression.place, found => remember(shell, found))
    }
    case 'step': {
      const before = evaluate(shell, expression.target)
      const after = binary('+', before ?? 0, expression.by, expression.place, () => {})
      assignInto(shell, expression.target, after)
      return expression.before ? after : (before ?? 0)
    }
  }
}

/** Where a value is stored in something, "no output" becomes $null. */
function settled(value: Value): Value {
  return value === undefined ? null : value
}

const environment: Readonly<Record<string, string>> = {
  temp: 'C:\\Users\\Admin\\AppData\\Local\\Temp',
  tmp: 'C:\\Users\\Admin\\AppData\\Local\\Temp',
  userprofile: 'C:\\Users\\Admin',
  username: 'Admin',
  computername: 'PRACTICE',
  appdata: 'C:\\Users\\Admin\\AppData\\Roaming',
  os: 'Windows_NT',
  systemroot: 'C:\\Windows'
}

function variable(shell: Shell, expression: Expression & { kind: 'variable' }): Value {
  if (expression.scope === 'env') return environment[expression.name] ?? null
  if (expression.scope === 'function' || expression.scope === 'variable' || expression.scope === 'using')
    return fail(
      {
        message: `The practice console does not know variables of the scope '${expression.scope}:'.`,
        id: 'ScopeNotKnown',
        category: 'NotImplemented'
      },
      expression.place
    )
  const scope = expression.scope === 'private' ? 'local' : expression.scope
  const value = shell.read(expression.name === 'psitem' ? '_' : expression.name, scope, expression.place)
  // Whoever reads a list may keep it: from now on it must not grow in place.
  if (Array.isArray(value)) shell.growing.delete(value)
  return value
}

function hashtable(shell: Shell, expression: Expression & { kind: 'hashtable' }, ordered: boolean): Hashtable {
  const table = new Hashtable(ordered)
  for (const [keyOf, valueStatement] of expression.pairs) {
    const key = evaluate(shell, keyOf)
    if (table.has(key))
      fail({
        message: `Item has already been added. Key in dictionary: '${text(key)}'`,
        id: 'DuplicateKey',
        category: 'InvalidOperation'
      })
    table.set(key, settled(worth(shell, valueStatement)))
  }
  return table
}

function cast(shell: Shell, expression: Expression & { kind: 'cast' }): Value {
  const type = expression.type.toLowerCase()
  const isTable = expression.operand.kind === 'hashtable'
  if (isTable && type === 'ordered')
    return hashtable(shell, expression.operand as Expression & { kind: 'hashtable' }, true)
  if (isTable && (type === 'pscustomobject' || type === 'psobject'))
    return fromHashtable(hashtable(shell, expression.operand as Expression & { kind: 'hashtable' }, true))
  return convert(evaluate(shell, expression.operand), expression.type, expression.place)
}

function unary(shell: Shell, expression: Expression & { kind: 'unary' }): Value {
  const value = evaluate(shell, expression.operand)
  switch (expression.operator) {
    case 'not':
      return !truth(value)
    case 'join':
      return items(value).map(text).join('')
    case 'split':
    case 'isplit':
    case 'csplit':
      return items(value).flatMap(item => split(text(item).trim(), '\\s+', false))
    case '-':
      return binary('-', 0, value, expression.place, () => {})
    default:
      return binary('+', 0, value, expression.place, () => {})
  }
}

/** What -match found, for `$Matches`. */
function remember(shell: Shell, found: RegExpExecArray): void {
  const table = new Hashtable(false)
  for (const [index, value] of found.entries()) if (value !== undefined) table.set(index, value)
  for (const [name, value] of Object.entries(found.groups ?? {})) if (value !== undefined) table.set(name, value)
  shell.write('matches', table)
}
