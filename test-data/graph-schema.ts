// Whether a request is one that Microsoft Graph's own schema knows: its method, its path with the form of its key, the
// names in its query, its headers and every member of its body.
// The rule it keeps: test-data/graph.openapi.json is an extract of microsoftgraph/msgraph-metadata (schemas/v1.0-Prod.csdl),
// which names its source itself; it is not edited.
import { Ajv, type ValidateFunction } from 'ajv'
import ajvFormats from 'ajv-formats'
import document from './graph.openapi.json' with { type: 'json' }

export type GraphRequest = {
  method: string
  /** From `/v1.0/` on, with the query. */
  url: URL
  headers: Readonly<Record<string, string>>
  body: unknown
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

type Parameter = { name?: string; in?: string; $ref?: string }
type Operation = { parameters?: readonly Parameter[]; requestBody?: { required?: boolean; content: object } }
type Item = { readonly [method: string]: Operation }

const ajv = new Ajv({ strict: false, allErrors: true })
// Ajv's own types and its formats' are of two module systems.
const addFormats = ajvFormats as unknown as (to: Ajv, formats: readonly string[]) => void
addFormats(ajv, ['uuid', 'date-time', 'int32'])
ajv.addFormat('base64url', /^[A-Za-z0-9_-]*$/)
ajv.addSchema(document, 'graph')

const paths = Object.entries(document.paths as unknown as Record<string, Item>).map(([path, item]) => ({
  path,
  item,
  pattern: new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, "[^/()']+")}$`),
  // `/deletedItems/microsoft.graph.application` is a path of its own, not an ID.
  fixed: path.replace(/\{[^}]+\}/g, '').length
}))

/** The operation of a method and path; of several paths the one with the most words of its own. */
function findOperation(method: string, pathname: string): { path: string; operation: Operation } | undefined {
  const [best] = paths.filter(one => one.pattern.test(pathname)).sort((left, right) => right.fixed - left.fixed)
  const operation = best?.item[method.toLowerCase()]
  return best && operation ? { path: best.path, operation } : undefined
}

const compiled = new Map<string, ValidateFunction>()

function bodyValidator(method: string, path: string): ValidateFunction {
  const pointer = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
  const $ref = `graph#/${pointer.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  const known = compiled.get($ref) ?? ajv.compile({ $ref })
  compiled.set($ref, known)
  return known
}

function whyNotBody(method: string, path: string, operation: Operation, body: unknown): readonly string[] {
  if (!operation.requestBody)
    return body === undefined || Object.keys(body as object).length === 0 ? [] : ['there is a body where none may be']
  if (body === undefined) return operation.requestBody.required ? ['there is no body'] : []
  const validate = bodyValidator(method, path)
  if (validate(body)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `the body${instancePath} ${message} ${JSON.stringify(params)}`
  )
}

const nameOf = (parameter: Parameter): string => parameter.name ?? `$${parameter.$ref?.split('/').at(-1)}`

/** What a request may carry besides its body. https://learn.microsoft.com/graph/use-the-api */
const allowedHeaders: Readonly<Record<string, RegExp>> = {
  authorization: /^Bearer \S+$/,
  'content-type': /^application\/json$/,
  prefer: /^create-if-missing$/,
  'client-request-id': guid,
  sdkversion: /^graph-js/,
  accept: /./,
  consistencylevel: /^eventual$/
}

/** The keys in a path that are GUIDs: `/applications/{id}` and `(appId='{appId}')`, but no role assignment's. */
const guidKeys = /(?:\/(?:applications|servicePrincipals|deletedItems)\/|appId=')([^/')]+)/g

/** Why Microsoft would not know this request: nothing when it would. */
export function whyNotGraph({ method, url, headers, body }: GraphRequest): readonly string[] {
  const pathname = decodeURIComponent(url.pathname)
  const found = findOperation(method, pathname)
  if (!found) return [`${method} ${pathname} is no request of Microsoft Graph`]
  const names = (found.operation.parameters ?? []).map(nameOf)
  return [
    ...whyNotBody(method, found.path, found.operation, body),
    ...[...url.searchParams.keys()].filter(name => !names.includes(name)).map(name => `the query ${name} is unknown`),
    ...Object.entries(headers)
      .filter(([name, value]) => !allowedHeaders[name]?.test(value))
      .map(([name]) => `the header ${name} is not what it may be`),
    ...[...pathname.matchAll(guidKeys)]
      .map(match => match[1] ?? '')
      .filter(key => !key.startsWith('microsoft.graph.') && !guid.test(key))
      .map(key => `the key ${key} is no GUID`),
    ...whyNotUpsert(method, pathname, headers)
  ]
}

/** `create-if-missing` goes with a PATCH by an alternate key only. https://learn.microsoft.com/graph/api/application-upsert */
function whyNotUpsert(method: string, path: string, headers: Readonly<Record<string, string>>): readonly string[] {
  if (!headers.prefer) return []
  const isUpsert = method === 'PATCH' && /^\/v1\.0\/(applications\(uniqueName=|servicePrincipals\(appId=)/.test(path)
  return isUpsert ? [] : ['create-if-missing belongs to a PATCH by an alternate key']
}
