// What each operator does. The rule it keeps: PowerShell's own asymmetries: the left side decides the type, a list on the
// left of a comparison filters, and letters' case counts only in the `c` forms.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_operators

import { order, same } from './compare.ts'
import { convert, knownType, numberFrom } from './convert.ts'
import { fail, LimitReached, refuse } from './errors.ts'
import { formatted } from './format-operator.ts'
import { pattern, wildcard } from './patterns.ts'
import type { Place } from './syntax.ts'
import { Char, Hashtable, items, listed, PSObject, TypeName, text, truth, typeOf, type Value } from './values.ts'

const longestText = 20_000_000
export const longestList = 2_000_000

function add(left: Value, right: Value, place: Place): Value {
  const list = listed(left)
  if (list) {
    if (list.length > longestList) throw new LimitReached('A list has grown too long.')
    return [...list, ...items(right === undefined ? null : right)]
  }
  if (left === null || left === undefined) return right
  if (left instanceof Hashtable && right instanceof Hashtable) {
    const sum = new Hashtable(false)
    for (const table of [left, right]) for (const { key, value } of table.entries.values()) sum.set(key, value)
    return sum
  }
  if (typeof left === 'number') return left + number(right, place)
  if (typeof left === 'string' || left instanceof Char) {
    const sum = text(left) + text(right)
    if (sum.length > longestText) throw new LimitReached('A text has grown too long.')
    return sum
  }
  return noOperator('op_Addition', left, place)
}

function noOperator(name: string, left: Value, place: Place): never {
  fail(
    {
      message: `Method invocation failed because [${typeOf(left)}] does not contain a method named '${name}'.`,
      id: 'MethodNotFound',
      category: 'InvalidOperation'
    },
    place
  )
}

function number(value: Value, place: Place): number {
  const found = numberFrom(value)
  return found ?? (convert(value, 'int', place) as number)
}

function arithmetic(operator: string, left: Value, right: Value, place: Place): Value {
  if (operator === '*' && typeof left === 'string') {
    const times = Math.max(0, number(right, place))
    if (left.length * times > longestText) throw new LimitReached('A text has grown too long.')
    return left.repeat(times)
  }
  if (listed(left) || (typeof left === 'object' && left !== null && !(left instanceof Char)))
    return noOperator(operator === '-' ? 'op_Subtraction' : 'op_Multiply', left, place)
  const [a, b] = [number(left, place), number(right, place)]
  if ((operator === '/' || operator === '%') && b === 0)
    fail({ message: 'Attempted to divide by zero.', id: 'RuntimeException', category: 'NotSpecified' }, place)
  return operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b
}

/** Splits by a pattern; captured groups are kept, as .NET does. */
export function split(left: Value, right: Value, caseSensitive: boolean): Value[] {
  const parts = items(right)
  const by = pattern(text(parts[0]), caseSensitive)
  const most = Number(parts[1] ?? 0)
  return items(left).flatMap(item => {
    const all = text(item)
      .split(by)
      .map(part => part ?? '')
    if (most <= 0 || all.length <= most) return all
    const whole = text(item)
    const kept: string[] = []
    let at = 0
    const finder = new RegExp(by.source, `${by.flags.replace('g', '')}g`)
    for (const match of whole.matchAll(finder)) {
      if (kept.length === most - 1) break
      kept.push(whole.slice(at, match.index))
      at = match.index + match[0].length
    }
    return [...kept, whole.slice(at)]
  })
}

/** Comparisons of one value; on a list each item is asked and those that pass are kept. */
const tests: Readonly<Record<string, (left: Value, right: Value, exact: boolean, place: Place) => boolean>> = {
  eq: same,
  ne: (left, right, exact) => !same(left, right, exact),
  gt: (left, right, exact, place) => order(left, right, exact, place) > 0,
  ge: (left, right, exact, place) => order(left, right, exact, place) >= 0,
  lt: (left, right, exact, place) => order(left, right, exact, place) < 0,
  le: (left, right, exact, place) => order(left, right, exact, place) <= 0,
  like: (left, right, exact) => wildcard(text(right), exact).test(text(left)),
  notlike: (left, right, exact) => !wildcard(text(right), exact).test(text(left)),
  match: (left, right, exact) => pattern(text(right), exact).test(text(left)),
  notmatch: (left, right, exact) => !pattern(text(right), exact).test(text(left))
}

function isOfType(left: Value, right: Value, place: Place): boolean {
  const wanted = right instanceof TypeName ? right.name : text(right)
  const known = knownType(wanted)
  if (known === undefined) refuse(`the type [${wanted}]`, place)
  if (known === 'array' || known === 'object[]') return Array.isArray(left)
  if (known === 'object') return left !== null && left !== undefined
  if (known === 'pscustomobject' || known === 'psobject') return left instanceof PSObject
  return knownType(typeOf(left)) === known
}

/** A binary operator but `-and` and `-or`, which the evaluator decides itself. `matches` receives what -match found. */
export function binary(
  operator: string,
  left: Value,
  right: Value,
  place: Place,
  matches: (found: RegExpExecArray) => void
): Value {
  const exact = operator.startsWith('c') && operator !== 'contains'
  const plain = exact ? operator.slice(1) : operator
  const test = tests[plain]
  if (test) {
    const list = listed(left)
    if (list) return list.filter(item => test(item, right, exact, place))
    const found = plain === 'match' ? pattern(text(right), exact).exec(text(left)) : null
    if (found) matches(found)
    return test(left, right, exact, place)
  }
  switch (plain) {
    case '+':
      return add(left, right, place)
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(plain, left, right, place)
    case 'f':
      return formatted(text(left), Array.isArray(right) ? right : [right], place)
    case '..':
      return range(number(left, place), number(right, place))
    case 'contains':
      return items(left).some(item => same(item, right, exact))
    case 'notcontains':
      return !items(left).some(item => same(item, right, exact))
    case 'in':
      return items(right).some(item => same(item, left, exact))
    case 'notin':
      return !items(right).some(item => same(item, left, exact))
    case 'xor':
      return truth(left) !== truth(right)
    case 'join':
      return items(left).map(text).join(text(right))
    case 'split':
      return split(left, right, exact)
    case 'replace': {
      const [by, into] = items(right)
      const finder = pattern(text(by), exact, 'g')
      const replace = (item: Value) => text(item).replace(finder, text(into).replace(/\$\{(\w+)\}/g, '$<$1>'))
      const list = listed(left)
      return list ? list.map(replace) : replace(left)
    }
    case 'is':
      return isOfType(left, right, place)
    case 'isnot':
      return !isOfType(left, right, place)
    case 'as':
      return convert(left, right instanceof TypeName ? right.name : text(right), place)
    default:
      return refuse(`the operator -${operator}`, place)
  }
}

function range(from: number, to: number): number[] {
  if (Math.abs(to - from) > longestList) throw new LimitReached('A range is too long.')
  const step = to < from ? -1 : 1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + index * step)
}
