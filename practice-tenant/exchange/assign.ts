// Puts a value where an assignment points: a variable, a property, an item of a list or table, or several at once.

import { convert } from './convert.ts'
import { fail, refuse } from './errors.ts'
import { evaluate } from './evaluate-expression.ts'
import type { Shell } from './shell.ts'
import type { Expression } from './syntax.ts'
import { GrowingList, Hashtable, items, PSObject, text, type Value } from './values.ts'

/** Preferences that would change what this console does, in ways it does not follow. */
const notFollowed = new Set(['psdefaultparametervalues', 'ofs', 'formatenumerationlimit', 'whatifpreference'])

export function assignInto(shell: Shell, target: Expression, given: Value): undefined {
  const value = given === undefined && target.kind !== 'variable' ? null : given
  switch (target.kind) {
    case 'variable': {
      if (target.scope === 'env') refuse('a change of an environment variable', target.place)
      if (notFollowed.has(target.name)) refuse(`the variable $${target.name}`, target.place)
      const scope = target.scope === 'private' ? 'local' : target.scope
      const type = shell.declared(target.name, scope)
      const name = target.name === 'psitem' ? '_' : target.name
      shell.write(name, type ? convert(value, type, target.place) : value, scope, type, target.place)
      return
    }
    case 'cast': {
      const converted = convert(value, target.type, target.place)
      const inner = target.operand
      if (inner.kind !== 'variable') assignInto(shell, inner, converted)
      else shell.write(inner.name, converted, inner.scope, target.type, target.place)
      return
    }
    case 'member': {
      const object = evaluate(shell, target.target)
      const name = text(evaluate(shell, target.name))
      if (object instanceof Hashtable || (object instanceof PSObject && object.has(name))) {
        object.set(name, value)
        return
      }
      return fail(
        {
          message: `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
          id: 'PropertyNotFound',
          category: 'InvalidOperation'
        },
        target.place
      )
    }
    case 'index': {
      const object = evaluate(shell, target.target)
      const index = evaluate(shell, target.index)
      if (object instanceof Hashtable) {
        object.set(index, value)
        return
      }
      const list = Array.isArray(object) ? object : object instanceof GrowingList ? object.items : undefined
      if (!list) {
        const message =
          object === null || object === undefined
            ? 'Cannot index into a null array.'
            : 'Unable to index into this object.'
        fail({ message, id: 'NullArray', category: 'InvalidOperation' }, target.place)
      }
      const at = Number(text(index))
      const position = at < 0 ? list.length + at : at
      if (!Number.isInteger(position) || position < 0 || position >= list.length)
        fail(
          {
            message: 'Index was outside the bounds of the array.',
            id: 'System.IndexOutOfRangeException',
            category: 'OperationStopped'
          },
          target.place
        )
      list[position] = value
      return
    }
    case 'list': {
      const values = items(value)
      for (const [index, one] of target.items.entries()) {
        const last = index === target.items.length - 1
        const rest = values.slice(index)
        assignInto(shell, one, last && rest.length > 1 ? [...rest] : (rest[0] ?? null))
      }
      return
    }
    default:
      return refuse('an assignment to this')
  }
}
