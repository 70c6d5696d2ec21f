import { beforeAll, describe, expect, test } from 'vitest'
import { literalsOf, loadGrammar, syntaxError } from '../../test-data/powershell-grammar.ts'
import { ps, psComment, psJoin, textOf, UnsafeText, whyUnsafe } from './quote.ts'

beforeAll(loadGrammar)

const fiveQuotes = ["'", '\u2018', '\u2019', '\u201A', '\u201B']
/** Everything PowerShell gives a meaning to, and some that only look harmless. */
const pieces = [
  ...fiveQuotes,
  ...fiveQuotes.map(quote => quote + quote),
  '"',
  '\u201C',
  '\u201D',
  '\u201E',
  '`',
  '$',
  '$(Remove-Item C:)',
  '$' + '{x}',
  '@(',
  "'@",
  '@"',
  ';',
  '|',
  '&',
  '#',
  '<#',
  '#>',
  '-',
  '\u2013',
  '\u2014',
  '\u2015',
  '--%',
  '{',
  '}',
  '{0}',
  ')',
  '(',
  '\\',
  '%PATH%',
  ' ',
  '\u00A0',
  'Ñ',
  'Â',
  'ç',
  'ä\u0308',
  '漢',
  '😀',
  'é\u0301',
  '\u200D',
  'a'
]
const refusedPieces = [
  ...['\n', '\r', '\u0085', '\u2028', '\u2029'],
  ...['\0', '\t', '\u0007', '\u001B', '\u007F', '\u009B'],
  ...['\u061C', '\u200E', '\u200F', '\u202A', '\u202E', '\u2066', '\u2069'],
  ...['\u200B', '\u2060', '\uFEFF', '\uFFFE', '\uFFFF'],
  ...['\uD800', '\uDC00', 'a\uD83D', '\uDE00b']
]

/** The same texts in every run: a small generator with a fixed seed. */
function* hostileTexts(count: number): Generator<string> {
  let seed = 20_260_821
  const next = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed % below
  }
  for (let index = 0; index < count; index += 1) {
    yield Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join('')
  }
}

describe('a string becomes one literal that means exactly that string', () => {
  test('for every hostile piece alone, doubled and inside text', () => {
    for (const piece of pieces) {
      for (const text of [piece, piece + piece, `a${piece}b`, `${piece} end`, `start ${piece}`]) {
        const script = textOf(ps`Write-Host ${text}`)
        expect(syntaxError(script), text).toBeUndefined()
        expect(literalsOf(script), text).toEqual([text])
      }
    }
  })

  test('for 3,000 mixtures of them, one and two to a command', () => {
    let previous = ''
    for (const text of hostileTexts(3000)) {
      const script = textOf(ps`New-ServicePrincipal -DisplayName ${text} -AppId ${previous}`)
      expect(syntaxError(script), JSON.stringify(text)).toBeUndefined()
      expect(literalsOf(script), JSON.stringify(text)).toEqual([text, previous])
      previous = text
    }
  })

  test('each of the five quote characters is doubled with itself', () => {
    for (const quote of fiveQuotes) expect(textOf(ps`${`a${quote}b`}`)).toBe(`'a${quote}${quote}b'`)
    expect(textOf(ps`${fiveQuotes.join('')}`)).toBe(`'${fiveQuotes.map(quote => quote + quote).join('')}'`)
  })

  test('the check would see a quote that was not doubled', () => {
    expect(literalsOf("Write-Host 'a'")).toEqual(['a'])
    expect(syntaxError("Write-Host 'it\u2019s'")).toBeDefined()
  })
})

