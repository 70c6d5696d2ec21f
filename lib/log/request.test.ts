// Each request of a server has an ID of its own, which reaches everything that is done for it and nothing else.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteOfRequest, servedRequest, watchRequests } from './request.ts'

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
