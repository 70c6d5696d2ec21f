// The round-robin does what a real one does: turns, another server where one cannot be reached, and nothing sent twice that
// changes something.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openProxy, type RoundRobin } from './two-proxy.ts'

type Answering = (asked: IncomingMessage, answer: ServerResponse) => void
type Behind = { port: number; seen: string[]; server: Server }

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

async function behind(name: string, answering: Answering = (_, answer) => answer.end(name)): Promise<Behind> {
  const seen: string[] = []
  const server = createServer((asked, answer) => {
    seen.push(`${asked.method} ${asked.url}`)
    answering(asked, answer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const one = { port: (server.address() as AddressInfo).port, seen, server }
  opened.push({ close: () => gone(one) })
  return one
}

async function gone({ server }: Behind) {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}

async function roundRobin(
  ...servers: readonly Behind[]
): Promise<{ proxy: RoundRobin; ask: (path: string, init?: RequestInit) => Promise<Response> }> {
  const proxy = await openProxy(servers.map(({ port }) => port))
  opened.push(proxy)
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${proxy.port}${path}`, init)
  return { proxy, ask }
}

describe('a round-robin', () => {
  it('gives each request to the next server, whoever asks', async () => {
    const { ask, proxy } = await roundRobin(await behind('one'), await behind('two'))
    const said: string[] = []
    for (let turn = 0; turn < 4; turn++) said.push(await (await ask('/')).text())
    expect(said).toEqual(['one', 'two', 'one', 'two'])
    expect(proxy.told()).toEqual({ asked: [2, 2], askedAgain: 0, refused: 0, cutOff: 0 })
  })

  it('passes on method, body, status and headers, and adds whom it heard', async () => {
    const one = await behind('one', (asked, answer) => {
      const { host, 'x-forwarded-for': forwarded } = asked.headers
      answer.writeHead(418, { 'set-cookie': ['a=1', 'b=2'] })
      answer.write(`${asked.method} ${host} ${forwarded} `)
      asked.pipe(answer)
    })
    const { proxy } = await roundRobin(one)
    // By Node's own client, which shows the headers as they came.
    const headers = { 'x-forwarded-for': '192.0.2.1' }
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      request({ port: proxy.port, host: '127.0.0.1', method: 'POST', headers }, resolve)
        .on('error', reject)
        .end('the body')
    )
    expect(answer.statusCode).toBe(418)
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect((await answer.toArray()).join('')).toBe(`POST 127.0.0.1:${proxy.port} 192.0.2.1, 127.0.0.1 the body`)
  })

  it('tells an answer as it comes', async () => {
    let end = () => {}
    const one = await behind('one', (_, answer) => {
      answer.write('first ')
      end = () => answer.end('last')
    })
    const { ask } = await roundRobin(one)
    const reader = ((await ask('/')).body as ReadableStream<Uint8Array>).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('first ')
    end()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('last')
  })

  it('asks the other where one cannot be reached, also for what changes something', async () => {
    const dead = await behind('dead')
    const { ask, proxy } = await roundRobin(dead, await behind('alive'))
    await gone(dead)
    expect(await (await ask('/', { method: 'POST', body: 'x' })).text()).toBe('alive')
    expect(await (await ask('/')).text()).toBe('alive')
    expect(proxy.told()).toMatchObject({ askedAgain: 1, refused: 0 })
  })

  it('asks the other for a reading request whose server fell silent', async () => {
    const one = await behind('one', asked => asked.socket.destroy())
    const two = await behind('two')
    const { ask } = await roundRobin(one, two)
    expect(await (await ask('/page')).text()).toBe('two')
    expect([one.seen, two.seen]).toEqual([['GET /page'], ['GET /page']])
  })

  it('sends nothing twice that changes something: its answer is 502', async () => {
    const one = await behind('one', asked => asked.socket.destroy())
    const two = await behind('two')
    const { ask, proxy } = await roundRobin(one, two)
    expect((await ask('/run', { method: 'POST', body: 'x' })).status).toBe(502)
    expect([one.seen, two.seen]).toEqual([['POST /run'], []])
    expect(proxy.told().refused).toBe(1)
  })

  it('cuts an answer off that broke off in the middle, and asks nobody again', async () => {
    const one = await behind('one', (asked, answer) => {
      answer.write('half')
      setTimeout(() => asked.socket.destroy(), 20)
    })
    const two = await behind('two')
    const { ask, proxy } = await roundRobin(one, two)
    await expect(ask('/').then(answer => answer.text())).rejects.toThrow()
    expect(two.seen).toEqual([])
    expect(proxy.told().cutOff).toBe(1)
  })

  it('answers 502 where nobody is left', async () => {
    const [one, two] = [await behind('one'), await behind('two')]
    const { ask } = await roundRobin(one, two)
    await Promise.all([gone(one), gone(two)])
    expect((await ask('/')).status).toBe(502)
  })

  it('tells the server that the browser went away', async () => {
    let isClosed = false
    const one = await behind('one', (_, answer) => {
      answer.write('begun')
      answer.once('close', () => {
        isClosed = true
      })
    })
    const { ask } = await roundRobin(one)
    const leaving = new AbortController()
    await ask('/', { signal: leaving.signal })
    leaving.abort()
    await expect.poll(() => isClosed).toBe(true)
  })

  it('knows which server is at work on what cannot be asked again', async () => {
    const ends: (() => void)[] = []
    const waits: Answering = (_, answer) => void ends.push(() => answer.end())
    const { ask, proxy } = await roundRobin(await behind('one', waits), await behind('two', waits))
    const asked = [ask('/', { method: 'POST', body: 'x' }), ask('/')]
    while (ends.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
    expect(proxy.atWork()).toHaveLength(1)
    const [at = -1] = proxy.atWork()
    expect([proxy.isSafe(at), proxy.isSafe(1 - at)]).toEqual([false, true])
    for (const end of ends) end()
    await Promise.all(asked)
    await expect.poll(() => proxy.atWork()).toEqual([])
  })

  it('lets what is asked wait while it is held', async () => {
    const one = await behind('one')
    const { ask, proxy } = await roundRobin(one)
    let letGo = () => {}
    proxy.hold(
      new Promise<void>(resolve => {
        letGo = resolve
      })
    )
    const asked = ask('/')
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(one.seen).toEqual([])
    letGo()
    expect(await (await asked).text()).toBe('one')
  })
})
