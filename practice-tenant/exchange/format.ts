// Tables and lists as PowerShell draws them on a window of 120 columns. The rule it keeps: Windows PowerShell cuts a cell with
// three dots and PowerShell 7 with one character; blank lines around differ too.

import { type Edition, ErrorRecord, errorLines } from './errors.ts'
import { looseProperty, propertyNames } from './properties.ts'
import { Hashtable, items, listed, PSObject, Thing, text, type Value } from './values.ts'
import { type Column, viewOf, viewType } from './views.ts'

const windowWidth = 120
/** How many items of a list are shown. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables */
const shownItems = 4

/** A property's value in a table or list: lists in braces, no more than four items. */
export function cell(value: Value, edition: Edition): string {
  const list = listed(value)
  if (!list) return text(value)
  const shown = list.slice(0, shownItems).map(text)
  if (list.length > shownItems) shown.push(edition === '5.1' ? '...' : '\u2026')
  return `{${shown.join(', ')}}`
}

function cut(content: string, width: number, edition: Edition): string {
  const flat = content.replace(/\r?\n/g, ' ')
  if (flat.length <= width) return flat
  const dots = edition === '5.1' ? '...' : '\u2026'
  return width <= dots.length ? flat.slice(0, width) : flat.slice(0, width - dots.length) + dots
}

type Drawn = { heads: readonly string[]; widths: readonly number[]; right: readonly boolean[] }

function evenly(count: number): number[] {
  return Array.from({ length: count }, () => Math.max(3, Math.floor((windowWidth - (count - 1)) / count)))
}

function widthsFor(columns: readonly Column[], rows: readonly (readonly string[])[], own: boolean): number[] {
  if (columns.every(column => column.width !== undefined)) return columns.map(column => column.width as number)
  if (own) return evenly(columns.length)
  const needed = columns.map((column, index) =>
    Math.max(column.name.length, ...rows.map(row => (row[index] ?? '').length))
  )
  const total = needed.reduce((sum, width) => sum + width, 0) + columns.length - 1
  return total <= windowWidth ? needed : evenly(columns.length)
}

function line(cells: readonly string[], drawn: Drawn): string {
  return cells
    .map((one, index) => {
      const width = drawn.widths[index] as number
      return drawn.right[index] ? one.padStart(width) : one.padEnd(width)
    })
    .join(' ')
    .trimEnd()
}

/** A table that is drawn row by row once its columns are known. */
export class Table {
  private readonly columns: readonly Column[]
  private readonly edition: Edition
  private drawn: Drawn | undefined
  /** `own`: the widths are the view's, whatever the rows hold. */
  private readonly own: boolean
  constructor(columns: readonly Column[], edition: Edition, own: boolean) {
    this.columns = columns
    this.edition = edition
    this.own = own
  }

  private cells(value: Value): string[] {
    return this.columns.map(column => cell(looseProperty(value, column.name), this.edition))
  }

  /** Head, dashes and the rows given: all of them when widths depend on them. */
  open(values: readonly Value[]): string[] {
    const rows = values.map(value => this.cells(value))
    const widths = widthsFor(this.columns, rows, this.own)
    const right = this.columns.map(column => typeof looseProperty(values[0], column.name) === 'number')
    const heads = this.columns.map((column, index) => cut(column.name, widths[index] as number, this.edition))
    this.drawn = { heads, widths, right }
    const dashes = heads.map(head => '-'.repeat(head.length))
    return ['', line(heads, this.drawn), line(dashes, this.drawn), ...values.map(value => this.row(value))]
  }

  row(value: Value): string {
    const drawn = this.drawn as Drawn
    return line(
      this.cells(value).map((one, index) => cut(one, drawn.widths[index] as number, this.edition)),
      drawn
    )
  }

  close(): string[] {
    return this.edition === '5.1' ? ['', ''] : ['']
  }
}

