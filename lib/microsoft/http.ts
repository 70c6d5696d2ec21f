// The one way out: every request to Microsoft leaves here, through HTTPS_PROXY where that is set, with a time limit.
// Node 20's own fetch ignores HTTPS_PROXY; undici's agent honours it, and NO_PROXY.
import 'server-only'
import { EnvHttpProxyAgent, type RequestInit, fetch as undiciFetch } from 'undici'

export const answerWaitMs = 30_000

let agent: EnvHttpProxyAgent | undefined

/** Sends one request. Rejects when no whole answer came in time; never sends twice. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  agent ??= new EnvHttpProxyAgent()
  const signal = init.signal ?? AbortSignal.timeout(answerWaitMs)
  const answer = await undiciFetch(url, { ...init, signal, dispatcher: agent, redirect: 'manual' })
  // undici's Response is the standard's; only its type has another name.
  return answer as unknown as Response
}
