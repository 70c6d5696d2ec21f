// From lines to records: lists, tables, errors and the commands between them. The rule: a line is part of a record only where
// its shape says so; whatever else stands in a window is passed over.

import { cut } from '../../cut.ts'
import { type Ambiguity, type Asked, type FoundError, isGuid } from './found.ts'
import { askedBy, type Line, listLine, ruleLine } from './lines.ts'
import { type Columns, columnsOf, kindOf, readRow, type TableKind } from './rows.ts'

/** One object as it was printed; keys in lower case. */
export type PrintedRecord = {
  line: number
  block: number
  cells: ReadonlyMap<string, string>
  asked: Asked | undefined
  /** Names of the columns, for tables. */
  columns?: readonly string[]
}

export type Records = {
  records: readonly PrintedRecord[]
  errors: readonly FoundError[]
  ambiguous: readonly Ambiguity[]
  commands: readonly Line[]
  /** Blocks with text that is in no record: what stands there may be one more. */
  partlyRead: ReadonlySet<number>
}

const errorLine =
  /^\s*(?:[A-Z][a-z]+-[A-Z][A-Za-z]+\s*:|(?:Exception|ParserError|OperationStopped|Error):|\|?(?:Ex[0-9A-F]{6}\|)?Microsoft\.Exchange\.\S+Exception\|)/
const afterError = /^\s*(?:At line:|At [A-Z]:\\|\+\s|Line \||\d* +\||Line\b)/
const remark = /^\s*(?:WARNING|VERBOSE|DEBUG|INFORMATION)\s*:/i
const anyGuid =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f-]{0,26}(?:\u2026|\.\.\.)/gi
const longestError = 1000
const mostBroken = 200

type Table = { kind: TableKind; columns: Columns; height: number }

/** Everything that these lines hold, in order. */
export function recordsOf(lines: readonly Line[]): Records {
  const records: PrintedRecord[] = []
  const errors: FoundError[] = []
  const ambiguous: Ambiguity[] = []
  const commands: Line[] = []
  const unread = new Map<number, number>()
  let asked: Asked | undefined
  let block = 0
  let open: { record: PrintedRecord; cells: Map<string, string>; last: string } | undefined
  let table: Table | undefined
  const close = () => {
    open = undefined
    table = undefined
  }

  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line
    const { text, number } = line
    const leave = () => unread.set(number, block)
    if (line.kind === 'command') {
      close()
      const begun = line.more ? commands.pop() : undefined
      if (!begun) block += 1
      const command = begun ? { ...begun, text: `${begun.text.replace(/`$/, '')} ${text}` } : line
      asked = askedBy(command)
      commands.push(command)
    } else if (line.kind === 'blank' || remark.test(text)) {
      close()
      if (line.kind !== 'blank') leave()
    } else if (ruleLine.test(text)) {
      const found = tableAt(lines, at)
      close()
      if (found) {
        table = found.table
        for (const heading of found.headings) unread.delete(heading.number)
        at += found.table.height - 1
      } else leave()
    } else if (errorLine.test(text)) {
      close()
      leave()
      const used = errorAt(lines, at)
      errors.push({ line: number, text: used.text })
      at += used.count - 1
    } else if (table) {
      // A row may go on over two lines more; where nothing fits again and again, that is not tried any longer.
      const ahead = untilBlank(lines, at, table.height + (ambiguous.length < mostBroken ? 2 : 0))
      const row = readRow(ahead, table.columns, table.kind, table.height)
      if (row) {
        const cells = new Map([...row.cells].map(([name, cell]) => [name, cell] as const))
        records.push({ line: number, block, cells, asked, columns: table.columns.names })
        at += row.used - 1
      } else {
        leave()
        ambiguous.push(unclear(text, number, 'This row of a table is broken, so its columns cannot be told apart.'))
      }
    } else if (listLine.test(text)) {
      const [, name = '', value = ''] = listLine.exec(text) ?? []
      const key = name.toLowerCase()
      if (!open || open.cells.has(key)) {
        const cells = new Map<string, string>()
        open = { record: { line: number, block, cells, asked }, cells, last: key }
        records.push(open.record)
      }
      open.cells.set(key, value.trim())
      open.last = key
    } else if (open && goesOn(open.cells.get(open.last) ?? '', text))
      open.cells.set(open.last, `${open.cells.get(open.last) ?? ''}${text.trim()}`)
    else {
      leave()
      if (!beforeRule(lines, at) && (text.match(anyGuid) ?? []).length >= 2)
        ambiguous.push(
          unclear(
            text,
            number,
            'This row stands without the headings of its columns, so nothing says which ID is which.'
          )
        )
    }
  }
  return { records, errors, ambiguous, commands, partlyRead: new Set(unread.values()) }
}

/** Headings and dashes, each over as many lines as the window was too narrow for. */
function tableAt(lines: readonly Line[], at: number): { table: Table; headings: readonly Line[] } | undefined {
  let height = 1
  while (lines[at + height]?.kind === 'text' && ruleLine.test(lines[at + height]?.text ?? '')) height += 1
  const headings = lines.slice(Math.max(0, at - height), at)
  if (headings.length < height || headings.some(({ kind }) => kind !== 'text')) return undefined
  const rules = lines.slice(at, at + height)
  const join = (part: readonly Line[]) => part.map(({ text }) => text).join(height > 1 ? ' ' : '')
  const columns = columnsOf(join(headings), join(rules))
  const kind = columns && kindOf(columns.names)
  return columns && kind ? { table: { kind, columns, height }, headings } : undefined
}

function untilBlank(lines: readonly Line[], at: number, most: number): readonly string[] {
  const part: string[] = []
  for (const { kind, text } of lines.slice(at, at + most)) {
    if (kind !== 'text') break
    part.push(text)
  }
  return part
}

const beforeRule = (lines: readonly Line[], at: number) =>
  lines.slice(at + 1, at + 3).some(({ kind, text }) => kind === 'text' && ruleLine.test(text))

/** Indented lines go on with a list's value; others only where they make a GUID or SID whole, as a narrow window cuts them. */
function goesOn(value: string, text: string): boolean {
  if (/^\s{2,}/.test(text)) return true
  const joined = `${value}${text.trim()}`
  if (isGuid(joined)) return true
  return (
    /^S-1-5-21-[\d-]*$/i.test(value) && /^[\d-]+$/.test(text.trim()) && /^S-1-5-21(?:-\d{1,10}){1,4}$/i.test(joined)
  )
}

function unclear(text: string, line: number, why: string): Ambiguity {
  const ids = (text.match(anyGuid) ?? []).map(id => id.toLowerCase())
  return { line, what: cut(text.trim(), 160), why, ids }
}

/** An error's message over the lines that belong to it, without the place in the script that PowerShell adds. */
function errorAt(lines: readonly Line[], at: number): { text: string; count: number } {
  const said: string[] = []
  let count = 0
  let place = false
  for (const { kind, text } of lines.slice(at)) {
    if (kind !== 'text' || (count > 0 && !afterError.test(text) && (listLine.test(text) || ruleLine.test(text)))) break
    count += 1
    const bar = /^\s*\|\s*(.*)$/.exec(text)?.[1]
    if (bar !== undefined) {
      if (!/^~+$/.test(bar.trim())) said.push(bar.trim())
    } else if (afterError.test(text)) place = true
    else if (!place) said.push(text.trim())
  }
  return { text: cut(said.join(' '), longestError), count }
}
