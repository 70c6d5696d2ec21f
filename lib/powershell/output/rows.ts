// One row of a table that PowerShell drew, cell by cell. The rule: a row is read by its columns; where these were lost on the
// way, by shapes that can be nothing else; and where neither works it is not read.

import { isGuid, isSid } from './found.ts'

export type Columns = { names: readonly string[]; starts: readonly number[]; ends: readonly number[] }
export type Cells = ReadonlyMap<string, string>

/** Names that columns and lists have, as Exchange prints them: a cut heading is looked up here. */
const known = [
  'AccessRights',
  'ActiveSyncEnabled',
  'AppId',
  'AppOwnerOrganizationId',
  'Deny',
  'DisplayName',
  'EwsEnabled',
  'ExternalDirectoryObjectId',
  'Id',
  'Identity',
  'ImapEnabled',
  'InheritanceType',
  'IsInherited',
  'IsValid',
  'MapiEnabled',
  'Name',
  'OWAEnabled',
  'ObjectId',
  'PopEnabled',
  'PrimarySmtpAddress',
  'ServicePrincipalType',
  'Sid',
  'SignInAudience',
  'SmtpClientAuthenticationDisabled',
  'User',
  'UserSid'
].map(name => name.toLowerCase())

/** No view of Exchange has as many; each row is cut at every column. */
const mostColumns = 40

/** Columns from a heading and the dashes below it; undefined where they do not fit together. */
export function columnsOf(heading: string, rule: string): Columns | undefined {
  const dashes = [...rule.matchAll(/-+/g)]
  const words = heading.trim().split(/\s+/)
  if (words.length !== dashes.length || words.length > mostColumns) return undefined
  return {
    names: words.map(fullName),
    starts: dashes.map(({ index }) => index),
    ends: dashes.map(({ 0: group, index }) => index + group.length)
  }
}

function fullName(word: string): string {
  const name = word.toLowerCase()
  const start = name.replace(/(?:\u2026|\.\.\.)$/, '')
  if (start === name) return name
  const fits = known.filter(one => one.startsWith(start))
  return fits.length === 1 ? (fits[0] as string) : name
}

export type TableKind = 'principal' | 'permission' | 'cas'

/** What kind of table these columns make; undefined where it is none that is read here. */
export function kindOf(names: readonly string[]): TableKind | undefined {
  if (names.includes('user') && names.includes('accessrights')) return 'permission'
  if (names.includes('appid') || (names.includes('objectid') && names.includes('displayname'))) return 'principal'
  const switches = ['imapenabled', 'popenabled', 'smtpclientauthenticationdisabled']
  return switches.some(name => names.includes(name)) ? 'cas' : undefined
}

/** Cells by where the columns begin. A word that stands across a beginning belongs to the column on its right, as numbers
 *  and yes or no are set flush right by some views. */
function byPosition(row: string, { names, starts }: Columns): Cells {
  if (row.includes('\t')) return new Map(row.split('\t').map((cell, index) => [names[index] ?? '', cell.trim()]))
  const edges = starts.map(start => {
    let edge = start
    while (edge > 0 && edge < row.length && row[edge - 1] !== ' ' && row[edge] !== ' ') edge -= 1
    return edge
  })
  return new Map(names.map((name, index) => [name, row.slice(index === 0 ? 0 : edges[index], edges[index + 1]).trim()]))
}

const guidShape =
  /(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f-]{0,26}(?:\u2026|\.\.\.))(?=\s|$)/gi
/** Identity, user, rights, inherited or not, denied or not. Each part begins and ends where no other could, so that a long row of
 *  one character is not tried at every place. */
const permissionShape =
  /^(?:(\S(?:.*?\S)?)\s+)?(NT AUTHORITY\\\S+|S-1-5-[\d-]+(?:\u2026|\.\.\.)?|[0-9a-f]{8}-[0-9a-f-]+(?:\u2026|\.\.\.)?|[^\s@]+@[^\s@]+)\s+(\{[^{}]*\}|[A-Za-z]+)\s+(True|False)\s+(True|False)$/i

