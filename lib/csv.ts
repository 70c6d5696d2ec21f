// Tables as files for a spreadsheet: RFC 4180, with the mark that makes Excel read UTF-8.
// The rule it keeps: a cell is text. What a spreadsheet would run as a formula gets an apostrophe before it,
// also where it would end a cell in the middle of ours.
// https://owasp.org/www-community/attacks/CSV_Injection

import Papa from 'papaparse'

/** The signs that begin a formula, after whatever a spreadsheet may strip: white space, quotes, characters without a width.
 *  Their full-width forms count where East Asian input does. */
const formula = /^[\s\p{Cc}\p{Cf}"'`]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u

/** A cell that begins with one of these is no text that somebody wrote, whatever follows. */
const control = /^[\s\p{Cc}\p{Cf}"'`]*[\t\r\n]/u

/** Where a spreadsheet may end a cell that this file does not end: with `;` for its separator, as in most of Europe, it finds
 *  the quote in `a,"b;=1"` in the middle of a cell, where it quotes nothing, and `=1"` begins a cell; so does a line. */
const ends = /([,;|\t\r\n])/

const byteOrderMark = '\uFEFF'

/** The rows as the text of a file; the first is the heading. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => row.map(asText))
  return `${byteOrderMark}${Papa.unparse(cells, { newline: '\r\n' })}\r\n`
}

/** The cell with an apostrophe before each formula that it is, or that begins where it may be cut. */
function asText(cell: string): string {
  const [first = '', ...rest] = cell.split(ends)
  const after = rest.map(part => (formula.test(part) ? `'${part}` : part)).join('')
  return formula.test(cell) || control.test(cell) ? `'${first}${after}` : `${first}${after}`
}
