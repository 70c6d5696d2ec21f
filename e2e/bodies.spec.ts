// What is sent to a door: too much, nested without end, something else than a form, or too slowly. Every door that takes a
// body is in it, as the table of doors (access/rows.ts) holds all of them, and the wizard goes on after each.
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { headersLimitMs, requestLimitMs } from '../lib/guards/every-request.ts'
import { nestingMax } from '../lib/guards/nesting.ts'
import { type Row, rows } from './access/rows.ts'
import { actionIds, Visitor } from './access/visitor.ts'
import { controlOf } from './fixtures/practice.ts'
import { expect, type Product, test } from './fixtures/product.ts'

/** Node looks at its connections so often; Next makes the server, so this is Node's own. */
const looksEveryMs = 30_000
const megabyte = 'x'.repeat(1024 * 1024)
const deep = '['.repeat(1_900_000) + ']'.repeat(1_900_000)
const littleTooDeep = '['.repeat(nestingMax + 1) + ']'.repeat(nestingMax + 1)
const asForm = 'application/x-www-form-urlencoded'

type Slow = { name: string; limitMs: number; tookMs: Promise<number> }
let slow: readonly Slow[] = []

/** Begun before the rest and looked at after it: the waiting is long. */
test.beforeAll(({ product }) => {
  const host = `Host: localhost\r\nOrigin: ${product.url}\r\n`
  const form = `${host}Content-Type: ${asForm}\r\nContent-Length: 1000\r\n\r\n`
  slow = [
    { name: 'headers', limitMs: headersLimitMs, begin: `GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ` },
    { name: 'a form', limitMs: requestLimitMs, begin: `POST /sign-in HTTP/1.1\r\n${form}` },
    { name: 'a list', limitMs: requestLimitMs, begin: `POST /tools/powershell/script.ps1 HTTP/1.1\r\n${form}` },
    {
      name: 'an action',
      limitMs: requestLimitMs,
      begin: `POST /tools/explain HTTP/1.1\r\n${host}Next-Action: ${actionIds().get('app/tools/explain/actions.ts#explainPasted')}\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n`
    }
  ].map(({ name, limitMs, begin }) => ({ name, limitMs, tookMs: dribble(product, begin) }))
})

const takesABody = (row: Row) => {
  const sending = row.sending?.('x')
  return sending?.form !== undefined || sending?.action !== undefined
}

test('too much, too deep, or no form at all is refused at every door that takes a body', async ({ product }) => {
  await controlOf(product).reset()
  const ada = new Visitor(product)
  await ada.signIn('Ada Lindqvist')
  const setupId = await ada.begin('Bodies')
  const doors = rows.filter(takesABody)
  expect(doors.map(({ door }) => door)).toEqual(
    rows.map(({ door }) => door).filter(door => /^(POST|ACTION) /.test(door))
  )
  for (const row of doors) {
    const action = row.sending?.(setupId)?.action?.name
    const knock = (type: string, pieces: readonly string[], told: boolean) =>
      send(product, row.path(setupId), { ada, type, pieces, told, action })
    const answers = {
      'twelve megabytes': await knock(
        asForm,
        Array.from({ length: 12 }, () => megabyte),
        true
      ),
      'twelve megabytes of untold length': await knock(
        asForm,
        Array.from({ length: 12 }, () => megabyte),
        false
      ),
      'nested JSON': await knock('application/json', [deep], true),
      'nested as an action': await knock('text/plain;charset=UTF-8', [deep], false),
      'nested a little too deep as an action': await knock('text/plain;charset=UTF-8', [littleTooDeep], false),
      'no form': await knock('multipart/form-data; boundary=x', ['nonsense'], true)
    }
    for (const [what, { status, text }] of Object.entries(answers)) {
      expect([row.door, what, status >= 400 || status === 0]).toEqual([row.door, what, true])
      expect([row.door, what, /node_modules| {4}at /.test(text)]).toEqual([row.door, what, false])
    }
    // Before React reads it: its own answer to what is too deep for it would be a 500.
    if (action)
      for (const what of ['nested as an action', 'nested a little too deep as an action', 'no form'] as const)
        expect([row.door, what, answers[what].status]).toEqual([row.door, what, 400])
    // What is no fault of the wizard is not told as one.
    else for (const { status } of Object.values(answers)) expect(status).toBeLessThan(500)
  }
  expect(await (await fetch(`${product.url}/health`)).json()).toEqual({ status: 'ok' })
  expect((await ada.ask('/setups')).status).toBe(200)
})

test('what comes byte by byte is cut off, and others are served meanwhile', async ({ product }) => {
  for (const { name, limitMs, tookMs } of slow) {
    expect((await fetch(`${product.url}/health`)).status).toBe(200)
    const ms = await tookMs
    expect([name, ms >= limitMs - 1_000 && ms <= limitMs + looksEveryMs + 10_000, ms]).toEqual([name, true, ms])
  }
  expect(slow.length).toBe(4)
  // Whoever is cut off is no fault of a handler's. (Next's own reader of actions tells its log of everything.)
  const faults = product
    .said()
    .split('\n')
    .filter(line => line.includes('"unexpected error"'))
  expect(faults.filter(line => line.includes('"part":"route"'))).toEqual([])
})

/** Sends one byte a second until the other end has had enough. Gives how long that took. */
function dribble(product: Product, begin: string): Promise<number> {
  const begunMs = performance.now()
  const socket: Socket = connect(Number(new URL(product.url).port), '127.0.0.1', () => socket.write(begin))
  const bytes = setInterval(() => socket.write('x'), 1_000)
  return new Promise(resolve => {
    socket.on('error', () => undefined)
    socket.resume()
    socket.on('close', () => {
      clearInterval(bytes)
      resolve(performance.now() - begunMs)
    })
  })
}

type Sent = { ada: Visitor; type: string; pieces: readonly string[]; told: boolean; action?: string }

/** Status 0: the connection was closed before all was sent, which is a refusal too. */
function send(
  product: Product,
  path: string,
  { ada, type, pieces, told, action }: Sent
): Promise<{ status: number; text: string }> {
  const cookies = [...ada.cookies].filter(([name]) => name.startsWith(`${product.url} `))
  return new Promise(resolve => {
    let answered = false
    const sent = httpRequest(product.url + path, {
      method: 'POST',
      headers: {
        origin: product.url,
        'sec-fetch-site': 'same-origin',
        'content-type': type,
        cookie: cookies.map(([name, value]) => `${name.split(' ')[1]}=${value}`).join('; '),
        ...(action && { 'next-action': actionIds().get(action) ?? '' }),
        ...(told && { 'content-length': String(pieces.reduce((sum, piece) => sum + piece.length, 0)) })
      }
    })
    sent.on('response', response => {
      answered = true
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      const done = () => resolve({ status: response.statusCode ?? 0, text })
      response.on('end', done)
      response.on('error', done)
      response.on('aborted', done)
    })
    sent.on('error', () => {
      if (!answered) resolve({ status: 0, text: '' })
    })
    for (const piece of pieces) sent.write(piece)
    sent.end()
  })
}
