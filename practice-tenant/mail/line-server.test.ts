// The limits of a line server, and reading across whatever pieces a line arrives in.

import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openCertificate } from '../data-folder.ts'
import { listen } from '../listen.ts'
import { emptyJournal, maxEntries, note } from './journal.ts'
import { type Certificate, createLineServer, Gone, type LineServer, limits, type Talk } from './line-server.ts'

let folder: string
let certificate: Certificate
const servers: LineServer[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'practice-lines-'))
  certificate = await openCertificate(folder)
})
afterEach(() => Promise.all(servers.splice(0).map(server => server.close())))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function start(talk: Talk, changed: Partial<typeof limits> = {}) {
  const server = createLineServer('starttls', certificate, talk, { ...limits, ...changed })
  servers.push(server)
  const port = await listen(server.server, 0)
  return () => connect({ host: '127.0.0.1', port })
}

const ended = (socket: Socket) => new Promise<void>(resolve => socket.once('close', () => resolve()))

/** Everything that comes until the end. */
async function readAll(socket: Socket) {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const echo: Talk = async wire => {
  for (;;) await wire.send(`[${await wire.line()}]`)
}

test('a silent connection is ended', async () => {
  const dial = await start(echo, { idleMs: 20 })
  await ended(dial().resume())
})

test('one connection too many is dropped, the others are not', async () => {
  const dial = await start(echo, { maxConnections: 1 })
  const first = dial()
  first.write('a\r\n')
  await new Promise(resolve => first.once('data', resolve))
  await ended(dial().resume())
  first.end('b\r\n')
  expect((await readAll(first)).toString()).toBe('[b]\r\n')
})

test('lines are the same in whatever pieces they come, and bytes between them are counted', async () => {
  const dial = await start(async wire => {
    await wire.send(await wire.line(), await wire.bytes(4), await wire.line())
  })
  const socket = dial()
  for (const piece of ['o', 'ne\r', '\n1\r', '\n2two', '\r\n']) {
    await new Promise(resolve => socket.write(piece, resolve))
  }
  expect((await readAll(socket)).toString()).toBe('one\r\n1\r\n2\r\ntwo\r\n')
})

test('an answer that is read slowly arrives whole', async () => {
  const line = 'x'.repeat(4_000_000)
  const dial = await start(wire => wire.send(line, 'end'))
  const socket = dial()
  socket.pause()
  await new Promise(resolve => socket.once('connect', resolve))
  expect((await readAll(socket)).length).toBe(line.length + 7)
})

test('a client that leaves ends the talk', async () => {
  const left = new Promise(resolve => {
    const talk: Talk = wire => wire.line().then(() => undefined, resolve)
    void start(talk).then(dial => dial().end('half a line'))
  })
  expect(await left).toBeInstanceOf(Gone)
})

test('the journal keeps the newest entries only', () => {
  const { changes } = emptyJournal()
  for (let at = 0; at <= maxEntries; at += 1) note(changes, { protocol: 'pop', mailbox: 'a', command: String(at) })
  expect([changes.length, changes[0]?.command, changes.at(-1)?.command]).toEqual([maxEntries, '1', String(maxEntries)])
})
