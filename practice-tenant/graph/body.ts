// Checks the body of a request against a shape. The rule it keeps: as in Graph, a member that a type does not have is
// refused and never ignored, and so is a value of the wrong type.

import { guidPattern } from '../practice.ts'
import { badRequest, GraphRefusal } from './refusal.ts'

/** `text?` may be null. A list holds one shape, an object names its members. `later` exists but is not played here. */
export type Shape =
  | 'text'
  | 'text?'
  | 'flag'
  | 'flag?'
  | 'guid'
  | 'time?'
  | 'later'
  | { oneOf: readonly string[] }
  | readonly [Shape]
  | { members: Readonly<Record<string, Shape>>; type: string }

const longestText = 10_000

function wrong(path: string, expected: string): GraphRefusal {
  return badRequest(`Invalid value specified for property '${path}': expected ${expected}.`)
}

function check(value: unknown, shape: Shape, path: string): void {
  if (shape === 'later') {
    throw new GraphRefusal(501, 'NotImplemented', `The practice tenant does not know the property '${path}'.`)
  }
  if (typeof shape === 'string') {
    const isNull = value === null && shape.endsWith('?')
    const kind = shape.replace('?', '')
    const isText = typeof value === 'string' && value.length <= longestText
    if (isNull) return
    if (kind === 'flag' && typeof value !== 'boolean') throw wrong(path, 'Edm.Boolean')
    if (kind === 'text' && !isText) throw wrong(path, 'Edm.String')
    if (kind === 'guid' && !(isText && guidPattern.test(value))) throw wrong(path, 'Edm.Guid')
    if (kind === 'time' && !(isText && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)))) {
      throw wrong(path, 'Edm.DateTimeOffset')
    }
    return
  }
  if ('oneOf' in shape) {
    if (typeof value !== 'string' || !shape.oneOf.includes(value)) throw wrong(path, shape.oneOf.join(' or '))
    return
  }
  if ('members' in shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, shape.type)
    for (const [name, member] of Object.entries(value)) {
      if (name === '@odata.type') continue
      const inner = shape.members[name]
      if (inner === undefined) {
        throw badRequest(
          `The property '${name}' does not exist on type '${shape.type}'. Make sure to only use property names that are defined by the type.`
        )
      }
      check(member, inner, path === '' ? name : `${path}/${name}`)
    }
    return
  }
  if (!Array.isArray(value)) throw wrong(path, 'a collection')
  for (const item of value) check(item, shape[0], path)
}

/** The body as an object of this shape. `T` is what the shape says, all of it optional. */
export function readBody<T extends object>(body: unknown, shape: Shape & object): Partial<T> {
  if (body === undefined) throw new GraphRefusal(400, 'BadRequest', 'Empty Payload. JSON content expected.')
  check(body, shape, '')
  return body as Partial<T>
}

/** Throws unless these members are there and not empty. */
export function demand(body: Readonly<Record<string, unknown>>, resource: string, ...names: readonly string[]): void {
  for (const name of names) {
    const value = body[name]
    if (value === undefined || value === null || value === '') {
      throw badRequest(`A value is required for property '${name}' of resource '${resource}'.`)
    }
  }
}