describe('what cannot stand in a literal is refused', () => {
  test('line breaks, control characters, reading direction, invisible characters and halves of characters', () => {
    for (const piece of refusedPieces) {
      for (const text of [piece, `a${piece}b`, `'; ${piece}Remove-Item x #`]) {
        expect(whyUnsafe(text), JSON.stringify(text)).toMatch(/^It holds .+ \(U\+[0-9A-F]{4,6}\)\.$/)
        expect(() => ps`Write-Host ${text}`, JSON.stringify(text)).toThrow(UnsafeText)
        expect(() => ps`Write-Host ${[text]}`, JSON.stringify(text)).toThrow(UnsafeText)
      }
    }
  })

  test('the reason names the first of them in words', () => {
    expect(whyUnsafe('a\nb')).toBe('It holds a line break (U+000A).')
    expect(whyUnsafe('a\u0000')).toBe('It holds a control character (U+0000).')
    expect(whyUnsafe('a\u202Eb')).toBe('It holds a character that changes the reading direction (U+202E).')
    expect(whyUnsafe('\uD83D')).toBe('It holds half a character (U+D83D).')
  })

  test('letters, signs and emoji of any language pass', () => {
    for (const text of ['Räksmörgås', 'O’Brien & Søn', '株式会社', '👩🏽‍💻', 'می‌خواهم', 'שלום'])
      expect(whyUnsafe(text), text).toBeUndefined()
  })

  test('an error says why and does not repeat the text', () => {
    expect(() => ps`${'hunter2\n'}`).toThrow('It holds a line break (U+000A).')
    expect(() => ps`${'hunter2\n'}`).not.toThrow('hunter2')
  })
})

describe('other values', () => {
  test('numbers and booleans become literals, and what is no whole number is refused', () => {
    expect(textOf(ps`${3} ${-4} ${true} ${false}`)).toBe('3 -4 $true $false')
    for (const number of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])
      expect(() => ps`${number}`).toThrow(TypeError)
  })

  test('an array of strings becomes an array, over several lines when long', () => {
    expect(textOf(ps`${[]} ${['a']} ${['a', "b'c"]}`)).toBe("@() @('a') @('a','b''c')")
    const many = Array.from({ length: 500 }, (_, index) => `mailbox${index}@contoso.example`)
    const script = textOf(ps`$list = ${many}`)
    expect(syntaxError(script)).toBeUndefined()
    expect(literalsOf(script)).toEqual(many)
    const lines = script.split('\n')
    expect(lines.length).toBeGreaterThan(100)
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(115)
  })

  test('PowerShell goes in as it is, at the indentation of its line', () => {
    const inner = ps`
      Get-Module
      Get-Command
    `
    const outer = ps`
      & {
        ${inner}
      }
    `
    expect(textOf(outer)).toBe('& {\n  Get-Module\n  Get-Command\n}')
  })

  test('a blank line never comes out, as it would end a block pasted into a plain console', () => {
    const nothing = ps``
    const script = ps`
      Get-Module

      ${nothing}
      Get-Command
    `
    expect(textOf(script)).toBe('Get-Module\nGet-Command')
    expect(textOf(psJoin([nothing, script, nothing, ps`Write-Host 'x'`]))).toBe(
      "Get-Module\nGet-Command\nWrite-Host 'x'"
    )
  })

  test('an object that only looks like PowerShell is not taken for it', () => {
    const pretender = { text: 'Remove-Item x', toString: () => 'Remove-Item x' }
    expect(() => ps`${pretender as unknown as string}`).toThrow()
  })
})

describe('a template that breaks the rules throws whatever its values are', () => {
  test('a value inside quotes or a comment', () => {
    expect(() => ps`Write-Host '${'a'}'`).toThrow('inside quotes')
    expect(() => ps`# made for ${'a'}`).toThrow('inside a comment')
    expect(() => ps`Write-Host 'a # b' ${'c'} # and so on`).not.toThrow()
  })

  test('double quotes, backticks, tabs, typographic characters and open strings', () => {
    expect(() => ps`Write-Host "a"`).toThrow(TypeError)
    expect(() => ps`Write-Host \``).toThrow(TypeError)
    expect(() => ps`Write-Host	x`).toThrow(TypeError)
    expect(() => ps`Write-Host ‘a’`).toThrow(TypeError)
    expect(() => ps`Write-Host 'a`).toThrow(TypeError)
  })
})

describe('a comment', () => {
  test('is one line of plain ASCII whatever it is made from', () => {
    for (const text of [...hostileTexts(500), ...refusedPieces, 'a\n#requires -Version 9', '#> SIG # Begin']) {
      const comment = textOf(psComment(text))
      expect(comment, JSON.stringify(text)).toMatch(/^# ?[\x20-\x22\x25-\x5F\x61-\x7E]{0,109}$/)
      expect(comment.slice(1), JSON.stringify(text)).not.toMatch(/[#`$"]/)
    }
    expect(textOf(psComment('Räksmörgås, v1'))).toBe('# Raksmorgas, v1')
    expect(textOf(psComment('a'.repeat(300)))).toHaveLength(110)
  })
})
