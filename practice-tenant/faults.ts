// Faults on request: what the network and Microsoft do to a request, played on the next requests that match.
// The rule it keeps: a fault says whether the request still had its effect, as that is what a client cannot know.

import type { Reply, Request } from './http.ts'

export type FaultKind =
  /** The connection is dropped before the request had any effect. */
  | 'lost-request'
  /** The request has its effect, then the connection is dropped. */
  | 'lost-answer'
  /** The request has its effect; half of the answer arrives, then the connection is reset. */
  | 'reset'
  /** The request has its effect; the answer comes after `waitMs`. */
  | 'slow'
  /** The request has its effect; the answer is a proxy's HTML page with status 200. */
  | 'not-json'
  /** Graph's own refusal with `status`, `code`, `message`, `retryAfterSeconds`; no effect unless `landed`. */
  | 'status'
  | 'expired-token'
  | 'claims-challenge'
  /** Kept until a test says what becomes of it: the request before it has any effect, or the answer after that. */
  | 'hold'

/** What becomes of what is held: it goes on, or its connection is dropped. */
export type Release = 'go' | 'drop'

export type Fault = {
  match: { method?: string /** A regular expression on the decoded path and query. */; path?: string }
  kind: FaultKind
  /** How many matching requests it plays on; 1 unless given. */
  times?: number
  /** How many matching requests go by first. */
  skip?: number
  status?: number
  code?: string
  message?: string
  /** `details[].code` of the refusal. */
  detail?: string
  retryAfterSeconds?: number
  waitMs?: number
  /** With `status`: the request had its effect all the same (a gateway's 504). */
  landed?: boolean
  /** With `hold`: what is kept. */
  holds?: 'request' | 'answer'
}

export type Faults = {
  set(rules: readonly Fault[]): void
  add(rule: Fault): void
  list(): readonly Fault[]
  /** The fault to play on this request; counts it as played. */
  take(method: string, pathAndQuery: string): Fault | undefined
  /** Waits until `release` says what becomes of this one. */
  hold(): Promise<Release>
  /** How many are held now. */
  held(): number
  release(how: Release): void
}

export function createFaults(): Faults {
  let rules: { rule: Fault; left: number; skip: number; path: RegExp }[] = []
  const waiting = new Set<(how: Release) => void>()
  const release = (how: Release) => {
    for (const end of waiting) end(how)
    waiting.clear()
  }
  const live = (rule: Fault) => ({
    rule,
    left: rule.times ?? 1,
    skip: rule.skip ?? 0,
    path: new RegExp(rule.match.path ?? '')
  })
  return {
    set: list => {
      release('drop')
      rules = list.map(live)
    },
    add: rule => {
      rules.push(live(rule))
    },
    list: () => rules.filter(({ left }) => left > 0).map(({ rule, left, skip }) => ({ ...rule, times: left, skip })),
    take: (method, pathAndQuery) => {
      for (const entry of rules) {
        if (entry.left === 0) continue
        if (entry.rule.match.method !== undefined && entry.rule.match.method !== method) continue
        if (!entry.path.test(pathAndQuery)) continue
        if (entry.skip > 0) {
          entry.skip -= 1
          continue
        }
        entry.left -= 1
        return entry.rule
      }
      return undefined
    },
    hold: () => new Promise(resolve => waiting.add(resolve)),
    held: () => waiting.size,
    release
  }
}

/** Path and query as a rule sees them: decoded once, so that a rule can name `uniqueName='...'`. */
export function pathAndQuery(url: URL): string {
  const text = url.pathname + url.search
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>Gateway</title></head><body>The page cannot be shown.</body></html>'

const dropped: Reply = { status: 0, body: '', drop: true }

/** Plays a fault of the network around what would have been answered. `refuse` makes Graph's refusal for a status,
 *  `hold` waits for a test's word. */
export async function play(
  fault: Fault | undefined,
  request: Request,
  handle: (request: Request) => Promise<Reply> | Reply,
  refuse: (fault: Fault) => Reply,
  hold: () => Promise<Release>
): Promise<Reply> {
  if (!fault) return handle(request)
  switch (fault.kind) {
    case 'lost-request':
      return dropped
    case 'lost-answer':
      return { ...(await handle(request)), drop: true }
    case 'reset':
      return { ...(await handle(request)), cut: true }
    case 'slow': {
      const reply = await handle(request)
      await new Promise(done => setTimeout(done, fault.waitMs ?? 35_000).unref())
      return reply
    }
    case 'not-json':
      await handle(request)
      return { status: 200, body: proxyPage, headers: { 'content-type': 'text/html' } }
    case 'status':
      if (fault.landed) await handle(request)
      return refuse(fault)
    case 'expired-token':
    case 'claims-challenge':
      return refuse(fault)
    case 'hold': {
      if (fault.holds === 'request') return (await hold()) === 'drop' ? dropped : handle(request)
      const reply = await handle(request)
      return (await hold()) === 'drop' ? dropped : reply
    }
  }
}
