// Whoever sends a request byte by byte is cut off once the limit has passed, headers and body alike, and others are served
// meanwhile. The limits are small here; e2e/bodies.spec.ts waits for the real ones at the built product.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const headersLimitMs = 300
const requestLimitMs = 600
/** Node looks at its connections so often; its own usual is 30 seconds. */
const looksEveryMs = 50

let server: Server
let port: number
let broken: unknown[]

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/x')
  vi.stubEnv('APP_KEY', 'k'.repeat(32))
  vi.stubEnv('BASE_URL', 'http://localhost:3000')
  vi.resetModules()
  const { guardEveryRequest } = await import('./every-request.ts')
  guardEveryRequest({ headersLimitMs, requestLimitMs })
  broken = []
  // Reads a body as a handler does, to its end.
  server = createServer({ connectionsCheckingInterval: looksEveryMs }, async (request, response) => {
    try {
      let bytes = 0
      for await (const chunk of request) bytes += chunk.length
      response.end(String(bytes))
    } catch (error) {
      broken.push(error)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  // Node's own limits are minutes until the first request has begun.
  await quick()
})
afterAll(() => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

const quick = async () => (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'quick' })).text()

type End = { ms: number; said: string }

/** Sends a byte every 20 ms until it is cut off, five seconds at most. */
function dribble(begin: string, end?: number): Promise<End> {
  const begunMs = performance.now()
  let said = ''
  let sent = 0
  const socket = connect(port, '127.0.0.1', () => socket.write(begin))
  const bytes = setInterval(() => {
    if (sent === end) return
    socket.write('x')
    sent += 1
  }, 20)
  const late = setTimeout(() => socket.destroy(), 5_000)
  return new Promise(resolve => {
    socket.on('error', () => undefined)
    socket.on('data', data => {
      said += data
      if (end !== undefined) socket.end()
    })
    socket.on('close', () => {
      clearInterval(bytes)
      clearTimeout(late)
      resolve({ ms: performance.now() - begunMs, said })
    })
  })
}

describe('a request that comes byte by byte', () => {
  test('is cut off in its headers', async () => {
    const { ms, said } = await dribble('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    expect(said).toMatch(/^(HTTP\/1\.1 408 Request Timeout|$)/)
    expect(ms).toBeGreaterThan(headersLimitMs - 50)
    expect(ms).toBeLessThan(4_000)
  })

  test('is cut off in its body, and whoever reads it is told; others are served meanwhile', async () => {
    const slow = dribble('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n')
    expect(await quick()).toBe('5')
    const { ms, said } = await slow
    expect(said).toMatch(/^(HTTP\/1\.1 408 Request Timeout|$)/)
    expect(ms).toBeGreaterThan(requestLimitMs - 50)
    expect(ms).toBeLessThan(4_000)
    await vi.waitFor(() => expect(broken).toHaveLength(1))
  })

  test('is cut off in chunks as well', async () => {
    const { ms } = await dribble('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n')
    expect(ms).toBeGreaterThan(requestLimitMs - 50)
    expect(ms).toBeLessThan(4_000)
  })

  test('is answered when it is whole in time', async () => {
    const { said } = await dribble('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n', 5)
    expect(said).toMatch(/^HTTP\/1\.1 200 OK/)
  })
})
