// Microsoft Graph through its own client, with a middleware chain of our own choosing: the client's default retry
// re-sends writes on 504, and a lost answer must be looked for, not sent again.
import 'server-only'
import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  ResponseType
} from '@microsoft/microsoft-graph-client'
import { log } from '../log.ts'
import type { Change, GraphPath, TenantReader } from '../steps/step.ts'
import { Refusal, refusalOf, SignInNeeded, Silence } from './answers.ts'
import type { CloudRow } from './clouds.ts'
import { send } from './http.ts'

export type Landed = { status: number; requestId: string | undefined; body: unknown }

/** A tenant that a person has entered: the reader that steps get, and the one verb that the engine has. */
export type Tenant = TenantReader & {
  change(change: Change): Promise<Landed>
}

export type Page<T> = {
  items: readonly T[]
  /** Graph's own link to the next page, to be used whole. */
  next: string | undefined
  /** How many there are in all, where `$count` asked for it. */
  count: number | undefined
}

/** A tenant whose collections can also be read page by page, for a person who leafs through them. */
export type LeafingTenant = Tenant & {
  /** One page; `path` is a path, or the `next` of the page before with the same headers. */
  page<T>(path: string, headers?: Readonly<Record<string, string>>): Promise<Page<T>>
}

export type GraphOptions = {
  cloud: CloudRow
  /** A delegated access token for Microsoft Graph in this tenant. Throws SignInNeeded. */
  token: (claims?: string) => Promise<string>
  sleep: (ms: number) => Promise<void>
  /** Called with the claims of a challenge that no token without the person could meet, before SignInNeeded is thrown. */
  unmet?: (claims: string) => Promise<void>
  /** How requests leave; lib/microsoft/http.ts unless given. */
  send?: typeof send
}

const readTriesMax = 4
const writeTriesMax = 4
/** How long one call waits for Microsoft in all; whoever called goes on from there, with what the refusal says. */
const callWaitMaxMs = 5_000
const pagesMax = 200

export function openTenant({ cloud, token, sleep, unmet, send: sendIt = send }: GraphOptions): LeafingTenant {
  let renewing: Promise<string> | undefined
  /** Requests that were challenged beside each other share one new token. */
  const renew = (claims: string) => {
    renewing ??= token(claims).finally(() => {
      renewing = undefined
    })
    return renewing
  }
  const keeping = new KeepingHandler()
  const authentication = new AuthenticationHandler({ getAccessToken: () => token() })
  const waiting = new WaitingHandler(sleep)
  waiting.setNext(new SendingHandler(sendIt))
  authentication.setNext(waiting)
  keeping.setNext(authentication)
  const client = Client.initWithMiddleware({
    baseUrl: `${cloud.graph}/`,
    defaultVersion: 'v1.0',
    middleware: keeping,
    customHosts: new Set([new URL(cloud.graph).hostname])
  })

  /** Only the person can meet these claims: kept, so that the sign-in that comes next asks for them. */
  async function endSignIn(claims: string | undefined): Promise<never> {
    if (claims) await unmet?.(claims)
    throw new SignInNeeded('Microsoft does not take this sign-in any more', claims)
  }

  /** One request; once more with a new token when Microsoft asks for claims. A token that Microsoft does not take is a
   *  sign-in that has ended. */
  async function request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    if (!isOurs(path)) throw new Silence('Microsoft Graph named a page on another host')
    const once = async () => {
      const call = client.api(path).responseType(ResponseType.RAW).headers(headers)
      const answer: Response = await (method === 'GET'
        ? call.get()
        : method === 'PATCH'
          ? call.patch(body ?? {})
          : method === 'DELETE'
            ? call.delete()
            : call.post(body ?? {}))
      return keeping.orThrow(answer)
    }
    let answer = await once()
    if (answer.ok) return answer
    let refusal = await refusalOf(answer)
    if (refusal.claims) {
      await renew(refusal.claims).catch(error =>
        error instanceof SignInNeeded ? endSignIn(error.claims) : Promise.reject(error)
      )
      answer = await once()
      if (answer.ok) return answer
      refusal = await refusalOf(answer)
    }
    const { status, code, requestId } = refusal.reference
    if (status !== 404 || method !== 'GET')
      log.warn('microsoft refused', { method, status, refusal: code, microsoftRequestId: requestId })
    if (status === 401) return endSignIn(refusal.claims)
    throw refusal
  }

  /** Links to further pages are whole addresses; a token goes to Graph's own host only. */
  const isOurs = (path: string) => !/^[a-z]+:/i.test(path) || new URL(path).origin === new URL(cloud.graph).origin

  async function read<T>(path: string): Promise<T | undefined> {
    try {
      return (await jsonOf(await request('GET', path))) as T
    } catch (error) {
      if (error instanceof Refusal && error.reference.status === 404) return undefined
      throw error
    }
  }

  return {
    read,
    async list<T>(path: GraphPath) {
      const items: T[] = []
      let next: string | undefined = path
      for (let page = 0; next !== undefined && page < pagesMax; page++) {
        const body: { value?: T[]; '@odata.nextLink'?: string } | undefined = await read(next)
        items.push(...(body?.value ?? []))
        next = body?.['@odata.nextLink']
      }
      return items
    },
    async page<T>(path: string, headers?: Readonly<Record<string, string>>) {
      const answer = (await jsonOf(await request('GET', path, undefined, { ...headers }))) as {
        value?: T[]
        '@odata.nextLink'?: string
        '@odata.count'?: number
      }
      return { items: answer.value ?? [], next: answer['@odata.nextLink'], count: answer['@odata.count'] }
    },
    async change(change) {
      const answer = await request(change.method, change.path, change.body, change.headers)
      const body = answer.status === 204 ? undefined : await jsonOf(answer)
      return { status: answer.status, requestId: answer.headers.get('request-id') ?? undefined, body }
    }
  }
}

