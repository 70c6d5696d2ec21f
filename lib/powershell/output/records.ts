// From lines to records: lists, tables, errors and the commands between them. The rule: a line is part of a record only where
// its shape says so; whatever else stands in a window is passed over.

import { cut } from '../../cut.ts'
import { askedOf, begin, goOnWith, type Typed } from './commands.ts'
import { type Ambiguity, type Asked, type FoundError, isGuid } from './found.ts'
import { type Line, listLine, ruleLine } from './lines.ts'
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
  commands: readonly Typed[]
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
/** After so many a broken row ends its table: what follows is read like any line. */
const mostUnread = 5000
/** Lines that the headings of a table take in a narrow window; its rows take as many, and each line is tried as the first of one. */
const tallest = 8

type Table = { kind: TableKind; columns: Columns; height: number }

/** Everything that these lines hold, in order. */
export function recordsOf(lines: readonly Line[]): Records {
  const records: PrintedRecord[] = []
  const errors: FoundError[] = []
  const ambiguous: Ambiguity[] = []
  const commands: Typed[] = []
  const unread = new Map<number, number>()
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
      const begun = line.more ? commands.at(-1) : undefined
      if (begun) goOnWith(begun, text)
      else {
        block += 1
        commands.push(begin(line))
      }
    } else if (line.kind === 'blank' || remark.test(text)) {
      close()
      if (line.kind !== 'blank') leave()
    } else if (ruleLine.test(text)) {
      const height = heightOf(lines, at)
      const found = tableAt(lines, at, height)
      close()
      if (found) {
        table = found.table
        for (const heading of found.headings) unread.delete(heading.number)
      } else leave()
      at += height - 1
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
        records.push({ line: number, block, cells, asked: askedOf(commands.at(-1)), columns: table.columns.names })
        at += row.used - 1
      } else {
        leave()
        if (ambiguous.length < mostUnread)
          ambiguous.push(unclear(text, number, 'This row of a table is broken, so its columns cannot be told apart.'))
        else table = undefined
      }
    } else if (listLine.test(text)) {
      const [, name = '', value = ''] = listLine.exec(text) ?? []
      const key = name.toLowerCase()
      if (!open || open.cells.has(key)) {
        const cells = new Map<string, string>()
        open = { record: { line: number, block, cells, asked: askedOf(commands.at(-1)) }, cells, last: key }
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

/** How many lines of dashes stand here. */
function heightOf(lines: readonly Line[], at: number): number {
  let height = 1
  while (lines[at + height]?.kind === 'text' && ruleLine.test(lines[at + height]?.text ?? '')) height += 1
  return height
}

type FoundTable = { table: Table; headings: readonly Line[] }

/** Headings and dashes, each over as many lines as the window was too narrow for. */
function tableAt(lines: readonly Line[], at: number, height: number): FoundTable | undefined {
  if (height > Math.min(at, tallest)) return undefined
  const headings = lines.slice(at - height, at)
  if (headings.some(({ kind }) => kind !== 'text')) return undefined
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
  // By index: a copy of what is left, for each of many errors, would take a minute of a long text.
  for (let next = at; next < lines.length; next += 1) {
    const { kind, text } = lines[next] as Line
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
