// `.name` behind a value. The rule it keeps: a property that is not there is $null, or an error under strict mode; asked of a
// list it is asked of every item; `.Count` of one custom object is empty in Windows PowerShell and 1 in PowerShell 7.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_properties

import { fail } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import { Char, Hashtable, listed, Moment, PSObject, TypeName, text, type Value, Version } from './values.ts'

const versionParts = ['major', 'minor', 'build', 'revision']

/** A property that the value really has; undefined when it has none of that name. */
function own(target: Value, name: string): Value {
  const key = name.toLowerCase()
  if (typeof target === 'string') return key === 'length' ? target.length : undefined
  if (target instanceof Hashtable) {
    if (target.has(name)) return target.get(name)
    if (key === 'count') return target.entries.size
    if (key === 'keys') return [...target.entries.values()].map(entry => entry.key)
    if (key === 'values') return [...target.entries.values()].map(entry => entry.value)
    return undefined
  }
  if (target instanceof PSObject) return target.has(name) ? (target.get(name) ?? null) : undefined
  if (target instanceof Version) {
    const index = versionParts.indexOf(key)
    return index < 0 ? undefined : target.part(index)
  }
  if (target instanceof Moment) return ofMoment(target, key)
  if (target instanceof TypeName)
    return key === 'fullname' ? target.name : key === 'name' ? target.name.split('.').at(-1) : undefined
  if (target instanceof Char) return undefined
  return undefined
}

function ofMoment(moment: Moment, key: string): Value {
  const { time } = moment
  const table: Record<string, Value> = {
    year: time.getUTCFullYear(),
    month: time.getUTCMonth() + 1,
    day: time.getUTCDate(),
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
    second: time.getUTCSeconds(),
    millisecond: time.getUTCMilliseconds()
  }
  return table[key]
}

function missing(shell: Shell, name: string, place: Place): Value {
  if (shell.strictness < 2) return null
  return fail(
    {
      message: `The property '${name}' cannot be found on this object. Verify that the property exists.`,
      id: 'PropertyNotFoundStrict',
      category: 'NotSpecified',
      type: 'System.Management.Automation.PropertyNotFoundException'
    },
    place
  )
}

export function property(shell: Shell, target: Value, name: string, place: Place): Value {
  const key = name.toLowerCase()
  const list = listed(target)
  if (list) {
    if (key === 'count' || key === 'length') return list.length
    if (key === 'rank' || key === 'isfixedsize') return missing(shell, name, place)
    const found = list.map(item => (listed(item) ? property(shell, item, name, place) : own(item, name)))
    const present = found.filter(one => one !== undefined)
    if (present.length === 0) return list.length === 0 ? null : missing(shell, name, place)
    return present.length === 1 ? present[0] : present.flatMap(one => listed(one) ?? [one])
  }
  const found = own(target, name)
  if (found !== undefined) return found
  if ((key === 'count' || key === 'length') && shell.strictness < 2) {
    if (target === null || target === undefined) return key === 'count' ? 0 : shell.edition === '5.1' ? null : 0
    if (shell.edition === '5.1' && target instanceof PSObject) return null
    return 1
  }
  return missing(shell, name, place)
}

/** A property by name for the pipeline's cmdlets, which never complain: undefined when it is not there. */
export function looseProperty(target: Value, name: string): Value {
  if (listed(target))
    return name.toLowerCase() === 'count' || name.toLowerCase() === 'length' ? listed(target)?.length : undefined
  return own(target, name)
}

/** The names of a value's properties, for `*` and for showing it. */
export function propertyNames(target: Value): string[] {
  if (target instanceof PSObject) return target.names()
  if (target instanceof Hashtable) return [...target.entries.values()].map(entry => text(entry.key))
  if (target instanceof Version) return ['Major', 'Minor', 'Build', 'Revision']
  if (typeof target === 'string') return ['Length']
  return []
}
