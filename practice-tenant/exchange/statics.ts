// `[type]::member` and constructors. The rule it keeps: only what a printed script needs; everything else is refused by name.

import { randomUUID } from 'node:crypto'
import { convert, guidFromText, knownType } from './convert.ts'
import { fail, refuse } from './errors.ts'
import { formatted } from './format-operator.ts'
import { encoding, encodingType, sha256 } from './net-objects.ts'
import { pattern } from './patterns.ts'
import { keepFile } from './session.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import { Bytes, GrowingList, items, Moment, PSObject, TextSet, TypeName, text, type Value, Version } from './values.ts'

function nameOf(target: Value, place: Place): string {
  const written = target instanceof TypeName ? target.name : ''
  const known = knownType(written)
  if (known === undefined) refuse(`the type [${written || text(target)}]`, place)
  return known
}

const home = 'C:\\Users\\Admin'
const folders: Readonly<Record<string, string>> = {
  desktop: `${home}\\Desktop`,
  mydocuments: `${home}\\Documents`,
  personal: `${home}\\Documents`,
  userprofile: home,
  localapplicationdata: `${home}\\AppData\\Local`
}

const properties: Readonly<Record<string, (shell: Shell) => Value>> = {
  'environment::newline': () => '\r\n',
  'environment::username': () => 'Admin',
  'environment::machinename': () => 'PRACTICE',
  'environment::userinteractive': () => true,
  'environment::currentdirectory': () => home,
  'datetime::utcnow': shell => new Moment(shell.session.now()),
  'datetime::now': shell => new Moment(shell.session.now()),
  'string::empty': () => '',
  'int::maxvalue': () => 2 ** 31 - 1,
  'int::minvalue': () => -(2 ** 31),
  'guid::empty': () => '00000000-0000-0000-0000-000000000000',
  'encoding::utf8': () => encoding('utf8'),
  'encoding::ascii': () => encoding('ascii'),
  'encoding::unicode': () => encoding('utf16le')
}
for (const name of ['Ordinal', 'OrdinalIgnoreCase', 'InvariantCulture', 'InvariantCultureIgnoreCase', 'CurrentCulture'])
  for (const type of ['stringcomparer', 'stringcomparison'])
    Object.assign(properties, {
      [`${type}::${name.toLowerCase()}`]: () => new PSObject(`System.${type}`, {}, name)
    })

export function staticProperty(shell: Shell, target: Value, name: string, place: Place): Value {
  const type = nameOf(target, place)
  const found = properties[`${type}::${name.toLowerCase()}`]
  if (!found) refuse(`[${text(target)}]::${name}`, place)
  return found(shell)
}

function hex(value: Value): string {
  const bytes = value instanceof Bytes ? value.bytes : Uint8Array.from(items(value).map(Number))
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0').toUpperCase()).join('-')
}

/** .NET rounds to the even neighbour, or away from zero when asked. */
function round(value: number, digits: number, mode: string): number {
  const scaled = value * 10 ** digits
  const low = Math.floor(scaled)
  const half = Math.abs(scaled - low - 0.5) < 1e-9
  const whole = half && !/awayfromzero/i.test(mode) ? (low % 2 === 0 ? low : low + 1) : Math.round(scaled)
  return whole / 10 ** digits
}

type Method = (shell: Shell, given: readonly Value[], place: Place) => Value

