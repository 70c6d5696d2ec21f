// The request that is being served: its ID, who and which setup it is about, and what in it must not be logged.
// The rule it keeps: what a request brought is forgotten with the request.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

export type ServedRequest = { requestId: string; personId?: string; setupId?: string; secrets: Set<string> }

/** Next puts this file into several bundles of one process, and all of them mean the same request. */
const name = Symbol.for('mail-oauth-wizard.served-request')
const kept = globalThis as typeof globalThis & { [name]?: AsyncLocalStorage<ServedRequest> }
kept[name] ??= new AsyncLocalStorage<ServedRequest>()
const served = kept[name]

/** The most cookies of others that a request may bring; a browser's are few. */
const othersMax = 50

/** The wizard's own, as lib/session names them; with another port in its name, that of another wizard on this computer. */
export const ownCookie = /^(?:__Host-session|mail-oauth-wizard-\d+)$/

export const servedRequest = (): ServedRequest | undefined => served.getStore()

/** For tests, and for work that no request began. */
export const asRequest = <T>(request: ServedRequest, work: () => T): T => served.run(request, work)

/** Says whom or what the request is about, as soon as that is known. */
export function noteOfRequest(known: Pick<ServedRequest, 'personId' | 'setupId'>): void {
  const request = served.getStore()
  if (request) Object.assign(request, known)
}

/** Keeps a value out of everything that is logged for this request. Without a limit: whoever calls this is the wizard. */
export function neverLog(secret: string): void {
  served.getStore()?.secrets.add(secret)
}

/** Gives each request that this process serves an ID of its own, told to the browser too. A proxy's is not taken over: it
 *  would have to be trusted. https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#http */
export function watchRequests(): void {
  subscribe('http.server.request.start', message => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const requestId = randomUUID()
    served.enterWith({ requestId, secrets: new Set(secretsIn(request)) })
    response.setHeader('X-Request-Id', requestId)
  })
}

/** What Microsoft's redirect carries, credentials, and cookies: the wizard's own whatever else is sent, then others'. */
export function secretsIn({ headers, url }: Pick<IncomingMessage, 'headers' | 'url'>): string[] {
  const cookies = (headers.cookie ?? '').split(';').map(pair => {
    const end = pair.indexOf('=')
    return { own: ownCookie.test(pair.slice(0, Math.max(0, end)).trim()), value: pair.slice(end + 1).trim() }
  })
  const valuesOf = (own: boolean) =>
    new Set(cookies.filter(each => each.own === own && each.value).map(each => each.value))
  const query = new URLSearchParams(url?.split('?')[1] ?? '')
  const inQuery = ['code', 'state', 'session_state', 'client_info'].map(name => query.get(name) ?? '')
  const first = [...inQuery, headers.authorization ?? '', ...valuesOf(true)].filter(Boolean)
  return [...first, ...[...valuesOf(false)].slice(0, othersMax)]
}
