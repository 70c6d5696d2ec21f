// A tiny router over node:http and node:https. The rule it keeps: what no route knows is answered 501 with method and
// path, so that a request nobody thought of fails loudly and by name.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export type Request = {
  method: string
  url: URL
  /** Names in lower case; repeated headers joined with a comma. */
  headers: Readonly<Record<string, string>>
  /** The body as UTF-8. */
  body: string
  /** The body as it came: an uploaded file need not be UTF-8. */
  bytes?: Uint8Array
  /** The body as a form; empty when it is not one. */
  form: URLSearchParams
  /** Decoded values of `{name}` in the pattern, or of the RegExp's named groups. */
  params: Readonly<Record<string, string>>
}

/** `drop` closes the connection without a word; `cut` sends half of the body and then resets it. */
export type Reply = {
  status: number
  headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON. */
  body: string | object
  drop?: boolean
  cut?: boolean
}

export type Handler = (request: Request) => Promise<Reply> | Reply

/** Method (or `*`), pattern (`/practice/tenants/{id}` or a RegExp for the whole path), handler. The first match wins. */
export type Route = readonly [method: string, pattern: string | RegExp, handler: Handler]

const bodyLimitBytes = 8 * 1024 * 1024

export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body, headers }
}

export function html(body: string, status = 200): Reply {
  return { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } }
}

/** 302 by default; 303 after a POST so that the browser goes on with GET. */
export function redirect(to: string, status: 302 | 303 = 302): Reply {
  return { status, body: '', headers: { location: to } }
}

function compile(pattern: string | RegExp): RegExp {
  if (pattern instanceof RegExp) return pattern
  const source = pattern
    .split(/(\{\w+\})/)
    .map(part =>
      /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>[^/]+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    )
    .join('')
  return new RegExp(`^${source}$`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function unknown(request: Request): Reply {
  const message = `The practice tenant does not know ${request.method} ${request.url.pathname}.`
  return json(501, { error: { code: 'NotImplemented', message } })
}

/** One handler out of a list of routes. */
export function route(routes: readonly Route[], otherwise: Handler = unknown): Handler {
  const compiled = routes.map(([method, pattern, handler]) => ({ method, pattern: compile(pattern), handler }))
  return request => {
    for (const { method, pattern, handler } of compiled) {
      if (method !== '*' && method !== request.method) continue
      const match = pattern.exec(request.url.pathname)
      if (!match) continue
      const params: Record<string, string> = {}
      for (const [name, value] of Object.entries(match.groups ?? {})) params[name] = decode(value ?? '')
      return handler({ ...request, params })
    }
    return otherwise(request)
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= bodyLimitBytes) chunks.push(chunk)
  }
  return size > bodyLimitBytes ? undefined : Buffer.concat(chunks)
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.drop) {
    response.socket?.destroy()
    return
  }
  const isText = typeof reply.body === 'string'
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...reply.headers
  })
  if (!reply.cut) return void response.end(reply.status === 204 || reply.status === 304 ? undefined : body)
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
}

/** Serves a handler. `origin` is this server's own, as people and programs address it; only used to build URLs. */
export function listener(handler: Handler, origin: () => string): RequestListener {
  return async (message, response) => {
    try {
      const bytes = await readBody(message)
      if (bytes === undefined)
        return send(response, json(413, { error: { code: 'RequestEntityTooLarge', message: '' } }))
      const body = bytes.toString('utf8')
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(message.headers)) {
        if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
      }
      const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
      const url = new URL(message.url ?? '/', origin())
      const form = new URLSearchParams(isForm ? body : '')
      send(response, await handler({ method: message.method ?? 'GET', url, headers, body, bytes, form, params: {} }))
    } catch (error) {
      // A bug of the practice tenant: said on its own stderr with the stack, and to the caller as a plain 500.
      console.error(error)
      if (!response.headersSent)
        send(response, json(500, { error: { code: 'PracticeTenantBug', message: String(error) } }))
    }
  }
}
