// The embedded database as a process: what it has confirmed is there after kill -9, and it does not outlive its parent.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseUrlFor } from './address.mjs'

const host = fileURLToPath(new URL('host.mjs', import.meta.url))
let folder: string
let running: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mow-'))
})
afterEach(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
  running = []
  rmSync(folder, { recursive: true, force: true })
})

async function open(where: string[]) {
  const child = spawn(process.execPath, [host, '--with-parent', '--folder', join(folder, 'database'), ...where], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  running.push(child)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const client = new Client({ connectionString: databaseUrlFor(JSON.parse(line).where) })
  client.on('error', () => {})
  await client.connect()
  return { child, client }
}

it('what it has confirmed is there after kill -9, five times over', async () => {
  const socket = ['--socket', join(folder, '.s.PGSQL.5432')]
  const confirmed: number[] = []
  for (let round = 0; round < 5; round++) {
    const { child, client } = await open(socket)
    if (round === 0) await client.query('CREATE TABLE saved (n INTEGER PRIMARY KEY)')
    const { rows } = await client.query<{ n: number }>('SELECT n FROM saved ORDER BY n')
    // What was sent but not confirmed may be there too.
    expect(rows.map(row => row.n)).toEqual(expect.arrayContaining(confirmed))
    const first = round * 1_000
    const ended = once(child, 'exit')
    setTimeout(() => child.kill('SIGKILL'), 40 + round * 17)
    for (let n = first; ; n++) {
      const saved = await Promise.race([
        client.query('INSERT INTO saved VALUES ($1)', [n]).then(
          () => true,
          () => false
        ),
        ended.then(() => false)
      ])
      if (!saved) break
      confirmed.push(n)
    }
    await ended
  }
  expect(confirmed.length).toBeGreaterThan(5)
})

it('ends by itself when the pipe to its parent closes, also where it listens on loopback', async () => {
  const { child } = await open([])
  const ended = once(child, 'exit')
  child.stdin?.end()
  expect((await ended)[0]).toBe(0)
})
