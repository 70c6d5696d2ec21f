// Lists of mailboxes as people have them: pasted in any shape, or a CSV from an admin center. The rule: nothing is dropped
// silently; what is not an address is pointed out by its line, and so is what came twice.

import Papa from 'papaparse'
import { cut } from '../cut.ts'
import { mayEcho } from './fields.ts'
import { whyNotAddress } from './mailbox-address.ts'

export type MailboxProblem = { line: number; text: string; says: string }
export type Duplicate = { line: number; address: string; firstLine: number }
export type MailboxList = { mailboxes: string[]; problems: MailboxProblem[]; duplicates: Duplicate[] }
/** `column` is the heading of the column that was read, or "column 2"; `skipped` counts rows whose cell there is empty. */
export type MailboxCsv = MailboxList & { column?: string; skipped: number }

export const mostMailboxes = 10_000
export const mostBytes = 1_000_000
/** After so many problems the rest of a list is not read: it is something else. */
export const mostProblems = 200
/** Columns of a CSV. Exchange's own export of everything about a mailbox has some 250; each column is looked through for addresses. */
export const widestRow = 1_000
const longestShown = 80

/** Headings of address columns, the best first, as Exchange, the admin centers and Microsoft Graph name them; compared
 *  without case, spaces and signs. */
const headings = [
  'primarysmtpaddress',
  'windowsemailaddress',
  'emailaddress',
  'mail',
  'email',
  'emailaddresses',
  'smtpaddress',
  'mailbox',
  'mailboxes',
  'address',
  'userprincipalname',
  'upn',
  'username',
  'login'
]

/** Addresses parted by lines, commas, semicolons, tabs or spaces, also as `Ada Lindqvist <ada@contoso.com>`; lower case, each
 *  once, in the order given. A heading in the first line is passed over. Lines count from 1. */
export function readMailboxes(text: string): MailboxList {
  const list = start(text)
  if (list.problems.length > 0) return list.found
  linesOf(text).forEach((content, index) => {
    if (index === 0 && headings.includes(simplified(content))) return
    for (const token of tokensOf(content)) list.take(withoutPrefix(token), index + 1)
  })
  return list.found
}

/** The address column of a CSV (any delimiter), found by its heading, else by what the columns hold. */
export function readMailboxCsv(text: string): MailboxCsv {
  const list = start(text)
  if (list.problems.length > 0) return { ...list.found, skipped: 0 }
  const rows = rowsOf(text)
  const wide = rows.find(({ cells }) => cells.length > widestRow)
  if (wide) {
    const says = `This line has more than ${widestRow.toLocaleString('en')} columns. Export the list with fewer, or paste the addresses.`
    list.found.problems.push({ line: wide.line, text: '', says })
    return { ...list.found, skipped: 0 }
  }
  const chosen = chooseColumn(rows)
  if (!chosen) {
    list.found.problems.push({ line: 1, text: '', says: 'No column holds email addresses.' })
    return { ...list.found, skipped: 0 }
  }
  let skipped = 0
  for (const { line, cells } of chosen.data) {
    const tokens = tokensOfCell(cells[chosen.index] ?? '')
    if (tokens.length === 0) skipped += 1
    for (const token of tokens) list.take(token, line)
  }
  return { ...list.found, column: chosen.name, skipped }
}

function start(text: string) {
  const found: MailboxList = { mailboxes: [], problems: [], duplicates: [] }
  const firstLine = new Map<string, number>()
  if (text.length > mostBytes || new TextEncoder().encode(text).length > mostBytes) {
    found.problems.push({ line: 1, text: '', says: 'The list is longer than 1 MB. Use two setups, or a shorter list.' })
  }
  const take = (token: string, line: number) => {
    if (found.problems.length >= mostProblems) return
    const address = token
      .replace(/^(?:mailto|smtp):/i, '')
      .normalize('NFC')
      .toLowerCase()
    const why = whyNotAddress(address)
    const earlier = firstLine.get(address)
    if (why && !mayEcho(token))
      found.problems.push({
        line,
        text: shown(token),
        says: 'This looks like a client secret. It was not kept: remove it.'
      })
    else if (why)
      found.problems.push({ line, text: shown(token), says: `${shown(token)} is not an email address: ${why}` })
    else if (earlier !== undefined) found.duplicates.push({ line, address, firstLine: earlier })
    else if (found.mailboxes.length >= mostMailboxes) tooMany(line)
    else {
      firstLine.set(address, line)
      found.mailboxes.push(address)
      return
    }
    if (found.problems.length === mostProblems) {
      found.problems.push({ line, text: '', says: 'There are more problems; the list was read up to here.' })
    }
  }
  const tooMany = (line: number) => {
    if (found.problems.some(({ text, says }) => text === '' && says.includes('10,000'))) return
    found.problems.push({ line, text: '', says: 'One setup takes 10,000 mailboxes, and the list goes on from here.' })
  }
  return { found, take, problems: found.problems }
}

