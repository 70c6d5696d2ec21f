// A small reader of OData's $filter: eq, in, startswith, any, and, or, brackets.
// The rule it keeps: what is not on this list is refused as an unsupported query, never ignored.

import { unsupportedQuery } from './refusal.ts'

export type Row = Readonly<Record<string, unknown>>
export type Predicate = (row: Row) => boolean

const tokenPattern =
  /\s*('(?:[^']|'')*'|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z_][\w.]*(?:\/[A-Za-z_]\w*)*|[(),:])/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const match = tokenPattern.exec(text)
    if (!match?.[1]) throw unsupportedQuery(`Invalid filter clause: ${text}`)
    tokens.push(match[1])
  }
  return tokens
}

const fold = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)

/** Reads a filter on rows that have these members. */
export function readFilter(text: string, members: readonly string[]): Predicate {
  const tokens = tokensOf(text)
  let at = 0
  const peek = () => tokens[at]
  const refuse = () => unsupportedQuery(`Unsupported or invalid query filter clause specified: ${text}`)

  function next(): string {
    const token = tokens[at]
    if (token === undefined) throw refuse()
    at += 1
    return token
  }
  function expect(wanted: string): void {
    if (next().toLowerCase() !== wanted) throw refuse()
  }
  function member(): string {
    const name = next()
    if (!members.includes(name)) throw unsupportedQuery(`Unsupported property filter clause for property '${name}'.`)
    return name
  }
  function literal(): unknown {
    const token = next()
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (token === 'null') return null
    if (token === 'true' || token === 'false') return token === 'true'
    if (/^[0-9a-f-]{36}$/i.test(token)) return token
    throw refuse()
  }

  function anyOf(collection: string): Predicate {
    if (!members.includes(collection)) throw unsupportedQuery(`Unsupported property filter clause: ${collection}.`)
    expect('(')
    const variable = next()
    expect(':')
    if (next() !== variable) throw refuse()
    expect('eq')
    const wanted = fold(literal())
    expect(')')
    return row => Array.isArray(row[collection]) && (row[collection] as unknown[]).some(one => fold(one) === wanted)
  }

  function primary(): Predicate {
    const token = peek()
    if (token === '(') {
      next()
      const inner = either()
      expect(')')
      return inner
    }
    if (token?.toLowerCase() === 'startswith') {
      next()
      expect('(')
      const name = member()
      expect(',')
      const prefix = String(fold(literal()))
      expect(')')
      return row => typeof row[name] === 'string' && String(fold(row[name])).startsWith(prefix)
    }
    if (token?.endsWith('/any')) {
      next()
      return anyOf(token.slice(0, -'/any'.length))
    }
    const name = member()
    const operator = next().toLowerCase()
    if (operator === 'eq') {
      const wanted = fold(literal())
      return row => fold(row[name] ?? null) === wanted
    }
    if (operator !== 'in') throw refuse()
    expect('(')
    const wanted = [fold(literal())]
    while (peek() === ',') {
      next()
      wanted.push(fold(literal()))
    }
    expect(')')
    return row => wanted.includes(fold(row[name] ?? null))
  }
  function both(): Predicate {
    let left = primary()
    while (peek()?.toLowerCase() === 'and') {
      next()
      const [one, other] = [left, primary()]
      left = row => one(row) && other(row)
    }
    return left
  }
  function either(): Predicate {
    let left = both()
    while (peek()?.toLowerCase() === 'or') {
      next()
      const [one, other] = [left, both()]
      left = row => one(row) || other(row)
    }
    return left
  }

  const whole = either()
  if (at !== tokens.length) throw refuse()
  return whole
}
