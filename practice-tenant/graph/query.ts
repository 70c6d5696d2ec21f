// Query options of Graph: $select, $filter, $search, $top, $count, $orderby, paging by @odata.nextLink.
// The rule it keeps: an option that a resource does not support is refused, never ignored.

import type { Answer, Call } from './call.ts'
import { type Predicate, type Row, readFilter } from './filter.ts'
import { badRequest, GraphRefusal, unsupportedQuery } from './refusal.ts'

export type Resource = {
  /** `microsoft.graph.application` */
  type: string
  /** `applications`, in @odata.context. */
  set: string
  members: readonly string[]
  filterable: readonly string[]
  /** Members returned without $select; all unless given. */
  usual?: readonly string[]
  searchable?: readonly string[]
}

const listOptions = ['$select', '$filter', '$search', '$top', '$count', '$orderby', '$skiptoken']

function refuseUnknown(url: URL, known: readonly string[]): void {
  for (const name of url.searchParams.keys()) {
    if (!known.includes(name)) throw unsupportedQuery(`The practice tenant does not know the query option '${name}'.`)
  }
}

function readSelect(url: URL, { members, type, usual }: Resource): readonly string[] {
  const select = url.searchParams.get('$select')
  if (select === null) return usual ?? members
  const names = select.split(',').map(name => name.trim())
  const unknown = names.find(name => !members.includes(name))
  if (unknown !== undefined) {
    throw new GraphRefusal(400, 'BadRequest', `Could not find a property named '${unknown}' on type '${type}'.`)
  }
  return names
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map(name => [name, row[name] ?? null]))
}

function contextOf({ practice, url }: Call, resource: Resource, entity: boolean): string {
  const select = url.searchParams.get('$select')
  const members = select === null ? '' : `(${select})`
  return `${practice.addresses.https}/v1.0/$metadata#${resource.set}${members}${entity ? '/$entity' : ''}`
}

/** One object. */
export function one(call: Call, resource: Resource, row: Row, status = 200): Answer {
  refuseUnknown(call.url, ['$select'])
  const body = { '@odata.context': contextOf(call, resource, true), ...pick(row, readSelect(call.url, resource)) }
  return { status, body }
}

/** Words of "displayName:ada" OR "mail:ada": a row fits when a word of the member begins with it.
 *  https://learn.microsoft.com/graph/search-query-parameter */
function readSearch(text: string, searchable: readonly string[]): Predicate {
  const parts = text.split(/\s+(OR|AND)\s+/)
  const clause = (part: string): Predicate => {
    const match = /^"(\w+):(.*)"$/s.exec(part.trim())
    if (!match?.[1] || !searchable.includes(match[1])) {
      throw badRequest(`Syntax error: ${part} is not a search clause on a searchable property.`)
    }
    const [name, wanted] = [match[1], (match[2] ?? '').toLowerCase()]
    return row =>
      String(row[name] ?? '')
        .toLowerCase()
        .split(/[\s.@_-]+/)
        .concat(String(row[name] ?? '').toLowerCase())
        .some(word => word.startsWith(wanted))
  }
  let fits = clause(parts[0] ?? '')
  for (let index = 1; index < parts.length; index += 2) {
    const [left, right, isOr] = [fits, clause(parts[index + 1] ?? ''), parts[index] === 'OR']
    fits = row => (isOr ? left(row) || right(row) : left(row) && right(row))
  }
  return fits
}

/** What a list request filters by, to be applied where the rows are read. */
export function readWanted({ url, headers }: Call, resource: Resource): Predicate {
  refuseUnknown(url, listOptions)
  const query = url.searchParams
  const eventual = headers.consistencylevel?.toLowerCase() === 'eventual'
  const filter = query.get('$filter')
  const search = query.get('$search')
  const advanced = search !== null || query.has('$count')
  if (advanced && !eventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'"
    )
  }
  const byFilter = filter === null ? () => true : readFilter(filter, resource.filterable)
  const bySearch = search === null ? () => true : readSearch(search, resource.searchable ?? [])
  return row => byFilter(row) && bySearch(row)
}

function readTop(url: URL): number {
  const text = url.searchParams.get('$top')
  if (text === null) return 100
  const top = Number(text)
  if (!Number.isInteger(top) || top < 1 || top > 999) throw badRequest(`Invalid page size specified: '${text}'.`)
  return top
}

function inOrder(rows: readonly Row[], url: URL, members: readonly string[]): readonly Row[] {
  const order = url.searchParams.get('$orderby')
  if (order === null) return rows
  const [name = '', direction = 'asc'] = order.trim().split(/\s+/)
  if (!members.includes(name)) throw unsupportedQuery(`Sorting on '${name}' is not supported.`)
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1
  return [...rows].sort((left, right) => sign * String(left[name] ?? '').localeCompare(String(right[name] ?? '')))
}

/** A page of rows that were already filtered. */
export function many(call: Call, resource: Resource, rows: readonly Row[]): Answer {
  const { url, practice } = call
  const names = readSelect(url, resource)
  const top = readTop(url)
  const from = Number(Buffer.from(url.searchParams.get('$skiptoken') ?? '', 'base64url').toString('utf8') || 0)
  if (!Number.isInteger(from) || from < 0) throw badRequest('The value of the $skiptoken query option is not valid.')
  const sorted = inOrder(rows, url, resource.members)
  const value = sorted.slice(from, from + top).map(row => {
    const type = row['@odata.type']
    return { ...(type === undefined ? {} : { '@odata.type': type }), ...pick(row, names) }
  })
  const next = new URL(practice.addresses.https + url.pathname + url.search)
  next.searchParams.set('$skiptoken', Buffer.from(String(from + top)).toString('base64url'))
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call, resource, false),
      ...(url.searchParams.get('$count') === 'true' ? { '@odata.count': rows.length } : {}),
      ...(from + top < rows.length ? { '@odata.nextLink': next.href } : {}),
      value
    }
  }
}
