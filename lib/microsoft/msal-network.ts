// MSAL's requests leave by the one way out too, so that proxies and time limits hold for them.
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

export const msalNetwork: INetworkModule = {
  sendGetRequestAsync: (url, options) => sendForMsal(url, 'GET', options),
  sendPostRequestAsync: (url, options) => sendForMsal(url, 'POST', options)
}

/** The same, telling Microsoft's own ID of each token request: MSAL drops it where an application asks for itself. */
export function msalNetworkTelling(told: (requestId: string) => void): INetworkModule {
  return {
    sendGetRequestAsync: msalNetwork.sendGetRequestAsync,
    async sendPostRequestAsync<T>(url: string, options?: NetworkOptions) {
      const answer = await sendForMsal<T>(url, 'POST', options)
      const requestId = answer.headers['x-ms-request-id']
      if (requestId) told(requestId)
      return answer
    }
  }
}

const unreachable = new Set(['endpoints_resolution_error', 'network_error', 'openid_config_error'])

/** Whether MSAL failed for want of an answer: it wraps what its network module throws. */
export const isUnreachable = (error: unknown) =>
  error instanceof Silence || (error instanceof AuthError && unreachable.has(error.errorCode))
