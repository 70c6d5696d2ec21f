// Values to JSON and back, for ConvertTo-Json and ConvertFrom-Json.

import { looseProperty, propertyNames } from './properties.ts'
import { customObject, Hashtable, listed, PSObject, text, type Value } from './values.ts'

function plain(value: Value, depth: number): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  const list = listed(value)
  if (list) return depth < 0 ? text(value) : list.map(item => plain(item, depth - 1))
  if (!(value instanceof PSObject || value instanceof Hashtable) || depth < 0) return text(value)
  return Object.fromEntries(propertyNames(value).map(name => [name, plain(looseProperty(value, name), depth - 1)]))
}

/** Beyond `depth` an object is its text, as PowerShell has it. */
export function toJson(value: Value, depth: number, compress: boolean): string {
  return JSON.stringify(plain(value, depth), undefined, compress ? 0 : 2)
}

export function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromJson)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  const entries = Object.entries(value as Record<string, unknown>).map(([name, one]) => [name, fromJson(one)] as const)
  return new PSObject(customObject, Object.fromEntries(entries))
}
