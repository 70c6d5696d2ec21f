import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvOf } from './csv.ts'

const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']
const before = ['', ' ', '  ', '"', "'", '" ', ' "', '\u00A0', '\u200B', '\uFEFF', '\t ', '\0', '\v']
const formulas = fc
  .tuple(fc.constantFrom(...before), fc.constantFrom(...signs), fc.string())
  .map(([first, sign, rest]) => `${first}${sign}${rest}`)
const separators = [',', ';', '\t']
/** What a cell may be made of so that a spreadsheet ends it elsewhere: separators, quotes, lines, and what runs. */
const pieces = fc.constantFrom(...separators, '|', '\r\n', '\r', '\n', ...before, ...signs, "=cmd|' /C calc'!A0", 'a')
const mixtures = fc.array(pieces, { maxLength: 8 }).map(parts => parts.join(''))
const cell = fc.oneof(fc.string({ unit: 'binary' }), formulas, mixtures, fc.constantFrom('a,b', 'a"b', 'a\r\nb', ''))
const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 })

/** The cells as a spreadsheet reads them. */
function read(text: string): string[][] {
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const { data, errors } = Papa.parse<string[]>(text.slice(1, -2), { delimiter: ',', newline: '\r\n' })
  expect(errors).toEqual([])
  return data
}

/** The cells as they are with this separator: a quote counts at the beginning of a cell only, and after the quote that closes
 *  it the rest is taken as it stands, like Excel does. */
function cellsOf(file: string, separator: string, byQuotes: boolean): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let at: 'start' | 'open' | 'rest' = 'start'
  const end = () => {
    rows.at(-1)?.push(cell)
    cell = ''
    at = 'start'
  }
  for (let index = file.startsWith('\uFEFF') ? 1 : 0; index < file.length; index += 1) {
    const sign = file.charAt(index)
    if (at === 'open') {
      if (sign !== '"') cell += sign
      else if (file.charAt(index + 1) === '"') {
        cell += sign
        index += 1
      } else at = 'rest'
    } else if (byQuotes && at === 'start' && sign === '"') at = 'open'
    else if (sign === separator) end()
    else if (sign === '\r' || sign === '\n') {
      end()
      rows.push([])
    } else {
      cell += sign
      at = 'rest'
    }
  }
  end()
  return rows
}

/** What would run. */
const runs = /^[\s\p{Cc}\p{Cf}"`]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u
const withoutOurs = (text = '') => text.replaceAll("'", '')

describe('a table for a spreadsheet', () => {
  test('is RFC 4180 in UTF-8 with the mark that Excel reads it by', () => {
    expect(
      csvOf([
        ['Mailbox', 'Host'],
        ['ada@contoso.example', 'a "quoted", host']
      ])
    ).toBe('\uFEFFMailbox,Host\r\nada@contoso.example,"a ""quoted"", host"\r\n')
  })

  test('has no cell that would run as a formula, whatever stands before its sign', () => {
    fc.assert(
      fc.property(formulas, formula => {
        const [[shown] = []] = read(csvOf([[formula, 'x']]))
        expect(shown?.startsWith("'")).toBe(true)
        expect(withoutOurs(shown)).toBe(withoutOurs(formula))
      })
    )
  })

  test('has none either where it is read with another separator, by its quotes or without them', () => {
    const attack = csvOf([['Mailbox', "x;=cmd|' /C calc'!A0;"]])
    expect(cellsOf(attack, ';', true)[0]).toEqual(['Mailbox,x', "'=cmd|' /C calc'!A0", ''])
    fc.assert(
      fc.property(tables, rows => {
        const file = csvOf(rows)
        const found = separators.flatMap(separator =>
          [true, false].flatMap(byQuotes => cellsOf(file, separator, byQuotes).flat())
        )
        expect(found.filter(shown => runs.test(shown))).toEqual([])
      }),
      { numRuns: 1_000 }
    )
  })

  test('is made of the longest texts in no time', () => {
    for (const sign of [';', '\n', '\t', '"', "'", ' ', '=', ';='])
      expect(csvOf([[sign.repeat(100_000)]]).length).toBeGreaterThan(100_000)
  }, 5_000)

  test('gives every cell back as it was, but for the apostrophes', () => {
    fc.assert(
      fc.property(tables, rows => {
        const back = read(csvOf(rows))
        expect(back.map(row => row.map(withoutOurs))).toEqual(rows.map(row => row.map(withoutOurs)))
      })
    )
  })

  test('leaves alone what only holds a sign', () => {
    expect(read(csvOf([['a=b', 'ada+test@contoso.example', '1-2', '']]))).toEqual([
      ['a=b', 'ada+test@contoso.example', '1-2', '']
    ])
  })
})