function shown(text: string): string {
  return text.length > longestShown ? `${cut(text, longestShown)}…` : text
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|[\n\r\u0085\u2028\u2029]/)
}

/** What might be an address in one line. Words before a `<...>` are a person's name; words that no `<...>` follows are given
 *  back as one, to be pointed out. */
function tokensOf(line: string): string[] {
  const tokens: string[] = []
  let words: string[] = []
  const leave = () => {
    if (words.length > 0) tokens.push(words.join(' '))
    words = []
  }
  for (const { 0: match, index } of line.matchAll(/"[^"]*"|<[^<>]*>|[^\s,;<>"]+/gu)) {
    const inner = bare(match)
    if (match.startsWith('<')) {
      words = []
      tokens.push(inner)
    } else if (match.startsWith('"') && /^\s*</.test(line.slice(index + match.length))) words = []
    else if (!inner.includes('@')) words.push(inner)
    else if (match.startsWith('"') && /[\s,;<]/u.test(inner)) tokens.push(...tokensOf(inner.replaceAll('"', '')))
    else {
      leave()
      tokens.push(inner)
    }
  }
  leave()
  return tokens.filter(token => token !== '')
}

/** What might be an address in one cell. Where Exchange lists all addresses of a mailbox, the main one is marked by SMTP in
 *  capitals, and the others would only open the same mailbox again.
 *  https://learn.microsoft.com/exchange/recipients-in-exchange-online/manage-user-mailboxes/add-or-remove-email-addresses */
function tokensOfCell(cell: string): string[] {
  const tokens = tokensOf(cell)
  const main = tokens.filter(token => token.startsWith('SMTP:'))
  return (main.length > 0 ? main : tokens).map(withoutPrefix)
}

function withoutPrefix(token: string): string {
  return token.replace(/^(?:mailto|smtp):/i, '')
}

/** Without the quotes, brackets and spaces around it. */
function bare(match: string): string {
  const inner = match.replace(/^["<]|[">]$/g, '').trim()
  return /^'.*'$/.test(inner) ? inner.slice(1, -1) : inner
}

type Row = { line: number; cells: readonly string[] }

/** A first line that is neither headings nor data: Windows PowerShell 5.1 names the type of what it exported, and Excel
 *  reads the delimiter there.
 *  https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv?view=powershell-5.1 */
const preamble = /^(?:"?#TYPE |sep=)[^\r\n]*(?:\r\n|[\r\n]|$)/i

function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = []
  const whole = text.replace(/^\uFEFF/, '')
  const ahead = preamble.exec(whole)?.[0] ?? ''
  const csv = whole.slice(ahead.length)
  const delimiter = /^sep=([,;\t|])/i.exec(ahead)?.[1] ?? delimiterOf(csv)
  let line = ahead === '' ? 1 : 2
  for (const cells of Papa.parse<string[]>(csv, { delimiter }).data) {
    if (cells.some(cell => cell.trim() !== '')) rows.push({ line, cells })
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
  }
  return rows
}

/** The delimiter of the first line; papaparse's own guess goes wrong where cells hold lists. Windows exports in many countries
 *  have semicolons. */
function delimiterOf(text: string): string {
  const first = linesOf(text).find(line => line.trim() !== '') ?? ''
  const outside = first.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => outside.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

function chooseColumn(rows: readonly Row[]): { index: number; name: string; data: readonly Row[] } | undefined {
  const [first, ...rest] = rows
  if (!first) return undefined
  const headed = first.cells.every(cell => !cell.includes('@'))
  const data = headed ? rest : rows
  const sample = data.slice(0, 200)
  const holds = (index: number) =>
    sample.filter(({ cells }) => tokensOfCell(cells[index] ?? '').some(token => whyNotAddress(token) === undefined))
      .length
  const nameOf = (index: number) => (headed && first.cells[index]?.trim()) || `column ${index + 1}`
  if (headed) {
    const names = first.cells.map(simplified)
    for (const heading of headings) {
      const index = names.indexOf(heading)
      if (index >= 0 && holds(index) > 0) return { index, name: nameOf(index), data }
    }
  }
  const width = Math.max(...sample.map(({ cells }) => cells.length), 0)
  const counts = Array.from({ length: width }, (_, index) => holds(index))
  const most = Math.max(...counts, 0)
  if (most === 0) return undefined
  const index = counts.indexOf(most)
  return { index, name: nameOf(index), data }
}

function simplified(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z]/g, '')
}
