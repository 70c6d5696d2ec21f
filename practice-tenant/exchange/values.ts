// The values a script works with, and how PowerShell turns them into text, truth and lists.
// The rule it keeps: names of properties and keys are found whatever the case of their letters, as everywhere in PowerShell.

import type { Block } from './syntax.ts'

/** `undefined` is "no output at all", which a pipeline does not carry on; `null` is `$null`, which it does. */
export type Value = undefined | null | string | number | boolean | Value[] | Thing

/** Everything that is not a plain value. */
export abstract class Thing {
  abstract readonly type: string
  abstract toString(): string
}

export class Char extends Thing {
  readonly type = 'System.Char'
  readonly code: number
  constructor(code: number) {
    super()
    this.code = code
  }
  toString(): string {
    return String.fromCharCode(this.code)
  }
}

export class Bytes extends Thing {
  readonly type = 'System.Byte[]'
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
  }
  toString(): string {
    return [...this.bytes].join(' ')
  }
}

export class TypeName extends Thing {
  readonly type = 'System.RuntimeType'
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  toString(): string {
    return this.name
  }
}

export class ScriptBlock extends Thing {
  readonly type = 'System.Management.Automation.ScriptBlock'
  readonly block: Block
  constructor(block: Block) {
    super()
    this.block = block
  }
  toString(): string {
    return this.block.source
  }
}

export class Version extends Thing {
  readonly type = 'System.Version'
  readonly parts: readonly number[]
  constructor(parts: readonly number[]) {
    super()
    this.parts = parts
  }
  /** Major, Minor, Build, Revision; -1 where none was given, as .NET has it. */
  part(index: number): number {
    return this.parts[index] ?? -1
  }
  toString(): string {
    return this.parts.join('.')
  }
}

export class Moment extends Thing {
  readonly type = 'System.DateTime'
  readonly time: Date
  constructor(time: Date) {
    super()
    this.time = time
  }
  toString(): string {
    const iso = this.time.toISOString()
    return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`
  }
}

/** `List[...]`, `ArrayList`: a list that grows in place. */
export class GrowingList extends Thing {
  readonly type: string
  readonly items: Value[]
  constructor(type: string, items: Value[]) {
    super()
    this.type = type
    this.items = items
  }
  toString(): string {
    return this.items.map(text).join(' ')
  }
}

/** `HashSet[string]`, with or without regard to case. */
export class TextSet extends Thing {
  readonly type = 'System.Collections.Generic.HashSet`1[System.String]'
  readonly items = new Map<string, string>()
  readonly ignoresCase: boolean
  constructor(ignoresCase: boolean) {
    super()
    this.ignoresCase = ignoresCase
  }
  key(item: string): string {
    return this.ignoresCase ? item.toLowerCase() : item
  }
  toString(): string {
    return [...this.items.values()].join(' ')
  }
}

export class Hashtable extends Thing {
  readonly type: string
  readonly entries = new Map<string, { key: Value; value: Value }>()
  constructor(ordered: boolean) {
    super()
    this.type = ordered ? 'System.Collections.Specialized.OrderedDictionary' : 'System.Collections.Hashtable'
  }
  private static id(key: Value): string {
    return typeof key === 'string' ? `s:${key.toLowerCase()}` : `${typeof key}:${text(key)}`
  }
  get(key: Value): Value {
    return this.entries.get(Hashtable.id(key))?.value ?? null
  }
  has(key: Value): boolean {
    return this.entries.has(Hashtable.id(key))
  }
  set(key: Value, value: Value): void {
    const id = Hashtable.id(key)
    this.entries.set(id, { key: this.entries.get(id)?.key ?? key, value })
  }
  remove(key: Value): void {
    this.entries.delete(Hashtable.id(key))
  }
  toString(): string {
    return this.type
  }
}

/** An object with named properties: a custom object, a cmdlet's result, an exception. */
export class PSObject extends Thing {
  readonly type: string
  readonly properties = new Map<string, { name: string; value: Value }>()
  /** What it is as text; custom objects show their members. */
  private readonly asText: string | undefined
  constructor(type: string, properties: Readonly<Record<string, Value>> = {}, asText?: string) {
    super()
    this.type = type
    this.asText = asText
    for (const [name, value] of Object.entries(properties)) this.set(name, value)
  }
  get(name: string): Value {
    return this.properties.get(name.toLowerCase())?.value
  }
  has(name: string): boolean {
    return this.properties.has(name.toLowerCase())
  }
  set(name: string, value: Value): void {
    const key = name.toLowerCase()
    this.properties.set(key, { name: this.properties.get(key)?.name ?? name, value })
  }
  names(): string[] {
    return [...this.properties.values()].map(one => one.name)
  }
  toString(): string {
    if (this.asText !== undefined) return this.asText
    return `@{${[...this.properties.values()].map(one => `${one.name}=${text(one.value)}`).join('; ')}}`
  }
}

export const customObject = 'System.Management.Automation.PSCustomObject'

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const plain = String(value)
  return plain.includes('e') ? plain.replace(/e([+-])(\d)$/, 'E$10$2').replace('e', 'E') : plain
}

/** A value as a string: `$true` is True, a list is its items with blanks between. */
export function text(value: Value): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return value.map(text).join(' ')
  return value.toString()
}

/** Whether a value counts as true. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_booleans */
export function truth(value: Value): boolean {
  const list = listed(value)
  if (list) return list.length === 1 ? truth(list[0]) : list.length > 1
  if (typeof value === 'string') return value !== ''
  if (typeof value === 'number') return value !== 0
  if (value instanceof Char) return value.code !== 0
  return value !== undefined && value !== null && value !== false
}

/** The items when the value is a list of any kind; undefined when it is one thing. */
export function listed(value: Value): Value[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof GrowingList) return value.items
  if (value instanceof TextSet) return [...value.items.values()]
  if (value instanceof Bytes) return [...value.bytes]
  return undefined
}

/** What a pipeline carries on of a value: the items of a list, nothing of nothing, else the value. */
export function items(value: Value): readonly Value[] {
  if (value === undefined) return []
  return listed(value) ?? [value]
}

/** What a statement that gave these outputs is worth: nothing, the one, or a list. */
export function collected(outputs: Value[]): Value {
  return outputs.length === 0 ? undefined : outputs.length === 1 ? outputs[0] : outputs
}

/** The .NET name of a value's type. */
export function typeOf(value: Value): string {
  if (typeof value === 'string') return 'System.String'
  if (typeof value === 'boolean') return 'System.Boolean'
  if (typeof value === 'number')
    return !Number.isInteger(value) ? 'System.Double' : Math.abs(value) < 2 ** 31 ? 'System.Int32' : 'System.Int64'
  if (Array.isArray(value)) return 'System.Object[]'
  return value ? value.type : ''
}
