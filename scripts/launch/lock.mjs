// @ts-check
// Holds a folder for one process at a time, also after kill -9, on every system and without a native lock.
// The rules it keeps: a holder can prove that it lives (it answers on a loopback port, and says so every few seconds for
// other machines), a dead one is passed by and never waited for here, and no file of a living one is ever removed.
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'

const beatMs = 5_000
/** Another machine's holder (a container on the same volume) is believed dead after three missed beats. */
const silenceMs = 16_000

/** @typedef {{ pid: number, host: string, port: number, token: string, since: string }} Holder */

/**
 * @param {string} folder made if it is not there
 * @param {{ name?: string, waitMs?: number }} [options] `waitMs`: how long to wait for a living holder to let go
 * @returns {Promise<{ release(): void } | { heldBy: Holder }>}
 */
export async function holdFolder(folder, { name = 'lock', waitMs = 0 } = {}) {
  mkdirSync(folder, { recursive: true })
  const begun = Date.now()
  for (;;) {
    const { heldBy, dead } = await judge(folder, name)
    if (!heldBy) {
      const lock = await tryToHold(folder, name, dead)
      if (lock) return lock
    } else {
      // A holder on another machine is judged by the age of its file, so that is given the time to grow old.
      const patienceMs = heldBy.host === hostname() ? waitMs : Math.max(waitMs, silenceMs)
      if (Date.now() - begun >= patienceMs) return { heldBy }
    }
    await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 60))
  }
}

/**
 * @param {string} folder
 * @param {string} [name]
 * @returns {Promise<Holder | undefined>} who holds the folder and lives
 */
export async function findHolder(folder, name = 'lock') {
  return (await judge(folder, name)).heldBy
}

/**
 * @param {string} folder @param {string} name
 * @returns {Promise<{ heldBy?: Holder, dead: Map<string, number> }>} the living holder, or the dead by their tokens, with
 *   their numbers
 */
async function judge(folder, name) {
  /** @type {Map<string, number>} */
  const dead = new Map()
  for (const [number, file] of generations(folder, name)) {
    const holder = readHolder(file)
    if (holder && (await isAlive(holder, file))) return { heldBy: holder, dead }
    dead.set(holder?.token ?? '', number)
  }
  return { dead }
}

/**
 * @param {string} folder
 * @param {string} [name]
 * @returns {boolean} whether somebody went without letting go: killed, or the machine lost power
 */
export function wasLeftBehind(folder, name = 'lock') {
  return generations(folder, name).length > 0
}

/**
 * Files are numbered, and each number is made once with `link`, which never overwrites. Whoever takes over takes the number
 * after the highest that it found dead, and steps back when it then sees a file of anybody whom it did not find dead: of two
 * that take over from the same dead one gets the number, and of two with different numbers the later sees the earlier.
 * @param {string} folder @param {string} name @param {ReadonlyMap<string, number>} dead
 */
async function tryToHold(folder, name, dead) {
  const token = randomUUID()
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.end(token)
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(undefined))
  })
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const number = Math.max(0, ...dead.values()) + 1
  const file = join(folder, `${name}-${number}`)
  const draft = join(folder, `${name}.${token}`)
  const holder = { pid: process.pid, host: hostname(), port, token, since: new Date().toISOString() }
  writeFileSync(draft, JSON.stringify(holder))
  try {
    linkSync(draft, file)
  } catch (error) {
    server.close()
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const others = generations(folder, name).filter(([other]) => other !== number)
  if (others.some(([, other]) => !dead.has(readHolder(other)?.token ?? ''))) {
    rmSync(file, { force: true })
    server.close()
    return undefined
  }
  for (const [, other] of others) rmSync(other, { force: true })
  const beat = setInterval(() => touch(file), beatMs)
  beat.unref()
  return {
    release() {
      clearInterval(beat)
      rmSync(file, { force: true })
      server.close()
    }
  }
}

/** @param {string} folder @param {string} name @returns {[number, string][]} lowest first */
function generations(folder, name) {
  const pattern = new RegExp(`^${name}-(\\d+)$`)
  let names = /** @type {string[]} */ ([])
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .flatMap(each => {
      const number = pattern.exec(each)?.[1]
      return number ? [/** @type {[number, string]} */ ([Number(number), join(folder, each)])] : []
    })
    .sort(([a], [b]) => a - b)
}

/** @param {string} file @returns {Holder | undefined} */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {Holder} holder @param {string} file */
async function isAlive(holder, file) {
  if (holder.host !== hostname()) return Date.now() - modifiedMs(file) < silenceMs
  return new Promise(resolve => {
    let said = ''
    const socket = connect({ port: holder.port, host: '127.0.0.1', timeout: 2_000 })
    socket.on('data', data => {
      said += data
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('error', () => {})
    socket.on('close', () => resolve(said === holder.token))
  })
}

/** @param {string} file */
function modifiedMs(file) {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}

/** @param {string} file */
function touch(file) {
  try {
    const now = new Date()
    utimesSync(file, now, now)
  } catch {
    // Somebody emptied the folder under a running wizard; the next start will make what is missing.
  }
}
