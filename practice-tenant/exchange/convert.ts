// Conversions between types, as a cast or a parameter makes them. The rule it keeps: what .NET would not convert is an
// error with PowerShell's words; a type this console does not know is refused.

import { fail, refuse } from './errors.ts'
import type { Place } from './syntax.ts'
import {
  Bytes,
  Char,
  customObject,
  GrowingList,
  Hashtable,
  items,
  Moment,
  PSObject,
  text,
  truth,
  type Value,
  Version
} from './values.ts'

/** Short and long names of one type are one name: `[string]`, `[System.String]`, `[String]`. */
const knownTypes: Readonly<Record<string, string>> = {
  string: 'string',
  int: 'int',
  int32: 'int',
  long: 'long',
  int64: 'long',
  double: 'double',
  bool: 'bool',
  boolean: 'bool',
  char: 'char',
  byte: 'byte',
  version: 'version',
  guid: 'guid',
  datetime: 'datetime',
  array: 'array',
  object: 'object',
  psobject: 'psobject',
  pscustomobject: 'pscustomobject',
  'management.automation.pscustomobject': 'pscustomobject',
  hashtable: 'hashtable',
  'collections.hashtable': 'hashtable',
  ordered: 'ordered',
  void: 'void',
  switch: 'switch',
  'management.automation.switchparameter': 'switch',
  scriptblock: 'scriptblock',
  regex: 'regex',
  'text.regularexpressions.regex': 'regex',
  timespan: 'timespan',
  math: 'math',
  environment: 'environment',
  convert: 'convert',
  bitconverter: 'bitconverter',
  stringcomparer: 'stringcomparer',
  stringcomparison: 'stringcomparison',
  'text.encoding': 'encoding',
  'text.utf8encoding': 'utf8encoding',
  'text.stringbuilder': 'stringbuilder',
  'io.path': 'path',
  'io.file': 'file',
  'security.cryptography.sha256': 'sha256',
  'security.cryptography.sha256managed': 'sha256',
  'collections.arraylist': 'arraylist'
}

/** The one name of a type, in lower case, with `[]` behind it for arrays; undefined when the console knows it not. */
export function knownType(name: string): string | undefined {
  const lowered = name.toLowerCase().replace(/^system\./, '')
  if (lowered.endsWith('[]')) {
    const item = knownType(lowered.slice(0, -2))
    return item && `${item}[]`
  }
  const generic = /^collections\.generic\.(list|hashset)\[(?:system\.)?(string|object|psobject|pscustomobject)\]$/.exec(
    lowered
  )
  if (generic) return `${generic[1]}[${generic[2]}]`
  return knownTypes[lowered]
}

/** A number out of text, as PowerShell reads it: blanks around, hexadecimal, exponents. */
export function numberFrom(value: Value): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || value === undefined) return 0
  if (value instanceof Char) return value.code
  if (typeof value !== 'string') return undefined
  const plain = value.trim()
  if (plain === '') return 0
  if (!/^[+-]?(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)$/i.test(plain)) return undefined
  return Number(plain)
}

/** .NET rounds halves to the even neighbour: `[int]2.5` is 2. */
function rounded(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  return rest === 0.5 ? (low % 2 === 0 ? low : low + 1) : Math.round(value)
}

export function impossible(value: Value, type: string, place: Place | undefined, because = ''): never {
  const shown = typeof value === 'string' ? value : text(value)
  fail(
    {
      message: `Cannot convert value "${shown}" to type "${type}".${because && ` Error: "${because}"`}`,
      id: 'InvalidCastFromStringToInteger',
      category: 'InvalidArgument',
      type: 'System.Management.Automation.PSInvalidCastException'
    },
    place
  )
}

/** A version out of two to four numbers with dots; undefined when the text is none. */
export function versionFrom(value: string): Version | undefined {
  return /^\d+(?:\.\d+){1,3}$/.test(value.trim()) ? new Version(value.trim().split('.').map(Number)) : undefined
}

const guidForm = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i

/** A GUID is kept as its text, in lower case. */
export function guidFromText(value: string): string | undefined {
  return guidForm.exec(value.trim())?.[1]?.toLowerCase()
}

/** Casts a value: `[type]value`. */
export function convert(value: Value, type: string, place?: Place): Value {
  const known = knownType(type)
  if (known === undefined) refuse(`the type [${type}]`, place)
  if (known.endsWith('[]')) {
    if (known === 'byte[]' && value instanceof Bytes) return value
    if (value === null || value === undefined) return value === undefined ? [] : null
    const list = items(value).map(item => convert(item, known.slice(0, -2), place))
    return known === 'byte[]' ? new Bytes(Uint8Array.from(list as number[])) : list
  }
  if (known.startsWith('list[')) return new GrowingList('System.Collections.Generic.List`1', [...items(value)])
  switch (known) {
    case 'string':
      return text(value)
    case 'int':
    case 'long':
    case 'byte':
    case 'double': {
      const number = numberFrom(value)
      const shown = `System.${{ int: 'Int32', long: 'Int64', byte: 'Byte', double: 'Double' }[known]}`
      if (number === undefined) impossible(value, shown, place, 'Input string was not in a correct format.')
      if (known === 'double') return number
      const whole = rounded(number)
      const limit = known === 'int' ? 2 ** 31 : known === 'byte' ? 256 : 2 ** 63
      if (whole >= limit || whole < (known === 'byte' ? 0 : -limit))
        impossible(
          value,
          shown,
          place,
          `Value was either too large or too small for ${shown === 'System.Int32' ? 'an Int32' : shown}.`
        )
      return whole
    }
    case 'bool':
    case 'switch':
      return truth(value)
    case 'char': {
      if (value instanceof Char) return value
      if (typeof value === 'string' && value.length === 1) return new Char(value.charCodeAt(0))
      if (typeof value !== 'number' || value < 0 || value > 0xffff) impossible(value, 'System.Char', place)
      return new Char(value)
    }
    case 'version': {
      if (value instanceof Version) return value
      return versionFrom(text(value)) ?? impossible(value, 'System.Version', place)
    }
    case 'guid':
      return guidFromText(text(value)) ?? impossible(value, 'System.Guid', place)
    case 'datetime': {
      if (value instanceof Moment) return value
      const time = new Date(text(value))
      return Number.isNaN(time.getTime()) ? impossible(value, 'System.DateTime', place) : new Moment(time)
    }
    case 'array':
      return [...items(value)]
    case 'object':
    case 'psobject':
      return value
    case 'void':
      return undefined
    case 'pscustomobject':
      return value instanceof Hashtable ? fromHashtable(value) : value
    case 'hashtable':
      return value instanceof Hashtable || value === null
        ? value
        : impossible(value, 'System.Collections.Hashtable', place)
    case 'arraylist':
      return new GrowingList('System.Collections.ArrayList', [...items(value)])
    default:
      return refuse(`a cast to [${type}]`, place)
  }
}

/** `[pscustomobject]@{...}` */
export function fromHashtable(table: Hashtable): PSObject {
  const object = new PSObject(customObject)
  for (const { key, value } of table.entries.values()) object.set(text(key), value)
  return object
}
