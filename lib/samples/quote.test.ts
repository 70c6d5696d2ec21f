import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UnsafeText, whyUnsafe } from '../powershell/quote.ts'
import { bash, csharp, java, javascript, line, python } from './quote.ts'

/** What means something in one of the languages, and what only looks as if. */
const pieces = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '$',
    '${x}',
    '$(id)',
    '`id`',
    "'\\''",
    '\\"',
    "\\'",
    '\\\\',
    '\\u0022',
    '\\x22',
    '\\N{QUOTATION MARK}'
  ],
  ...[
    '!',
    '!!',
    '#',
    ';',
    '|',
    '&',
    '<',
    '>',
    '*',
    '?',
    '~',
    '%',
    '{',
    '}',
    '{0}',
    '[',
    ']',
    '(',
    ')',
    '=',
    '//',
    '/*',
    '*/'
  ],
  ...['‘', '’', '“', '”', 'é', '漢', '😀', ' ', '@', 'a', 'ada@contoso.example', "o'neil@contoso.example"]
]
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map(parts => parts.join(''))
const anything = fc.oneof(texts, fc.string({ unit: 'binary' }))
const harmless = anything.filter(text => whyUnsafe(text) === undefined)

/** A literal in double quotes as a compiler reads it that knows these two escapes: nothing may follow its end. */
function readDoubleQuoted(literal: string): string {
  let text = ''
  for (let index = 1; index < literal.length; index += 1) {
    const character = literal.charAt(index)
    if (character === '"') {
      expect(index).toBe(literal.length - 1)
      return text
    }
    if (character === '\\') {
      index += 1
      expect(['\\', '"']).toContain(literal.charAt(index))
    }
    text += literal.charAt(index)
  }
  throw new Error(`It is not closed: ${literal}`)
}

describe('a value', () => {
  test('is one string in bash, which reads it back as it was', () => {
    const sample = [...pieces, ...fc.sample(harmless, 1000)]
    const script = `printf '%s\\0' ${sample.map(bash).join(' ')}`
    const { stdout, status } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout.split('\0').slice(0, -1)).toEqual(sample)
  })

  test('is one string in JavaScript, which reads it back as it was', () => {
    fc.assert(
      fc.property(harmless, text => {
        expect(new Function(`'use strict'; return [${javascript(text)}]`)()).toEqual([text])
      })
    )
  })

  test.each([
    ['C#', csharp],
    ['Python', python],
    ['Java', java]
  ])('is one string in %s', (_language, quote) => {
    fc.assert(
      fc.property(harmless, text => {
        expect(quote(text).startsWith('"')).toBe(true)
        expect(readDoubleQuoted(quote(text))).toBe(text)
        // An odd number of backslashes before a u would be an escape before anything else in Java.
        expect(quote(text)).not.toMatch(/(^|[^\\])(\\\\)*\\u/)
      })
    )
  })

  test('is one line in a file of settings', () => {
    fc.assert(
      fc.property(harmless, text => {
        expect(line(text)).toBe(text.trim())
        expect(line(text)).not.toMatch(/[\r\n]/)
      })
    )
  })

  test.each([
    ['bash', bash],
    ['JavaScript', javascript],
    ['C#', csharp],
    ['Python', python],
    ['Java', java],
    ['a file of settings', line]
  ])('with a line break or another control character never gets into %s', (_language, quote) => {
    for (const odd of ['\n', '\r', '\0', '\u0085', '\u2028', '\u001B', '\uD800', '\u202E', '\uFEFF']) {
      expect(() => quote(`ada${odd}@contoso.example`)).toThrow(UnsafeText)
    }
  })
})
