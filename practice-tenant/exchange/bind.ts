// Gives a command's arguments to its parameters. The rule it keeps: PowerShell's own: a name may be shortened while it stays
// unambiguous, an unknown one is an error, and a mandatory one that is missing is asked for - which this console cannot be.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parameter_binding

import type { Cmdlet, ParameterSpec } from './cmdlet.ts'
import { convert } from './convert.ts'
import { fail, refuse } from './errors.ts'
import type { Place } from './syntax.ts'
import { items, listed, ScriptBlock, text, typeOf, type Value } from './values.ts'

/** An argument after its expression was worked out. */
export type Given = { name: string; value: Value; hasValue: boolean } | { value: Value }

function bindingFault(message: string, id: string, cmdlet: Cmdlet, place: Place): never {
  fail(
    {
      message,
      id: `${id},${cmdlet.name}`,
      category: 'InvalidArgument',
      type: 'System.Management.Automation.ParameterBindingException',
      by: cmdlet.name
    },
    place
  )
}

/** The parameter that a name or its beginning means. */
export function findParameter(cmdlet: Cmdlet, name: string, place: Place): ParameterSpec {
  const wanted = name.toLowerCase()
  const exact = cmdlet.parameters.find(
    one => one.name.toLowerCase() === wanted || one.aliases.some(alias => alias === wanted)
  )
  if (exact) return exact
  const near = cmdlet.parameters.filter(one => one.name.toLowerCase().startsWith(wanted))
  if (near.length > 1) {
    const list = near.map(one => `-${one.name}`).join(' ')
    bindingFault(
      `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${list}.`,
      'AmbiguousParameter',
      cmdlet,
      place
    )
  }
  const found = near[0]
  if (!found)
    bindingFault(
      `A parameter cannot be found that matches parameter name '${name}'.`,
      'NamedParameterNotFound',
      cmdlet,
      place
    )
  return found
}

function unfit(spec: ParameterSpec, cmdlet: Cmdlet, value: Value, type: string, place: Place): never {
  bindingFault(
    `Cannot process argument transformation on parameter '${spec.name}'. Cannot convert value "${listed(value) ? 'System.Object[]' : text(value)}" to type "${type}".`,
    'ParameterArgumentTransformationError',
    cmdlet,
    place
  )
}

function allowed(spec: ParameterSpec, cmdlet: Cmdlet, one: string, place: Place): string {
  if (spec.allowed.length === 0) return one
  const found = spec.allowed.find(value => value.toLowerCase() === one.toLowerCase())
  if (found === undefined)
    bindingFault(
      `Cannot bind parameter '${spec.name}'. Cannot convert value "${one}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${spec.allowed.join(', ')}".`,
      'CannotConvertArgumentNoMessage',
      cmdlet,
      place
    )
  return found
}

/** A value as its parameter wants it. */
function fitted(spec: ParameterSpec, cmdlet: Cmdlet, value: Value, place: Place): Value {
  const empty = value === null || value === undefined
  if (spec.mandatory && (empty || value === '')) {
    const what = empty ? 'null' : 'an empty string'
    bindingFault(
      `Cannot bind argument to parameter '${spec.name}' because it is ${what}.`,
      empty
        ? 'ParameterArgumentValidationErrorNullNotAllowed'
        : 'ParameterArgumentValidationErrorEmptyStringNotAllowed',
      cmdlet,
      place
    )
  }
  switch (spec.type) {
    case 'string':
    case 'action':
      if (listed(value)) unfit(spec, cmdlet, value, 'System.String', place)
      return empty ? null : allowed(spec, cmdlet, text(value), place)
    case 'strings':
      return empty ? null : items(value).map(item => allowed(spec, cmdlet, text(item), place))
    case 'switch':
      if (typeof value !== 'boolean')
        bindingFault(
          `Cannot convert value "${text(value)}" to type "System.Management.Automation.SwitchParameter". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
          'CannotConvertArgument',
          cmdlet,
          place
        )
      return value
    case 'bool?':
    case 'bool':
      if (spec.type === 'bool?' && empty) return null
      if (typeof value === 'number') return value !== 0
      if (typeof value !== 'boolean')
        bindingFault(
          `Cannot process argument transformation on parameter '${spec.name}'. Cannot convert value "${typeOf(value)}" to type "System.Boolean". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
          'ParameterArgumentTransformationError',
          cmdlet,
          place
        )
      return value
    case 'int':
      return convert(value, 'int', place)
    case 'block':
      return value instanceof ScriptBlock
        ? value
        : unfit(spec, cmdlet, value, 'System.Management.Automation.ScriptBlock', place)
    default:
      return value
  }
}

/** All arguments by parameter name. Positional ones take the free positions in order; `rest` takes those beyond. */
export function bind(cmdlet: Cmdlet, given: readonly Given[], place: Place, rest?: Value[]): Map<string, Value> {
  const bound = new Map<string, Value>()
  const set = (spec: ParameterSpec, value: Value) => {
    if (!spec.simulated) refuse(`the parameter -${spec.name} of ${cmdlet.name}`, place)
    if (bound.has(spec.name))
      bindingFault(
        `Cannot bind parameter because parameter '${spec.name}' is specified more than once.`,
        'ParameterAlreadyBound',
        cmdlet,
        place
      )
    bound.set(spec.name, fitted(spec, cmdlet, value, place))
  }
  const loose: Value[] = []
  for (let index = 0; index < given.length; index += 1) {
    const one = given[index] as Given
    if (!('name' in one)) {
      loose.push(one.value)
      continue
    }
    const spec = findParameter(cmdlet, one.name, place)
    if (one.hasValue) set(spec, one.value)
    else if (spec.type === 'switch') set(spec, true)
    else {
      const next = given[index + 1]
      if (!next || 'name' in next)
        bindingFault(
          `Missing an argument for parameter '${spec.name}'. Specify a parameter of type 'System.String' and try again.`,
          'MissingArgument',
          cmdlet,
          place
        )
      set(spec, next.value)
      index += 1
    }
  }
  const free = cmdlet.parameters
    .filter(spec => spec.position !== undefined && !bound.has(spec.name))
    .sort((a, b) => (a.position as number) - (b.position as number))
  for (const [index, value] of loose.entries()) {
    const spec = free[index]
    if (!spec && rest) rest.push(value)
    else if (!spec)
      bindingFault(
        `A positional parameter cannot be found that accepts argument '${text(value)}'.`,
        'PositionalParameterNotFound',
        cmdlet,
        place
      )
    else set(spec, value)
  }
  return bound
}

/** The mandatory parameters that nothing was given for. */
export function requireMandatory(cmdlet: Cmdlet, bound: ReadonlyMap<string, Value>, place: Place): void {
  const missing = cmdlet.parameters.filter(spec => spec.mandatory && !bound.has(spec.name)).map(spec => spec.name)
  if (missing.length > 0)
    bindingFault(
      `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`,
      'MissingMandatoryParameter',
      cmdlet,
      place
    )
}

/** Binds one object of a pipeline to the parameter that takes it. */
export function bindFromPipeline(cmdlet: Cmdlet, spec: ParameterSpec, value: Value, place: Place): Value {
  return fitted(spec, cmdlet, value, place)
}