const methods: Readonly<Record<string, Method>> = {
  'string::isnullorempty': (_, [one]) => text(one) === '',
  'string::isnullorwhitespace': (_, [one]) => text(one).trim() === '',
  'string::join': (_, [by, ...rest]) => (rest.length === 1 ? items(rest[0]) : rest).map(text).join(text(by)),
  'string::format': (_, [template, ...rest], place) =>
    formatted(text(template), rest.length === 1 && Array.isArray(rest[0]) ? rest[0] : rest, place),
  'guid::newguid': () => randomUUID(),
  'guid::parse': (_, [one], place) => convert(one, 'guid', place),
  'version::parse': (_, [one], place) => convert(one, 'version', place),
  'int::parse': (_, [one], place) => convert(one, 'int', place),
  'math::max': (_, [a, b]) => Math.max(Number(a), Number(b)),
  'math::min': (_, [a, b]) => Math.min(Number(a), Number(b)),
  'math::abs': (_, [a]) => Math.abs(Number(a)),
  'math::floor': (_, [a]) => Math.floor(Number(a)),
  'math::ceiling': (_, [a]) => Math.ceil(Number(a)),
  'math::round': (_, [a, digits, mode]) =>
    round(Number(a), typeof digits === 'number' ? digits : 0, text(mode ?? digits)),
  'convert::tobase64string': (_, [one]) =>
    Buffer.from(convert(one, 'byte[]') instanceof Bytes ? (convert(one, 'byte[]') as Bytes).bytes : []).toString(
      'base64'
    ),
  'convert::frombase64string': (_, [one]) => new Bytes(Buffer.from(text(one), 'base64')),
  'bitconverter::tostring': (_, [one]) => hex(one),
  'regex::escape': (_, [one]) => text(one).replace(/[.*+?^${}()|[\\#\s]/g, '\\$&'),
  'regex::ismatch': (_, [one, by]) => pattern(text(by), true).test(text(one)),
  'regex::replace': (_, [one, by, into]) => text(one).replace(pattern(text(by), true, 'g'), text(into)),
  'regex::split': (_, [one, by]) => text(one).split(pattern(text(by), true)),
  'environment::getfolderpath': (_, [one], place) =>
    folders[text(one).toLowerCase()] ?? refuse(`the folder ${text(one)}`, place),
  'environment::getenvironmentvariable': () => null,
  'path::combine': (_, given) =>
    given
      .map(text)
      .join('\\')
      .replace(/\\{2,}/g, '\\'),
  'path::gettemppath': () => `${home}\\AppData\\Local\\Temp\\`,
  'path::getfilename': (_, [one]) => text(one).split(/[\\/]/).at(-1) ?? '',
  'file::exists': (shell, [one]) => shell.session.files.has(text(one).toLowerCase()),
  'file::writealltext': (shell, [path, content]) => {
    keepFile(shell.session, text(path), text(content))
    return undefined
  },
  'file::writealllines': (shell, [path, lines]) => {
    keepFile(
      shell.session,
      text(path),
      items(lines)
        .map(line => `${text(line)}\r\n`)
        .join('')
    )
    return undefined
  },
  'sha256::create': () => sha256(),
  'datetime::parse': (_, [one], place) => convert(one, 'datetime', place)
}

export function callStatic(shell: Shell, target: Value, name: string, given: readonly Value[], place: Place): Value {
  const type = nameOf(target, place)
  const key = name.toLowerCase()
  if (key === 'new') return construct(shell, text(target), given, place)
  const method = methods[`${type}::${key}`]
  if (!method) refuse(`[${text(target)}]::${name}()`, place)
  return method(shell, given, place)
}

/** `[type]::new(...)` and New-Object. */
export function construct(_shell: Shell, written: string, given: readonly Value[], place: Place): Value {
  const type = knownType(written)
  if (type === undefined) refuse(`the type [${written}]`, place)
  if (type.startsWith('list['))
    return new GrowingList(
      'System.Collections.Generic.List`1',
      typeof given[0] === 'number' ? [] : [...items(given[0])]
    )
  if (type.startsWith('hashset[')) {
    const comparer = given.find(one => one instanceof PSObject && one.type === 'System.stringcomparer')
    const set = new TextSet(/ignorecase$/i.test(text(comparer)))
    for (const item of given.filter(one => one !== comparer).flatMap(items))
      set.items.set(set.key(text(item)), text(item))
    return set
  }
  switch (type) {
    case 'arraylist':
      return new GrowingList('System.Collections.ArrayList', [...items(given[0])])
    case 'utf8encoding':
      return new PSObject(encodingType, { WebName: 'utf-8' }, encodingType)
    case 'sha256':
      return sha256()
    case 'version':
      return given.length > 1 ? new Version(given.map(Number)) : convert(given[0] as Value, 'version', place)
    case 'guid':
      return (
        guidFromText(text(given[0])) ??
        fail(
          {
            message: 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
            id: 'FormatException',
            category: 'NotSpecified'
          },
          place
        )
      )
    case 'object':
    case 'psobject':
    case 'pscustomobject':
      return new PSObject('System.Management.Automation.PSCustomObject')
    default:
      return refuse(`a new [${written}]`, place)
  }
}