/** Cells by their shapes, in the order of the columns. */
function byShape(row: string, { names }: Columns, kind: TableKind): Cells | undefined {
  if (kind === 'principal') {
    const ids = names.filter(name => name === 'appid' || name === 'objectid')
    const values = [...row.matchAll(guidShape)]
    if (values.length !== ids.length || values.length === 0) return undefined
    const cells = new Map<string, string>(ids.map((name, index) => [name, values[index]?.[0] ?? '']))
    const name = row.slice(0, values[0]?.index).trim()
    if (names[0] === 'displayname') cells.set('displayname', name)
    return cells
  }
  if (kind === 'cas') {
    const words = row.trim().split(/\s+/)
    return words.length === names.length ? new Map(names.map((name, index) => [name, words[index] ?? ''])) : undefined
  }
  if (kind !== 'permission' || names.join() !== 'identity,user,accessrights,isinherited,deny') return undefined
  const found = permissionShape.exec(row.trim())
  return found ? new Map(names.map((name, index) => [name, found[index + 1] ?? ''])) : undefined
}

const cutGuid = /^[0-9a-f][0-9a-f-]*(?:\u2026|\.\.\.)$/i
const yesOrNo = /^(?:True|False|)$/i
const rights =
  /^\{?(?:ChangeOwner|ChangePermission|DeleteItem|ExternalAccount|FullAccess|ReadPermission|SendAs)(?:[,}\s]|\u2026|\.\.\.|$)/i

/** A list of rights that goes on in the next line. */
const unclosed = /^\{(?!.*(?:\}|\u2026|\.\.\.)$)/

/** Whether every cell holds what its column can hold. */
function fits(cells: Cells, { names }: Columns, kind: TableKind): boolean {
  const cell = (name: string) => cells.get(name) ?? ''
  if (kind === 'principal')
    return ['appid', 'objectid'].every(name => !names.includes(name) || isGuid(cell(name)) || cutGuid.test(cell(name)))
  if (kind === 'permission')
    return (
      cell('user') !== '' &&
      rights.test(cell('accessrights')) &&
      !unclosed.test(cell('accessrights')) &&
      yesOrNo.test(cell('deny')) &&
      wholeUser(cell('user'))
    )
  return ['imapenabled', 'popenabled', 'smtpclientauthenticationdisabled'].every(name => yesOrNo.test(cell(name)))
}

/** A SID or GUID that goes on in the next line is not whole. */
function wholeUser(user: string): boolean {
  if (/^S-1-5-21-/i.test(user)) return isSid(user) ? user.split('-').length >= 8 : /(?:\u2026|\.\.\.)$/.test(user)
  return !/^[0-9a-f]{8}-[0-9a-f-]*$/i.test(user) || isGuid(user)
}

export type ReadRow = { cells: Cells; used: number }

/** Reads a row that begins with the first of these lines, over as many of them as it needs; undefined where it cannot be. */
export function readRow(lines: readonly string[], columns: Columns, kind: TableKind, height = 1): ReadRow | undefined {
  for (let used = height; used <= Math.min(lines.length, height + 2); used += 1) {
    const part = lines.slice(0, used)
    for (const cells of readings(part, columns, kind, height))
      if (cells && fits(cells, columns, kind)) return { cells, used }
  }
  return undefined
}

/** Whether every yes or no stands under its heading, flush left or right. Where spaces were lost none may be read by position. */
function aligned(row: string, { starts, ends }: Columns): boolean {
  if (row.includes('\t')) return true
  return [...row.matchAll(/(?<=^|\s)(?:True|False)(?=\s|$)/g)].every(
    ({ 0: word, index }) => starts.includes(index) || ends.includes(index + word.length)
  )
}

function readings(
  part: readonly string[],
  columns: Columns,
  kind: TableKind,
  height: number
): readonly (Cells | undefined)[] {
  const [row = ''] = part
  if (part.length === 1)
    return [aligned(row, columns) ? byPosition(row, columns) : undefined, byShape(row, columns, kind)]
  const slices = part.map(line => byPosition(line, columns))
  const stacked = new Map(columns.names.map(name => [name, slices.map(cells => cells.get(name) ?? '').join('')]))
  const shapes = [part.join(''), part.join(' ')].map(joined => byShape(joined, columns, kind))
  return part.every(line => aligned(line, columns)) && height === 1 ? [stacked, ...shapes] : shapes
}
