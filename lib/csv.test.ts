import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvOf } from './csv.ts'

const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']
const before = ['', ' ', '  ', '"', "'", '" ', ' "', '\u00A0', '\u200B', '\uFEFF', '\t ', '\0', '\v']
const formulas = fc
  .tuple(fc.constantFrom(...before), fc.constantFrom(...signs), fc.string())
  .map(([first, sign, rest]) => `${first}${sign}${rest}`)
const cell = fc.oneof(fc.string({ unit: 'binary' }), formulas, fc.constantFrom('a,b', 'a"b', 'a\r\nb', ''))
const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 })

/** The cells as a spreadsheet reads them. */
function read(text: string): string[][] {
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const { data, errors } = Papa.parse<string[]>(text.slice(1, -2), { delimiter: ',', newline: '\r\n' })
  expect(errors).toEqual([])
  return data
}

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
        expect(shown).toBe(`'${formula}`)
      })
    )
  })

  test('gives every cell back as it was, but for the apostrophe', () => {
    fc.assert(
      fc.property(tables, rows => {
        const back = read(csvOf(rows))
        expect(back.map(row => row.length)).toEqual(rows.map(row => row.length))
        rows.forEach((row, y) => {
          row.forEach((text, x) => {
            expect([text, `'${text}`]).toContain(back[y]?.[x])
          })
        })
      })
    )
  })

  test('leaves alone what only holds a sign', () => {
    expect(read(csvOf([['a=b', 'ada+test@contoso.example', '1-2', '']]))).toEqual([
      ['a=b', 'ada+test@contoso.example', '1-2', '']
    ])
  })
})
