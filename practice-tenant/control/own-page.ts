// Who may use the control API and the portal's forms. The rule it keeps: no foreign web page can reach them, neither by
// a request of its own (Origin) nor by a name that it points to this machine (Host).

import { json, type Reply, type Request, type Route } from '../http.ts'
import type { Store } from '../state.ts'

/** The refusal for a request that a foreign page made; undefined where all is well. */
export function refuseForeign({ addresses }: Store, { headers }: Request): Reply | undefined {
  const { port } = new URL(addresses.http)
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`]
  const isOwnHost = hosts.includes(headers.host ?? '')
  const { origin } = headers
  const isOwnOrigin = origin === undefined || hosts.some(host => origin === `http://${host}`)
  if (isOwnHost && isOwnOrigin) return undefined
  return json(403, { error: { code: 'Forbidden', message: 'Only this machine and its own pages may ask for this.' } })
}

/** Routes that answer nobody else. */
export function ownPagesOnly(store: Store, routes: readonly Route[]): Route[] {
  return routes.map(([method, pattern, handler]) => [
    method,
    pattern,
    request => refuseForeign(store, request) ?? handler(request)
  ])
}
