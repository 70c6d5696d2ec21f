// Each request of a server has an ID of its own, which reaches everything that is done for it and nothing else.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cookieName } from '../session/session.ts'
import { asRequest, neverLog, noteOfRequest, ownCookie, secretsIn, servedRequest, watchRequests } from './request.ts'

const environment = vi.hoisted(() => ({ baseUrl: '' }))
vi.mock('../env.ts', async original => ({ ...(await original<object>()), env: () => environment }))

let url: string
const server = createServer(async (request, response) => {
  const number = request.url?.slice(2) ?? ''
  noteOfRequest({ setupId: number })
  await new Promise(resolve => setImmediate(resolve))
  const seen = await Promise.resolve().then(() => servedRequest())
  response.end(JSON.stringify({ ...seen, secrets: [...(seen?.secrets ?? [])] }))
})

beforeAll(async () => {
  watchRequests()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => server.close())

test('many at once over the same connections keep apart, and the browser is told its ID', async () => {
  const all = await Promise.all(
    Array.from({ length: 100 }, async (_, number) => {
      const answer = await fetch(`${url}/?${number}`, { headers: { cookie: `session=cookie-of-${number}` } })
      return { number, told: answer.headers.get('x-request-id'), seen: await answer.json() }
    })
  )
  for (const { number, told, seen } of all)
    expect(seen).toEqual({ requestId: told, setupId: String(number), secrets: [`cookie-of-${number}`] })
  expect(new Set(all.map(({ told }) => told)).size).toBe(100)
})

test('an ID that somebody sends is not taken over', async () => {
  const answer = await fetch(url, { headers: { 'x-request-id': 'forged' } })
  expect(answer.headers.get('x-request-id')).not.toBe('forged')
})

test('what must not be logged is known however many cookies come with it', () => {
  const others = Array.from({ length: 80 }, (_, number) => `other-${number}=value-of-other-${number}`)
  const brought = secretsIn({
    headers: { cookie: [...others, 'mail-oauth-wizard-3000=our-cookie'].join('; '), authorization: 'Bearer ours' },
    url: '/auth/callback?code=the-code&state=the-state&session_state=its-state&client_info=the-client'
  })
  for (const secret of ['our-cookie', 'Bearer ours', 'the-code', 'the-state', 'its-state', 'the-client'])
    expect(brought).toContain(secret)
  expect(brought.filter(secret => secret.startsWith('value-of-other'))).toHaveLength(50)
  const request = { requestId: '1', secrets: new Set(brought) }
  asRequest(request, () => neverLog('made later'))
  expect([...request.secrets]).toContain('made later')
})

test.each(['https://wizard.example', 'http://localhost:3000', 'http://localhost'])(
  'the session’s cookie is known by its name at %s',
  baseUrl => {
    environment.baseUrl = baseUrl
    expect(cookieName()).toMatch(ownCookie)
  }
)
