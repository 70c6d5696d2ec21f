// A plain round-robin before several servers: request by request, no stickiness, bodies streamed both ways.
// The rule it keeps: it does what a real proxy does and no more (nginx's proxy_next_upstream as it comes): a server that
// cannot be reached is left out for a while; a request of which a server may have seen something is asked again elsewhere
// only if it is a reading one that got no answer yet; anything else is told 502, or is cut off where its answer had begun.
// https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that could not be reached is not asked for so long, unless no other is left (nginx's fail_timeout: 10 s). */
export const leftOutMs = 1_000

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What belongs to one connection and is not passed on. */
const ofOneConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade'])

type Way = { port: number; outUntilMs: number; asked: number; inFlight: Set<InFlight> }
type InFlight = { reading: boolean; answered: boolean; path: string }

export type Told = {
  /** How many requests each server was given. */
  asked: readonly number[]
  /** Requests that another server was asked after the first could not be reached, or fell silent at a reading one. */
  askedAgain: number
  /** Requests that ended with 502. */
  refused: number
  /** Answers that broke off in the middle. */
  cutOff: number
}

export type RoundRobin = {
  port: number
  told(): Told
  /** Whether a server has nothing in flight that a plain round-robin could not ask of another. */
  isSafe(index: number): boolean
  /** The servers that are at work on a request which changes something. */
  atWork(): readonly number[]
  /** Nothing is passed on until the promise is settled: what a browser asks meanwhile waits. */
  hold(until: Promise<unknown>): void
  /** Called before each request is passed on. */
  onRequest(listener: () => void): void
  close(): Promise<void>
}

/** @param ports where the servers listen, on 127.0.0.1 @param at 0 for any free port */
export async function openProxy(ports: readonly number[], at = 0): Promise<RoundRobin> {
  const ways: readonly Way[] = ports.map(port => ({ port, outUntilMs: 0, asked: 0, inFlight: new Set() }))
  const told = { askedAgain: 0, refused: 0, cutOff: 0 }
  let next = 0
  let held: Promise<unknown> = Promise.resolve()
  let listener: () => void = () => undefined

  /** The next one in turn that is not left out; where all are, the one that was not tried yet. */
  const turn = (tried: ReadonlySet<Way>): Way | undefined => {
    const order = ways.map((_, index) => ways[(next + index) % ways.length] as Way).filter(way => !tried.has(way))
    const way = order.find(({ outUntilMs }) => outUntilMs <= Date.now()) ?? order[0]
    if (way) next = (ways.indexOf(way) + 1) % ways.length
    return way
  }

  const server = createServer(async (asked, answer) => {
    listener()
    await held
    pass(asked, answer, new Set())
  })
  // The servers behind have time limits of their own.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, timeout: 0 })

  function pass(asked: IncomingMessage, answer: ServerResponse, tried: Set<Way>) {
    const way = turn(tried)
    if (!way) return refuse(answer)
    tried.add(way)
    way.asked += 1
    const isReading = reading.has(asked.method ?? '')
    const flight: InFlight = { reading: isReading, answered: false, path: asked.url ?? '' }
    way.inFlight.add(flight)
    // No agent: a connection of its own, so that one that cannot be made says so before anything was sent.
    const passed = request({
      host: '127.0.0.1',
      port: way.port,
      method: asked.method,
      path: asked.url,
      headers: headersFor(asked),
      agent: false
    })
    let connected = false
    passed.once('socket', socket =>
      socket.once('connect', () => {
        connected = true
        asked.pipe(passed)
      })
    )
    passed.once('response', response => {
      flight.answered = true
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, kept(response.rawHeaders))
      answer.flushHeaders()
      response.pipe(answer)
      response.once('close', () => {
        way.inFlight.delete(flight)
        if (response.complete) return
        if (!answer.destroyed) told.cutOff += 1
        answer.destroy()
      })
    })
    passed.once('error', () => {
      way.inFlight.delete(flight)
      if (flight.answered || answer.destroyed) return
      way.outUntilMs = Date.now() + leftOutMs
      asked.unpipe(passed)
      if (connected && !isReading) return refuse(answer)
      told.askedAgain += 1
      pass(asked, answer, tried)
    })
    // The browser went away: the server is told.
    answer.once('close', () => {
      if (!answer.writableFinished) passed.destroy()
    })
  }

  function refuse(answer: ServerResponse) {
    told.refused += 1
    answer.writeHead(502, { 'content-type': 'text/plain' }).end('502 Bad Gateway\n')
  }

  await listen(server, at)
  return {
    port: (server.address() as AddressInfo).port,
    told: () => ({ asked: ways.map(way => way.asked), ...told }),
    isSafe: index => [...(ways[index]?.inFlight ?? [])].every(flight => flight.reading && !flight.answered),
    atWork: () => ways.flatMap((way, index) => ([...way.inFlight].some(flight => !flight.reading) ? [index] : [])),
    hold(until) {
      held = until.catch(() => undefined)
    },
    onRequest(called) {
      listener = called
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

/** As they came, the connection's own left out, with whom we heard at the end of X-Forwarded-For. */
function headersFor(asked: IncomingMessage): string[] {
  const heard = asked.headers['x-forwarded-for']
  const forwarded = [heard ?? [], asked.socket.remoteAddress ?? []].flat().join(', ')
  const rest = kept(asked.rawHeaders, new Set(['x-forwarded-for']))
  return [...rest, 'x-forwarded-for', forwarded, 'connection', 'close']
}

function kept(raw: readonly string[], without: ReadonlySet<string> = new Set()): string[] {
  const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))
  return pairs
    .filter(([name = '']) => !ofOneConnection.has(name.toLowerCase()) && !without.has(name.toLowerCase()))
    .flat()
}
