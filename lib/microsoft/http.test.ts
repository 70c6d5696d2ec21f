// The one way out: one request is one request, and it ends.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answerWaitMs, send } from './http.ts'

let server: Server
let base: string
let count = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    count += 1
    if (request.url === '/drop') request.socket.destroy()
    else if (request.url === '/redirect') response.writeHead(302, { location: '/plain' }).end()
    else if (request.url === '/half') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
    } else if (request.url !== '/never') response.end('plain')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  count = 0
})

describe('a request', () => {
  test('is sent once and answered', async () => {
    expect(await (await send(`${base}/plain`)).text()).toBe('plain')
    expect(count).toBe(1)
  })

  test('that was dropped is not sent again', async () => {
    await expect(send(`${base}/drop`)).rejects.toThrow()
    expect(count).toBe(1)
  })

  test('is not taken elsewhere', async () => {
    expect((await send(`${base}/redirect`)).status).toBe(302)
    expect(count).toBe(1)
  })

  test('ends when the time is up, before the answer and in the middle of it', async () => {
    await expect(send(`${base}/never`, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    // The time is up once the beginning is there, however long that took.
    const time = new AbortController()
    const answer = await send(`${base}/half`, { signal: time.signal })
    time.abort()
    await expect(answer.text()).rejects.toThrow()
  })

  test('waits half a minute by itself', () => {
    expect(answerWaitMs).toBe(30_000)
  })
})
