// Stands in for `send` of lib/microsoft/http.ts in contract tests: the practice tenant's certificate is trusted, and what leaves
// is written down as it leaves. The rule it keeps: nothing is sent twice here, like there.
import type { RequestInit as UndiciInit } from 'undici'
import type { PracticeTenant } from '../../practice-tenant/testing.ts'

export type Sent = { method: string; url: URL; headers: Readonly<Record<string, string>>; body: unknown }

/** One a test file: vitest loads this module anew for each. */
export const network: { tenant: PracticeTenant | undefined; answerWaitMs: number; sent: Sent[] | undefined } = {
  tenant: undefined,
  answerWaitMs: 30_000,
  /** Undefined: nobody wants to know. */
  sent: undefined
}

/** `init` as lib/microsoft/http.ts takes it: undici's, of which the standard's own type has another name. */
export async function send(url: string, given: UndiciInit = {}): Promise<Response> {
  const init = given as RequestInit
  if (!network.tenant) throw new Error('No practice tenant runs in this test file')
  const headers = Object.fromEntries(new Headers(init.headers).entries())
  const isJson = headers['content-type']?.includes('application/json') && init.body !== undefined
  const body: unknown = isJson ? JSON.parse(String(init.body)) : (init.body ?? undefined)
  network.sent?.push({ method: init.method ?? 'GET', url: new URL(url), headers, body })
  // Only writes get the short limit that a slow answer exceeds: a read must not be late because the machine is busy.
  const limitMs = (init.method ?? 'GET') === 'GET' ? 30_000 : network.answerWaitMs
  const signal = init.signal ?? AbortSignal.timeout(limitMs)
  const answer = network.tenant.fetch(url, { ...init, signal, redirect: 'manual' })
  under.add(answer)
  const over = () => void under.delete(answer)
  answer.then(over, over)
  return answer
}

const under = new Set<Promise<unknown>>()

/** Waits for requests that nobody waits for any more: of three reads beside each other the first refusal is enough. */
export async function quiet(): Promise<void> {
  while (under.size > 0) await Promise.allSettled(under)
}
