// The one way out: every request to Microsoft leaves here, through HTTPS_PROXY where that is set, with a time limit.
// Node 20's own fetch ignores HTTPS_PROXY; undici's agent honours it, and NO_PROXY.
// The rule it keeps: each request is in the log by its shape, with Microsoft's own ID for it.
import 'server-only'
import { EnvHttpProxyAgent, type RequestInit, fetch as undiciFetch } from 'undici'
import { pathTemplateOf } from '../log/path-template.ts'
import { log } from '../log.ts'

export const answerWaitMs = 30_000

let agent: EnvHttpProxyAgent | undefined

/** Sends one request. Rejects when no whole answer came in time; never sends twice. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  agent ??= new EnvHttpProxyAgent()
  const signal = init.signal ?? AbortSignal.timeout(answerWaitMs)
  const method = init.method ?? 'GET'
  const asked = { method, host: hostOf(url), path: pathTemplateOf(url), correlationId: correlationIdOf(init) }
  const begunMs = performance.now()
  const tookMs = () => Math.round(performance.now() - begunMs)
  try {
    const answer = await undiciFetch(url, { ...init, signal, dispatcher: agent, redirect: 'manual' })
    const { status, headers } = answer
    const microsoftRequestId = headers.get('request-id') ?? headers.get('x-ms-request-id') ?? undefined
    const said = { ...asked, status, ms: tookMs(), microsoftRequestId }
    // To find that something is not there yet is how a look begins.
    if (status < 400 || (status === 404 && method === 'GET')) log.info('microsoft answered', said)
    else log.warn('microsoft answered', said)
    // undici's Response is the standard's; only its type has another name.
    return answer as unknown as Response
  } catch (error) {
    log.warn('microsoft gave no answer', { ...asked, ms: tookMs(), why: codeOf(error) })
    throw error
  }
}

/** MSAL's own name for a token request, which Microsoft's answers repeat. It stands in the form that is sent. */
function correlationIdOf({ body }: RequestInit): string | undefined {
  if (typeof body !== 'string' || !body.includes('client-request-id=')) return undefined
  return new URLSearchParams(body).get('client-request-id') ?? undefined
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '{}')

/** `fetch failed` says nothing; its cause has a code. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
