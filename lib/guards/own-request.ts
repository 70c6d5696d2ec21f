// Whether a request that changes something comes from our own pages. Other ports of localhost are same-site, so the
// whole origin counts. The rule it keeps: a browser that sends neither header is refused.
import { env } from '../env.ts'

export function isOwnRequest(sent: { get(name: string): string | null }): boolean {
  const site = sent.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const origin = sent.get('origin')
  if (origin !== null && origin !== 'null') return ownOrigins().includes(origin)
  return site === 'same-origin'
}

/** Whether another site led here, or another port of this machine. Who types the address (none) and programs, which say nothing,
 *  come from nowhere. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site */
export function isLinkedFromElsewhere(sent: { get(name: string): string | null }): boolean {
  const site = sent.get('sec-fetch-site')
  return site === 'cross-site' || site === 'same-site'
}

function ownOrigins(): readonly string[] {
  return [new URL(env().baseUrl).origin]
}
