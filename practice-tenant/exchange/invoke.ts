// Runs pipelines: each element hands its output on as it makes it. The rule it keeps: one object at a time, in order, so that
// what two elements print interleaves as in PowerShell.

import { bind, bindFromPipeline, type Given, requireMandatory } from './bind.ts'
import { openCall } from './call.ts'
import type { Cmdlet, Stream } from './cmdlet.ts'
import { fail, Leaving, refuse } from './errors.ts'
import { runStatements } from './evaluate.ts'
import { evaluate } from './evaluate-expression.ts'
import { functionAsCmdlet } from './functions.ts'
import { redirected } from './redirect.ts'
import { resolve, type Target } from './resolve.ts'
import type { Shell } from './shell.ts'
import type { Block, Element, Place, Statement } from './syntax.ts'
import { collected, Hashtable, items, listed, ScriptBlock, text, type Value } from './values.ts'

export type Out = (value: Value) => void
type Command = Element & { kind: 'command' }

/** Thrown by an element that wants no more input (`Select-Object -First`). */
export class Enough {
  readonly stream: Stream
  constructor(stream: Stream) {
    this.stream = stream
  }
}

export function runPipeline(shell: Shell, pipeline: Statement & { kind: 'pipeline' }, out: Out): void {
  shell.tick()
  shell.ok = true
  const [head, ...rest] = pipeline.elements
  const stages: Stream[] = []
  let next: Stream = { item: out, end: () => {} }
  for (const element of rest.reverse()) {
    next = stage(shell, element as Command, next)
    stages.push(next)
  }
  try {
    if (head?.kind === 'expression')
      redirected(shell, head.redirections, next.item, passed => {
        const value = evaluate(shell, head.value)
        // `$i++` as a statement gives nothing.
        if (head.value.kind !== 'step') for (const item of items(value)) passed(item)
      })
    else if (head) runHead(shell, head, next.item)
    next.end()
  } catch (error) {
    if (!(error instanceof Enough && stages.includes(error.stream))) throw error
    error.stream.end()
  }
}

/** Arguments with their expressions worked out; splats are laid out. */
function given(shell: Shell, command: Command): Given[] {
  return command.arguments.flatMap((one): Given[] => {
    if (one.kind === 'named')
      return [{ name: one.name, value: one.value && evaluate(shell, one.value), hasValue: one.value !== undefined }]
    if (one.kind === 'value') return [{ value: evaluate(shell, one.value) }]
    const splat = shell.read(one.name, '', command.place)
    if (splat instanceof Hashtable)
      return [...splat.entries.values()].map(entry => ({ name: text(entry.key), value: entry.value, hasValue: true }))
    return (listed(splat) ?? [splat]).map(value => ({ value }))
  })
}

