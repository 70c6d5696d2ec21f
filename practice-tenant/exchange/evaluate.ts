// Runs statements. The rule it keeps: PowerShell's own flow: an error ends its statement and the script goes on, unless
// something is trying, the preference says Stop, or it was thrown.

import { assignInto } from './assign.ts'
import { same } from './compare.ts'
import { ErrorRecord, errorLines, Leaving, LimitReached, Thrown } from './errors.ts'
import { evaluate, worth } from './evaluate-expression.ts'
import { runPipeline } from './invoke.ts'
import { binary, longestList } from './operators.ts'
import { wildcard } from './patterns.ts'
import type { Shell } from './shell.ts'
import type { Expression, Statement } from './syntax.ts'
import { collected, items, PSObject, ScriptBlock, text, truth, type Value } from './values.ts'

export type Out = (value: Value) => void

/** Runs statements one after another; a statement's error is shown and the next one runs. */
export function runStatements(shell: Shell, statements: readonly Statement[], out: Out): void {
  for (const statement of statements) {
    shell.tick()
    try {
      runStatement(shell, statement, out)
    } catch (error) {
      if (!(error instanceof Thrown) || error.wide || shell.tryDepth > 0) throw error
      const action = shell.preference('ErrorActionPreference')
      shell.remember(error.record)
      if (action === 'stop') throw new Thrown(error.record, true)
      if (action !== 'silentlycontinue' && action !== 'ignore') shell.report(error.record, errorLines)
    }
  }
}

function runStatement(shell: Shell, statement: Statement, out: Out): void {
  switch (statement.kind) {
    case 'pipeline':
      runPipeline(shell, statement, out)
      return
    case 'assign':
      assign(shell, statement)
      return
    case 'if': {
      for (const clause of statement.clauses)
        if (truth(worth(shell, clause.condition))) {
          runStatements(shell, clause.body, out)
          return
        }
      runStatements(shell, statement.otherwise ?? [], out)
      return
    }
    case 'foreach': {
      const list = worth(shell, statement.items)
      if (list === null) return
      for (const item of [...items(list)]) {
        shell.write(statement.variable, item)
        if (!turn(shell, statement.body, out)) return
      }
      return
    }
    case 'for': {
      if (statement.first) runStatement(shell, statement.first, out)
      while (!statement.condition || truth(worth(shell, statement.condition))) {
        if (!turn(shell, statement.body, out)) return
        if (statement.step) runStatement(shell, statement.step, () => {})
      }
      return
    }
    case 'while': {
      if (statement.bodyFirst && !turn(shell, statement.body, out)) return
      while (truth(worth(shell, statement.condition)) !== statement.until) if (!turn(shell, statement.body, out)) return
      return
    }
    case 'switch':
      choose(shell, statement, out)
      return
    case 'try':
      attempt(shell, statement, out)
      return
    case 'throw':
      throw raised(shell, statement)
    case 'return':
      if (statement.value) runStatement(shell, statement.value, out)
      throw new Leaving('return')
    case 'exit':
      throw new Leaving('exit', statement.value ? worth(shell, statement.value) : 0)
    case 'break':
    case 'continue':
      throw new Leaving(statement.kind)
    case 'function':
      shell.functions.set(statement.name.toLowerCase(), { name: statement.name, block: statement.block })
  }
}

/** One turn of a loop; false when it was left by `break`. */
function turn(shell: Shell, body: readonly Statement[], out: Out): boolean {
  shell.tick()
  try {
    runStatements(shell, body, out)
  } catch (error) {
    if (error instanceof Leaving && error.kind === 'break') return false
    if (!(error instanceof Leaving && error.kind === 'continue')) throw error
  }
  return true
}

function assign(shell: Shell, statement: Statement & { kind: 'assign' }): void {
  const given = worth(shell, statement.value)
  if (statement.operator === '=') {
    assignInto(shell, statement.target, given)
    return
  }
  if (statement.operator === '+=' && grown(shell, statement.target, given)) return
  const before = evaluate(shell, statement.target)
  const operator = statement.operator[0] as string
  assignInto(
    shell,
    statement.target,
    binary(operator, before, given, statement.place, () => {})
  )
}

