// Methods of strings. The rule it keeps: letters' case counts in .NET's methods unless a comparison says otherwise, and
// `.Split('ab')` takes single characters in Windows PowerShell and the whole text in PowerShell 7.

import { fail, refuse } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import { Char, items, text, type Value } from './values.ts'

/** Whether a last argument asks to ignore case: `'OrdinalIgnoreCase'`, `$true`. */
function ignoresCase(option: Value): boolean {
  return option === true || /ignorecase$/i.test(text(option))
}

function literal(source: string): string {
  return source.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function splitText(shell: Shell, target: string, given: readonly Value[]): string[] {
  const dropsEmpty = given.some(one => /^removeemptyentries$/i.test(text(one)))
  const separators = given.filter(one => !/^(removeemptyentries|none)$/i.test(text(one)))
  const asList = separators.length === 1 && !Array.isArray(separators[0]) ? separators : separators.flatMap(items)
  const single = asList.length === 1 && typeof asList[0] === 'string' && shell.edition !== '5.1'
  const texts = single ? [text(asList[0])] : asList.flatMap(one => [...text(one)])
  const by =
    texts.length === 0
      ? /\s/
      : new RegExp(
          texts
            .filter(one => one !== '')
            .map(literal)
            .join('|') || '(?!)'
        )
  const parts = target.split(by)
  return dropsEmpty ? parts.filter(part => part !== '') : parts
}

function trimmed(target: string, given: readonly Value[], start: boolean, end: boolean): string {
  const set = given.flatMap(items).map(text).join('')
  const one = set === '' ? '\\s' : `[${set.replace(/[\\\]^-]/g, '\\$&')}]`
  let result = target
  if (start) result = result.replace(new RegExp(`^(?:${one})+`), '')
  if (end) result = result.replace(new RegExp(`(?:${one})+$`), '')
  return result
}

function part(target: string, given: readonly Value[], place: Place): string {
  const from = Number(given[0])
  const length = given.length > 1 ? Number(given[1]) : target.length - from
  if (!(from >= 0) || !(length >= 0) || from + length > target.length)
    fail(
      {
        message: `Exception calling "Substring" with "${given.length}" argument(s): "Index and length must refer to a location within the string."`,
        id: 'ArgumentOutOfRangeException',
        category: 'NotSpecified',
        type: 'System.Management.Automation.MethodInvocationException'
      },
      place
    )
  return target.slice(from, from + length)
}

/** `undefined` when strings have no such method here. */
export function ofText(shell: Shell, target: string, key: string, given: readonly Value[], place: Place): Value {
  const first = text(given[0])
  const fold = given.length > 1 && ignoresCase(given[1]) ? (one: string) => one.toLowerCase() : (one: string) => one
  switch (key) {
    case 'tolower':
    case 'tolowerinvariant':
      return target.toLowerCase()
    case 'toupper':
    case 'toupperinvariant':
      return target.toUpperCase()
    case 'trim':
      return trimmed(target, given, true, true)
    case 'trimstart':
      return trimmed(target, given, true, false)
    case 'trimend':
      return trimmed(target, given, false, true)
    case 'startswith':
      return fold(target).startsWith(fold(first))
    case 'endswith':
      return fold(target).endsWith(fold(first))
    case 'contains':
      if (given.length > 1 && shell.edition === '5.1')
        refuse('String.Contains with two arguments in Windows PowerShell', place)
      return fold(target).includes(fold(first))
    case 'indexof':
      return fold(target).indexOf(fold(first))
    case 'lastindexof':
      return target.lastIndexOf(first)
    case 'equals':
      return fold(target) === fold(first)
    case 'replace':
      return target.replaceAll(first, () => text(given[1]))
    case 'split':
      return splitText(shell, target, given)
    case 'substring':
      return part(target, given, place)
    case 'padleft':
      return target.padStart(Number(given[0]), text(given[1]) || ' ')
    case 'padright':
      return target.padEnd(Number(given[0]), text(given[1]) || ' ')
    case 'insert':
      return target.slice(0, Number(given[0])) + text(given[1]) + target.slice(Number(given[0]))
    case 'remove':
      return (
        target.slice(0, Number(given[0])) + (given.length > 1 ? target.slice(Number(given[0]) + Number(given[1])) : '')
      )
    case 'tochararray':
      return [...target].map(char => new Char(char.charCodeAt(0)))
    case 'tostring':
      return target
    default:
      return undefined
  }
}