/** What a command's name stands for: a command, or a script block after `&` or `.` */
function targetOf(shell: Shell, command: Command): Target | ScriptBlock {
  if (typeof command.name === 'string') return resolve(shell, command.name, command.place)
  const value = evaluate(shell, command.name)
  if (value instanceof ScriptBlock) return value
  if (value === null || value === undefined || text(value) === '')
    fail(
      {
        message: `The expression after '${command.invoked}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
        id: 'BadExpression',
        category: 'InvalidOperation'
      },
      command.place
    )
  return resolve(shell, text(value), command.place)
}

function runHead(shell: Shell, command: Command, out: Out): void {
  redirected(shell, command.redirections, out, passed => {
    const target = targetOf(shell, command)
    const list = given(shell, command)
    if (target instanceof ScriptBlock) return runBlock(shell, target.block, list, undefined, command, passed)
    if ('function' in target)
      return runBlock(shell, target.function.block, list, undefined, command, passed, target.function.name)
    const { cmdlet } = target
    const bound = bind(cmdlet, list, command.place)
    requireMandatory(cmdlet, bound, command.place)
    const call = openCall(shell, cmdlet, bound, command.place, passed)
    if (cmdlet.run) cmdlet.run(call)
    else cmdlet.stream?.(call).end()
  })
}

/** An element that gets its input from the one before it. */
function stage(shell: Shell, command: Command, next: Stream): Stream {
  const target = targetOf(shell, command)
  const list = given(shell, command)
  const within = (work: (out: Out) => void) => redirected(shell, command.redirections, next.item, work)
  if (target instanceof ScriptBlock || 'function' in target) {
    const [block, name] =
      target instanceof ScriptBlock ? [target.block, ''] : [target.function.block, target.function.name]
    const input: Value[] = []
    return {
      item: value => void input.push(value),
      end: () => {
        within(out => runBlock(shell, block, list, input, command, out, name))
        next.end()
      }
    }
  }
  const { cmdlet } = target
  const bound = bind(cmdlet, list, command.place)
  if (!cmdlet.stream) return eachItem(shell, cmdlet, bound, command.place, within, next)
  requireMandatory(cmdlet, bound, command.place)
  let passed: Out = next.item
  const stream = cmdlet.stream(openCall(shell, cmdlet, bound, command.place, value => passed(value)))
  const inside = (work: () => void) =>
    within(out => {
      passed = out
      work()
    })
  const own: Stream = {
    item: value => {
      try {
        inside(() => stream.item(value))
      } catch (error) {
        throw error instanceof Enough && error.stream === stream ? new Enough(own) : error
      }
    },
    end: () => {
      inside(() => stream.end())
      next.end()
    }
  }
  return own
}

/** A cmdlet that runs anew for every object of the pipeline. */
function eachItem(
  shell: Shell,
  cmdlet: Cmdlet,
  bound: Map<string, Value>,
  place: Place,
  within: (work: (out: Out) => void) => void,
  next: Stream
): Stream {
  const spec = cmdlet.parameters.find(one => one.fromPipeline)
  if (!spec || bound.has(spec.name))
    fail(
      {
        message:
          'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
        id: `InputObjectNotBound,${cmdlet.name}`,
        category: 'InvalidArgument',
        type: 'System.Management.Automation.ParameterBindingException',
        by: cmdlet.name
      },
      place
    )
  return {
    item: value => {
      shell.tick()
      const whole = new Map(bound).set(spec.name, bindFromPipeline(cmdlet, spec, value, place))
      requireMandatory(cmdlet, whole, place)
      within(out => cmdlet.run?.(openCall(shell, cmdlet, whole, place, out)))
    },
    end: () => next.end()
  }
}

/** Runs a function or script block with its parameters, in a scope of its own (after `.` in the present one). */
function runBlock(
  shell: Shell,
  block: Block,
  list: readonly Given[],
  input: Value[] | undefined,
  command: Command,
  out: Out,
  name = ''
): void {
  const rest: Value[] = []
  const bound = bind(functionAsCmdlet(name, block), list, command.place, rest)
  const work = () => {
    for (const parameter of block.parameters) {
      const initial = parameter.initial
      const value = bound.has(parameter.name) ? bound.get(parameter.name) : initial && evaluate(shell, initial)
      if (parameter.mandatory && !bound.has(parameter.name))
        requireMandatory(functionAsCmdlet(name, block), bound, command.place)
      shell.declare(parameter.name, value, parameter.type, command.place)
    }
    shell.write('args', rest)
    if (input) shell.write('input', input)
    returning(() => runStatements(shell, block.body, out))
  }
  if (command.invoked === '.' && name === '') work()
  else shell.within(work)
}

/** Runs work that `return` leaves. */
export function returning(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Leaving && error.kind === 'return')) throw error
  }
}

/** Runs a script block with plain arguments, in a scope of its own. */
export function callBlock(shell: Shell, target: ScriptBlock, values: readonly Value[], out: Out): void {
  if (target.block.parameters.length > 0 && values.length === 0) refuse('a script block with param() here')
  shell.within(() => {
    for (const [index, parameter] of target.block.parameters.entries())
      shell.declare(parameter.name, values[index] ?? null, parameter.type)
    shell.write('args', [...values])
    returning(() => runStatements(shell, target.block.body, out))
  })
}

/** Runs a script block for one object of a pipeline: in the present scope, with the object as `$_`. */
export function callForItem(shell: Shell, target: ScriptBlock, item: Value, out: Out): void {
  shell.tick()
  const before = shell.read('_')
  shell.write('_', item)
  try {
    returning(() => runStatements(shell, target.block.body, out))
  } finally {
    shell.write('_', before)
  }
}

/** What a script block is worth for one object. */
export function blockResult(shell: Shell, target: ScriptBlock, item: Value): Value {
  const outputs: Value[] = []
  callForItem(shell, target, item, value => outputs.push(value))
  return collected(outputs)
}