function wrapped(content: string, width: number): string[] {
  const lines: string[] = []
  for (const part of content.split(/\r?\n/))
    for (let at = 0; at === 0 || at < part.length; at += width) lines.push(part.slice(at, at + width))
  return lines
}

/** One object as `Name : value` lines. */
function listOf(value: Value, names: readonly string[], edition: Edition): string[] {
  const width = Math.max(...names.map(name => name.length))
  return names.flatMap(name => {
    const parts = wrapped(cell(looseProperty(value, name), edition), windowWidth - width - 3)
    return parts.map((part, index) =>
      `${(index === 0 ? name : '').padEnd(width)} ${index === 0 ? ':' : ' '} ${part}`.trimEnd()
    )
  })
}

export function listLines(values: readonly Value[], names: readonly string[] | undefined, edition: Edition): string[] {
  const around = edition === '5.1' ? ['', ''] : ['']
  const blocks = values.map(value => listOf(value, names ?? propertyNames(value), edition))
  const body = blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  return [...around, ...body, '', ...(edition === '5.1' ? ['', ''] : [])]
}

export function tableLines(values: readonly Value[], names: readonly string[] | undefined, edition: Edition): string[] {
  if (values.length === 0) return []
  const view = viewOf(viewType(values[0]), propertyNames(values[0]))
  const columns = names?.map(name => ({ name })) ?? view?.columns ?? propertyNames(values[0]).map(name => ({ name }))
  const table = new Table(columns, edition, names === undefined && view?.fixed === true)
  return [...table.open(values), ...table.close()]
}

/** What Out-String and Format-* would show of some values. */
export function shown(values: readonly Value[], edition: Edition): string[] {
  const lines: string[] = []
  const display = new Display(edition, line => lines.push(line))
  for (const value of values) display.push(value)
  display.end()
  return lines
}

/** Lines that a Format-* cmdlet made: shown as they are. */
export class Formatted extends Thing {
  readonly type = 'Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData'
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super()
    this.lines = lines
  }
  toString(): string {
    return this.type
  }
}

/** What the window does with output that nobody took: the first object decides how its like are shown. */
export class Display {
  private readonly edition: Edition
  private readonly print: (line: string) => void
  private table: Table | undefined
  private type = ''
  private waiting: Value[] = []
  constructor(edition: Edition, print: (line: string) => void) {
    this.edition = edition
    this.print = print
  }

  push(value: Value): void {
    if (value === undefined || value === null) return
    if (value instanceof Formatted || value instanceof ErrorRecord) {
      this.end()
      const lines = value instanceof Formatted ? value.lines : errorLines(value, this.edition)
      for (const one of lines) this.print(one)
      return
    }
    if (value instanceof Hashtable) {
      for (const { key, value: one } of value.entries.values())
        this.push(new PSObject('System.Collections.DictionaryEntry', { Name: key, Value: one }))
      return
    }
    const names = propertyNames(value)
    const isPlain = typeof value !== 'object' || (names.length === 0 && !listed(value))
    if (isPlain) {
      this.end()
      this.print(text(value))
      return
    }
    if (listed(value)) {
      for (const item of items(value)) this.push(item)
      return
    }
    const type = viewType(value)
    if (type !== this.type) this.end()
    this.type = type
    if (this.table) {
      this.print(this.table.row(value))
      return
    }
    const view = viewOf(type, names)
    if (this.waiting.length === 0 && view?.fixed) {
      this.table = new Table(view.columns, this.edition, true)
      for (const line of this.table.open([value])) this.print(line)
    } else this.waiting.push(value)
  }

  /** Draws what is still waiting for its columns. */
  end(): void {
    const lines = this.table?.close() ?? []
    const first = this.waiting[0]
    if (first !== undefined) {
      const view = viewOf(viewType(first), propertyNames(first))
      lines.push(
        ...(view ? tableLines(this.waiting, undefined, this.edition) : listLines(this.waiting, undefined, this.edition))
      )
    }
    this.table = undefined
    this.waiting = []
    this.type = ''
    for (const one of lines) this.print(one)
  }
}
