// `[...]` behind a value. The rule it keeps: reading past the end of a list gives nothing, and $null cannot be indexed.

import { numberFrom } from './convert.ts'
import { fail } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import { Char, Hashtable, listed, text, type Value } from './values.ts'

export function indexed(shell: Shell, target: Value, index: Value, place: Place): Value {
  if (target === null || target === undefined)
    fail({ message: 'Cannot index into a null array.', id: 'NullArray', category: 'InvalidOperation' }, place)
  const several = Array.isArray(index) ? index : undefined
  if (target instanceof Hashtable) return several ? several.map(key => target.get(key)) : hashed(target, index)
  const list = listed(target)
  if (several) return several.map(one => indexed(shell, target, one, place)).filter(one => one !== undefined)
  const at = numberFrom(index)
  if (at === undefined)
    fail(
      {
        message: `Cannot convert value "${text(index)}" to type "System.Int32". Error: "Input string was not in a correct format."`,
        id: 'InvalidCast',
        category: 'InvalidArgument'
      },
      place
    )
  const from = (length: number) => (at < 0 ? length + at : at)
  if (list) {
    const found = list[from(list.length)]
    if (found === undefined && shell.strictness >= 3)
      fail(
        {
          message: 'Index was outside the bounds of the array.',
          id: 'System.IndexOutOfRangeException',
          category: 'OperationStopped'
        },
        place
      )
    return found ?? null
  }
  if (typeof target === 'string') {
    const char = target[from(target.length)]
    return char === undefined ? null : new Char(char.charCodeAt(0))
  }
  if (at === 0 || at === -1) return target
  return null
}

/** A table's value by key; an ordered one by place too. */
function hashed(table: Hashtable, index: Value): Value {
  if (table.type.endsWith('OrderedDictionary') && typeof index === 'number')
    return [...table.entries.values()][index]?.value ?? null
  return table.get(index)
}