/** `$list += ...` without copying the list, when nothing but this variable can hold it. */
function grown(shell: Shell, target: Expression, given: Value): boolean {
  if (target.kind !== 'variable' || target.scope !== '') return false
  const held = shell.scope.variables.get(target.name)
  if (!held || held.type !== undefined || !Array.isArray(held.value)) return false
  if (!shell.growing.has(held.value)) {
    held.value = [...held.value]
    shell.growing.add(held.value)
  }
  const more = items(given === undefined ? null : given)
  if (held.value.length + more.length > longestList) throw new LimitReached('A list has grown too long.')
  for (const item of more) held.value.push(item)
  return true
}

function choose(shell: Shell, statement: Statement & { kind: 'switch' }, out: Out): void {
  const subject = worth(shell, statement.subject)
  try {
    for (const item of items(subject === undefined ? null : subject)) {
      let matched = false
      shell.write('_', item)
      for (const one of statement.cases) {
        if (one.test === 'default') continue
        const test = evaluate(shell, one.test)
        const fits =
          test instanceof ScriptBlock
            ? truth(gather(inner => runStatements(shell, test.block.body, inner)))
            : same(item, test, statement.caseSensitive)
        if (!fits) continue
        matched = true
        if (!turnOfSwitch(shell, one.body, out)) break
      }
      const last = statement.cases.find(one => one.test === 'default')
      if (!matched && last) turnOfSwitch(shell, last.body, out)
    }
  } catch (error) {
    if (!(error instanceof Leaving && error.kind === 'break')) throw error
  }
}

/** False when `continue` went on to the next item. */
function turnOfSwitch(shell: Shell, body: readonly Statement[], out: Out): boolean {
  try {
    runStatements(shell, body, out)
    return true
  } catch (error) {
    if (error instanceof Leaving && error.kind === 'continue') return false
    throw error
  }
}

/** Whether `catch [type]` takes an error with this exception. */
function catches(types: readonly string[], record: ErrorRecord): boolean {
  if (types.length === 0) return true
  const exception = record.get('Exception')
  const name = exception instanceof PSObject ? exception.type.toLowerCase() : ''
  return types.some(type => {
    const wanted = type.toLowerCase()
    if (['exception', 'system.exception'].includes(wanted)) return true
    if (wanted.includes('.')) return wanted === name || `system.${wanted}` === name
    return wildcard(`*.${wanted}`).test(name)
  })
}

function attempt(shell: Shell, statement: Statement & { kind: 'try' }, out: Out): void {
  const scope = shell.scope
  try {
    const thrown = caught(shell, statement.body, out)
    shell.scope = scope
    if (!thrown) return
    shell.remember(thrown.record)
    const handler = statement.catches.find(one => catches(one.types, thrown.record))
    if (!handler) throw thrown
    const before = shell.read('_')
    shell.write('_', thrown.record)
    runStatements(shell, handler.body, out)
    shell.write('_', before)
  } finally {
    if (statement.last) runStatements(shell, statement.last, out)
  }
}

function caught(shell: Shell, body: readonly Statement[], out: Out): Thrown | undefined {
  shell.tryDepth += 1
  try {
    runStatements(shell, body, out)
    return undefined
  } catch (error) {
    if (error instanceof Thrown) return error
    throw error
  } finally {
    shell.tryDepth -= 1
  }
}

/** What `throw` throws: a text, an error as it is, or, in a catch without a value, the one that was caught. */
function raised(shell: Shell, statement: Statement & { kind: 'throw' }): Thrown {
  const value = statement.value ? worth(shell, statement.value) : shell.read('_')
  if (value instanceof ErrorRecord) return new Thrown(value, true)
  const isException = value instanceof PSObject && value.has('Message')
  const message = isException ? text(value.get('Message')) : statement.value ? text(value) : 'ScriptHalted'
  const type = isException ? value.type : 'System.Management.Automation.RuntimeException'
  const fault = { message, id: message, category: 'OperationStopped', target: message, thrown: value, type }
  return new Thrown(new ErrorRecord(fault, statement.place), true)
}

/** Everything that some work puts out, as one value. */
export function gather(work: (out: Out) => void): Value {
  const outputs: Value[] = []
  work(value => outputs.push(value))
  return collected(outputs)
}