async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    throw new Silence('Microsoft answered with something that is not JSON')
  }
}

/** The client wraps whatever its middleware throws into an error of its own, without a cause. What ours throws is kept
 *  beside an empty answer, so that a Silence or a SignInNeeded arrives as what it is. */
class KeepingHandler implements Middleware {
  private next: Middleware | undefined
  private readonly failures = new WeakMap<Response, unknown>()
  setNext(next: Middleware) {
    this.next = next
  }
  async execute(context: Context) {
    try {
      await this.next?.execute(context)
    } catch (error) {
      context.response = Response.error()
      this.failures.set(context.response, error)
    }
  }
  orThrow(answer: Response): Response {
    if (this.failures.has(answer)) throw this.failures.get(answer)
    return answer
  }
}

const pauseMs = (attempt: number) => 500 * 2 ** attempt

/** Reads wait and try again on throttling and network failure; writes only on 429 with Retry-After. All of one call's
 *  waiting has a limit: a browser waits behind it. */
class WaitingHandler implements Middleware {
  private next: Middleware | undefined
  private readonly sleep: (ms: number) => Promise<void>
  constructor(sleep: (ms: number) => Promise<void>) {
    this.sleep = sleep
  }
  setNext(next: Middleware) {
    this.next = next
  }
  async execute(context: Context) {
    const method = (context.options?.method ?? 'GET').toUpperCase()
    const triesMax = method === 'GET' ? readTriesMax : writeTriesMax
    let waitedMs = 0
    for (let attempt = 0; ; attempt++) {
      const failure = await this.next?.execute(context).then(
        () => undefined,
        (error: unknown) => (error instanceof Silence ? error : Promise.reject(error))
      )
      const waitMs = failure
        ? method === 'GET' && pauseMs(attempt)
        : waitAfter(method, context.response as Response, attempt)
      if (waitMs === false || waitedMs + waitMs > callWaitMaxMs || attempt + 1 >= triesMax) {
        if (failure) throw failure
        return
      }
      await context.response?.body?.cancel().catch(() => undefined)
      waitedMs += waitMs
      await this.sleep(waitMs)
    }
  }
}

/** How long to wait before the same request is sent again; false when it must not be. */
function waitAfter(method: string, answer: Response, attempt: number): number | false {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  if (answer.status === 429 && Number.isFinite(seconds)) return seconds * 1000
  if (method !== 'GET') return false
  if ([429, 500, 502, 503, 504].includes(answer.status))
    return Number.isFinite(seconds) ? seconds * 1000 : pauseMs(attempt)
  return false
}

/** The last in the chain: it sends. A request without an answer becomes a Silence. */
class SendingHandler implements Middleware {
  private readonly sendIt: typeof send
  constructor(sendIt: typeof send) {
    this.sendIt = sendIt
  }
  async execute(context: Context) {
    try {
      context.response = await this.sendIt(context.request as string, context.options as Parameters<typeof send>[1])
    } catch (error) {
      const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : ''
      throw new Silence(`Microsoft Graph gave no answer: ${cause}`)
    }
  }
}
