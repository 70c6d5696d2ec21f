// Before anything of Next: the headers that every response carries, the address a request comes from, and time limits.
// The rule it keeps: it hangs on the server itself, so no page, file or refusal of Next's own gets past it.
// https://nodejs.org/api/diagnostics_channel.html#http
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { env } from '../env.ts'
import { addressHeader, addressOf } from './address.ts'
import { headersFor } from './headers.ts'

/** A request that has not come in whole by then is cut off: its headers, and its body with them. Node looks every 30 seconds,
 *  so it may be half a minute later. */
export const headersLimitMs = 15_000
export const requestLimitMs = 60_000

const usual = { headersLimitMs, requestLimitMs }

type Begun = { request: IncomingMessage; response: ServerResponse; server: Server }

/** Called once, as the server starts. */
export function guardEveryRequest(limits = usual): void {
  subscribe('http.server.request.start', message => guard(message as Begun, limits))
}

function guard({ request, response, server }: Begun, limits: typeof usual): void {
  const { baseUrl, proxies } = env()
  for (const [name, value] of headersFor(baseUrl)) response.setHeader(name, value)
  const forwarded = request.headers['x-forwarded-for']
  request.headers[addressHeader] = addressOf(request.socket.remoteAddress, [forwarded ?? []].flat().join(), proxies)
  // Node looks at these again and again, so they hold for the request that has just begun too.
  server.headersTimeout = limits.headersLimitMs
  server.requestTimeout = limits.requestLimitMs
}
