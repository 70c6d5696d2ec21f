// Methods of values: `.ToLower()`, `.Add()`, `.Replace()` and their like. The rule it keeps: what .NET's method gives back is
// given back, even where it clutters a script's output; a method not known here is an error with PowerShell's words.

import { order, same } from './compare.ts'
import { fail, refuse } from './errors.ts'
import { oneFormatted } from './format-operator.ts'
import { callBlock } from './invoke.ts'
import { ofNetObject } from './net-objects.ts'
import type { Shell } from './shell.ts'
import { ofText } from './string-methods.ts'
import type { Place } from './syntax.ts'
import {
  Bytes,
  GrowingList,
  Hashtable,
  items,
  listed,
  Moment,
  PSObject,
  ScriptBlock,
  TextSet,
  TypeName,
  text,
  typeOf,
  type Value,
  Version
} from './values.ts'

const minuteMs = 60_000
const spans: Readonly<Record<string, number>> = {
  addmilliseconds: 1,
  addseconds: 1000,
  addminutes: minuteMs,
  addhours: 60 * minuteMs,
  adddays: 24 * 60 * minuteMs
}

/** `undefined` from these means that the method is not known; a method that gives nothing gives `nothing`. */
const nothing = new TypeName('System.Void')

function ofList(list: Value[], key: string, given: readonly Value[], grows: string | undefined): Value {
  const [first] = given
  switch (key) {
    case 'contains':
      return list.some(item => same(item, first as Value, true))
    case 'indexof':
      return list.findIndex(item => same(item, first as Value, true))
    case 'clone':
    case 'toarray':
      return [...list]
  }
  if (grows === undefined) return undefined
  switch (key) {
    case 'add':
      list.push(first as Value)
      // An ArrayList tells the place of the new item, a generic list says nothing.
      return grows.endsWith('ArrayList') ? list.length - 1 : nothing
    case 'addrange':
      list.push(...items(first))
      return nothing
    case 'clear':
      list.length = 0
      return nothing
    case 'remove': {
      const at = list.findIndex(item => same(item, first as Value, true))
      if (at >= 0) list.splice(at, 1)
      return grows.endsWith('ArrayList') ? nothing : at >= 0
    }
    case 'insert':
      list.splice(Number(first), 0, given[1] as Value)
      return nothing
    case 'sort':
      list.sort((a, b) => order(a, b, false))
      return nothing
  }
  return undefined
}

function ofSet(set: TextSet, key: string, given: readonly Value[]): Value {
  const item = text(given[0])
  switch (key) {
    case 'add': {
      const isNew = !set.items.has(set.key(item))
      if (isNew) set.items.set(set.key(item), item)
      return isNew
    }
    case 'contains':
      return set.items.has(set.key(item))
    case 'remove':
      return set.items.delete(set.key(item))
    case 'clear':
      set.items.clear()
      return nothing
  }
  return undefined
}

function ofTable(table: Hashtable, key: string, given: readonly Value[], place: Place): Value {
  const [first] = given
  switch (key) {
    case 'contains':
    case 'containskey':
      return table.has(first as Value)
    case 'containsvalue':
      return [...table.entries.values()].some(entry => same(entry.value, first as Value, true))
    case 'add':
      if (table.has(first as Value))
        fail(
          {
            message: `Item has already been added. Key in dictionary: '${text(first)}'  Key being added: '${text(first)}'`,
            id: 'ArgumentException',
            category: 'NotSpecified'
          },
          place
        )
      table.set(first as Value, given[1] as Value)
      return nothing
    case 'remove':
      table.remove(first as Value)
      return nothing
    case 'clear':
      table.entries.clear()
      return nothing
    case 'getenumerator':
      return [...table.entries.values()].map(
        entry =>
          new PSObject('System.Collections.DictionaryEntry', { Name: entry.key, Key: entry.key, Value: entry.value })
      )
  }
  return undefined
}

function ofMoment(moment: Moment, key: string, given: readonly Value[]): Value {
  const span = spans[key]
  if (span !== undefined) return new Moment(new Date(moment.time.getTime() + Number(given[0]) * span))
  if (key === 'touniversaltime' || key === 'tolocaltime') return moment
  return undefined
}

/** What every value can do. */
function ofAll(target: Value, key: string, given: readonly Value[], place: Place): Value {
  switch (key) {
    case 'tostring':
      return given.length > 0 ? oneFormatted(target, text(given[0]), place) : text(target)
    case 'gettype':
      return new TypeName(typeOf(target))
    case 'equals':
      return same(target, given[0] as Value, true)
    case 'compareto':
      return order(target, given[0] as Value, true)
    case 'dispose':
      return nothing
  }
  return undefined
}

function ofThing(shell: Shell, target: Value, key: string, given: readonly Value[], place: Place): Value {
  if (typeof target === 'string') return ofText(shell, target, key, given, place)
  if (target instanceof GrowingList) return ofList(target.items, key, given, target.type)
  if (target instanceof TextSet) return ofSet(target, key, given)
  if (Array.isArray(target)) return ofList(target, key, given, undefined)
  if (target instanceof Bytes) return undefined
  if (target instanceof Hashtable) return ofTable(target, key, given, place)
  if (target instanceof Moment) return ofMoment(target, key, given)
  if (target instanceof PSObject) return ofNetObject(target, key, given)
  if (target instanceof Version) return undefined
  if (target instanceof ScriptBlock && key === 'invoke') {
    const outputs: Value[] = []
    callBlock(shell, target, given, value => outputs.push(value))
    return outputs
  }
  return undefined
}

export function callMethod(shell: Shell, target: Value, name: string, given: readonly Value[], place: Place): Value {
  const key = name.toLowerCase()
  if (target === null || target === undefined)
    fail(
      {
        message: 'You cannot call a method on a null-valued expression.',
        id: 'InvokeMethodOnNull',
        category: 'InvalidOperation'
      },
      place
    )
  if (key === 'foreach' || key === 'where') refuse(`the method .${name}()`, place)
  const found = ofThing(shell, target, key, given, place) ?? ofAll(target, key, given, place)
  if (found === nothing) return undefined
  if (found !== undefined) return found
  if (listed(target)) {
    // A method asked of a list is asked of every item.
    const each = (listed(target) as Value[]).map(item => callMethod(shell, item, name, given, place))
    return each.length === 1 ? each[0] : each
  }
  return fail(
    {
      message: `Method invocation failed because [${typeOf(target)}] does not contain a method named '${name}'.`,
      id: 'MethodNotFound',
      category: 'InvalidOperation',
      target: name
    },
    place
  )
}
