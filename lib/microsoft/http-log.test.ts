// What the log learns of a request to Microsoft: its shape and its IDs, and nothing of what is in it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

const told = vi.hoisted(() => ({ lines: [] as [level: string, event: string, facts: unknown][] }))
vi.mock('../log.ts', () => {
  const at = (level: string) => (event: string, facts: unknown) => void told.lines.push([level, event, facts])
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
})

import { send } from './http.ts'

const server = createServer((request, response) => {
  if (request.url?.startsWith('/v1.0/drop')) return request.socket.destroy()
  const status = request.url?.startsWith('/v1.0/missing') ? 404 : request.url?.startsWith('/v1.0/busy') ? 429 : 200
  const name = request.url?.includes('oauth2') ? 'x-ms-request-id' : 'request-id'
  response.writeHead(status, { [name]: 'their-id', 'set-cookie': 'a=hush' }).end('{"secretText":"hush"}')
})
let host: string
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})
beforeEach(() => {
  told.lines = []
})

const ask = (path: string, method = 'GET', body?: string) =>
  send(`http://${host}${path}`, { method, body, headers: { authorization: 'Bearer hush' } }).then(answer =>
    answer.text()
  )
const ms = expect.any(Number)

test('a request to Graph by its shape, with Microsoft’s ID for it', async () => {
  await ask("/v1.0/applications(uniqueName='hush')?$select=hush", 'PATCH', '{"hush":1}')
  const facts = { method: 'PATCH', host, path: "/v1.0/applications(uniqueName='{}')", status: 200, ms }
  expect(told.lines).toEqual([['info', 'microsoft answered', { ...facts, microsoftRequestId: 'their-id' }]])
  expect(JSON.stringify(told.lines)).not.toContain('hush')
})

test('a token request with MSAL’s ID and Microsoft’s, and nothing else of its form', async () => {
  const form = new URLSearchParams({ client_secret: 'hush', 'client-request-id': 'our-id', code: 'hush' })
  await ask('/organizations/oauth2/v2.0/token', 'POST', form.toString())
  const ids = { correlationId: 'our-id', microsoftRequestId: 'their-id' }
  expect(told.lines).toMatchObject([
    ['info', 'microsoft answered', { path: '/organizations/oauth2/v2.0/token', ...ids }]
  ])
  expect(JSON.stringify(told.lines)).not.toContain('hush')
})

test('a refusal as a warning, but for a look that finds nothing', async () => {
  await ask('/v1.0/busy')
  await ask('/v1.0/missing')
  await ask('/v1.0/missing', 'PATCH')
  expect(told.lines.map(([level]) => level)).toEqual(['warn', 'info', 'warn'])
})

test('a request without an answer by the network’s code', async () => {
  await expect(ask('/v1.0/drop')).rejects.toThrow()
  expect(told.lines).toEqual([
    ['warn', 'microsoft gave no answer', { method: 'GET', host, path: '/v1.0/drop', ms, why: 'UND_ERR_SOCKET' }]
  ])
})
