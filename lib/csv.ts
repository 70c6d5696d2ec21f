// Tables as files for a spreadsheet: RFC 4180, with the mark that makes Excel read UTF-8.
// The rule it keeps: a cell is text. What a spreadsheet would run as a formula gets an apostrophe before it.
// https://owasp.org/www-community/attacks/CSV_Injection

import Papa from 'papaparse'

/** The signs that begin a formula, after whatever a spreadsheet may strip: white space, quotes, characters without a width.
 *  Their full-width forms count where East Asian input does. */
const formula = /^[\s\p{Cc}\p{Cf}"'`]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u

const byteOrderMark = '\uFEFF'

/** The rows as the text of a file; the first is the heading. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => [...row])
  return `${byteOrderMark}${Papa.unparse(cells, { newline: '\r\n', escapeFormulae: formula })}\r\n`
}
