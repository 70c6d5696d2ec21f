// What hangs on the server itself: headers on every answer, the true address, time limits.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { headersFor } from './headers.ts'

let server: Server
let url: string
let heard: IncomingHttpHeaders
let limits: { headersLimitMs: number; requestLimitMs: number }

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/x')
  vi.stubEnv('APP_KEY', 'k'.repeat(32))
  vi.stubEnv('BASE_URL', 'https://wizard.example')
  vi.resetModules()
  const { guardEveryRequest, ...rest } = await import('./every-request.ts')
  limits = rest
  guardEveryRequest()
  server = createServer((request, response) => {
    heard = request.headers
    response.statusCode = 418
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  vi.unstubAllEnvs()
  server.close()
})

describe('every answer of the server', () => {
  test('carries the headers, HSTS among them where people come by https', async () => {
    const { headers } = await fetch(url)
    for (const [name, value] of headersFor('https://wizard.example'))
      expect([name, headers.get(name)]).toEqual([name, value])
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  test('comes from an address that nobody can make up', async () => {
    await fetch(url, { headers: { 'x-client-address': '203.0.113.9', 'x-forwarded-for': '203.0.113.9' } })
    expect(heard['x-client-address']).toBe('127.0.0.1')
  })

  test('is to a request that has to come in whole within a minute', async () => {
    await fetch(url)
    expect([server.headersTimeout, server.requestTimeout]).toEqual([limits.headersLimitMs, limits.requestLimitMs])
    expect(limits.requestLimitMs).toBeLessThanOrEqual(60_000)
  })
})

test.each(['http://localhost:3000', 'https://localhost:3443', 'https://127.0.0.1', 'https://[::1]:3000'])(
  'on loopback there is no HSTS, by https neither: %s',
  baseUrl => {
    expect(headersFor(baseUrl).map(([name]) => name)).not.toContain('Strict-Transport-Security')
  }
)
