// MSAL's requests leave by the one way out too, so that proxies and time limits hold for them.
// The rule it keeps: of what comes back, an authority's published metadata alone is remembered; it is the same for everybody.
import 'server-only'
import { AuthError, type INetworkModule } from '@azure/msal-node'
import { Silence } from './answers.ts'
import { send } from './http.ts'

type NetworkOptions = { headers?: Record<string, string>; body?: string }

async function sendForMsal<T>(url: string, method: string, options?: NetworkOptions) {
  try {
    const answer = await send(url, { method, headers: options?.headers, body: options?.body })
    const headers = Object.fromEntries(answer.headers.entries())
    return { headers, body: (await answer.json()) as T, status: answer.status }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    throw new Silence(`Microsoft’s sign-in service gave no usable answer ${cause}`.trim())
  }
}

/** MSAL keeps an authority's metadata in its application object for a day. Ours lives for one call, and would ask each time:
 *  two requests of five to Microsoft were that. */
const metadataForMs = 10 * 60_000
const metadataMax = 500
const metadata = new Map<string, { untilMs: number; answer: unknown }>()

async function getForMsal<T>(url: string, options?: NetworkOptions) {
  if (!url.endsWith('/.well-known/openid-configuration')) return sendForMsal<T>(url, 'GET', options)
  const known = metadata.get(url)
  if (known && known.untilMs > Date.now())
    return structuredClone(known.answer) as Awaited<ReturnType<typeof sendForMsal<T>>>
  const answer = await sendForMsal<T>(url, 'GET', options)
  metadata.delete(url)
  if (answer.status !== 200) return answer
  metadata.set(url, { untilMs: Date.now() + metadataForMs, answer: structuredClone(answer) })
  for (const oldest of metadata.keys()) {
    if (metadata.size <= metadataMax) break
    metadata.delete(oldest)
  }
  return answer
}

export const msalNetwork: INetworkModule = {
  sendGetRequestAsync: getForMsal,
  sendPostRequestAsync: (url, options) => sendForMsal(url, 'POST', options)
}

/** The same, telling Microsoft's own ID of each token request: MSAL drops it where an application asks for itself. A fault of
 *  the server and "too many requests" are no answer: they say nothing of who asks. */
export function msalNetworkTelling(told: (requestId: string) => void): INetworkModule {
  return {
    sendGetRequestAsync: msalNetwork.sendGetRequestAsync,
    async sendPostRequestAsync<T>(url: string, options?: NetworkOptions) {
      const answer = await sendForMsal<T>(url, 'POST', options)
      const requestId = answer.headers['x-ms-request-id']
      if (requestId) told(requestId)
      if (answer.status >= 500 || answer.status === 429)
        throw new Silence(`Microsoft’s sign-in service answered ${answer.status}`)
      return answer
    }
  }
}

const unreachable = new Set(['endpoints_resolution_error', 'network_error', 'openid_config_error'])

/** Whether MSAL failed for want of an answer: it wraps what its network module throws. */
export const isUnreachable = (error: unknown) =>
  error instanceof Silence || (error instanceof AuthError && unreachable.has(error.errorCode))
