// One holder of a folder at a time, whoever died and however many ask at once.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findHolder, holdFolder, wasLeftBehind } from './lock.mjs'

let folder: string
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mow-lock-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true, force: true })
})

const program = `
import { holdFolder } from ${JSON.stringify(new URL('lock.mjs', import.meta.url).href)}
const lock = await holdFolder(process.argv[1])
console.log('heldBy' in lock ? 'refused' : 'holds')
setInterval(() => {}, 1000)
`

/** @returns what another process got: "holds" or "refused" */
async function inAnotherProcess() {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  children.push(child)
  const [got] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, got }
}

async function hold() {
  const lock = await holdFolder(folder)
  if ('heldBy' in lock) throw new Error('refused')
  return lock
}

it('a held folder is refused, and says by which process', async () => {
  const lock = await hold()
  expect(await holdFolder(folder)).toMatchObject({ heldBy: { pid: process.pid } })
  lock.release()
  expect(readdirSync(folder)).toEqual([])
  ;(await hold()).release()
})

it('a folder whose holder was killed with -9 is free at once', async () => {
  const { child, got } = await inAnotherProcess()
  expect(got).toBe('holds')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  expect(wasLeftBehind(folder)).toBe(true)
  expect(await findHolder(folder)).toBeUndefined()
  ;(await hold()).release()
  expect(readdirSync(folder)).toEqual([])
})

it('of six that take over from a dead holder at once, one holds it', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 5; round++) {
    const dead = { pid: 1, host: hostname(), port: 9, token: 'gone', since: '' }
    writeFileSync(join(folder, 'lock-7'), JSON.stringify(dead))
    const all = await Promise.all(Array.from({ length: 6 }, inAnotherProcess))
    expect(all.map(each => each.got).sort()).toEqual(['holds', 'refused', 'refused', 'refused', 'refused', 'refused'])
    for (const { child } of all) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
})

it('a program that happens to listen on the dead holder’s port does not count as the holder', async () => {
  const lock = await hold()
  const [file] = readdirSync(folder)
  const holder = JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8'))
  writeFileSync(join(folder, file ?? ''), JSON.stringify({ ...holder, token: 'another' }))
  expect(await findHolder(folder)).toBeUndefined()
  lock.release()
})

it('a holder on another machine is believed while its file is touched, and not after', async () => {
  const file = join(folder, 'lock-1')
  writeFileSync(file, JSON.stringify({ pid: 1, host: 'another-machine', port: 9, token: 'x', since: '' }))
  expect(await findHolder(folder)).toMatchObject({ host: 'another-machine' })
  const longAgo = new Date(Date.now() - 20_000)
  utimesSync(file, longAgo, longAgo)
  expect(await findHolder(folder)).toBeUndefined()
})

it('who waits gets the folder when it is let go', async () => {
  const lock = await hold()
  setTimeout(() => lock.release(), 200)
  const next = await holdFolder(folder, { waitMs: 5_000 })
  expect(next).toHaveProperty('release')
})
