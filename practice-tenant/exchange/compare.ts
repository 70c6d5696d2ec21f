// Order and equality of values. The rule it keeps: the left side decides by which type two values are compared.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_comparison_operators

import { convert, impossible, numberFrom, versionFrom } from './convert.ts'
import type { Place } from './syntax.ts'
import { Char, Hashtable, listed, Moment, PSObject, text, truth, typeOf, type Value, Version } from './values.ts'

/** -1, 0 or 1: the order of two values by the type of the left one, as -lt and Sort-Object see it. */
export function order(left: Value, right: Value, caseSensitive: boolean, place?: Place): number {
  if (left instanceof Version) {
    const other = right instanceof Version ? right : versionFrom(text(right))
    if (!other) impossible(right, 'System.Version', place)
    for (let index = 0; index < 4; index += 1) {
      const difference = left.part(index) - other.part(index)
      if (difference !== 0) return Math.sign(difference)
    }
    return 0
  }
  if (left instanceof Moment) {
    const other = convert(right, 'datetime', place) as Moment
    return Math.sign(left.time.getTime() - other.time.getTime())
  }
  if (typeof left === 'number' || typeof left === 'boolean') {
    const other = numberFrom(right)
    if (other === undefined) impossible(right, typeOf(left), place, 'Input string was not in a correct format.')
    return Math.sign(Number(left) - other)
  }
  const [a, b] = [text(left), text(right)]
  if (a === b) return 0
  if (!caseSensitive && a.toLowerCase() === b.toLowerCase()) return 0
  return a.localeCompare(b, 'en') < 0 ? -1 : 1
}

/** Whether two values are equal as -eq sees it, by the type of the left one. */
export function same(left: Value, right: Value, caseSensitive: boolean): boolean {
  if (left === null || left === undefined) return right === null || right === undefined
  if (right === null || right === undefined) return false
  if (typeof left === 'string' || left instanceof Char) {
    const [a, b] = [text(left), text(right)]
    return a === b || (!caseSensitive && a.toLowerCase() === b.toLowerCase())
  }
  if (typeof left === 'boolean') return left === truth(right)
  if (typeof left === 'number') return left === numberFrom(right)
  if (left instanceof Version) {
    const other = right instanceof Version ? right : versionFrom(text(right))
    return other !== undefined && order(left, other, true) === 0
  }
  if (left instanceof Moment) return right instanceof Moment && left.time.getTime() === right.time.getTime()
  return (
    left === right ||
    (listed(left) === undefined &&
      text(left) === text(right) &&
      typeOf(left) === typeOf(right) &&
      !(left instanceof PSObject || left instanceof Hashtable))
  )
}
