// @ts-check
// The data folder: that it can be written, that nobody else uses it, and the key kept in it.
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findHolder, holdFolder, wasLeftBehind } from './lock.mjs'
import { refuse } from './refusal.mjs'

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const longestSocketPath = 100

/**
 * Asks without writing anything, so that a refusal leaves no trace.
 * @param {string} folder
 */
export function requireWritable(folder) {
  const nearest = existingParent(folder)
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK)
  } catch {
    refuse(
      `The data folder ${folder} cannot be written. Give this account the right to, or set DATA_DIR to another folder.`
    )
  }
}

/** @param {string} folder @returns {Promise<{ leftBehind: boolean }>} leftBehind: the one before was killed */
export async function requireUnused(folder) {
  const holder = await findHolder(folder)
  if (holder) refuseUsed(folder, holder)
  return { leftBehind: wasLeftBehind(folder) }
}

/** @param {string} folder */
export async function takeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const lock = await holdFolder(folder)
    if ('heldBy' in lock) refuseUsed(folder, lock.heldBy)
    return lock
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      refuse(`The data folder ${folder} cannot be used (${error.code}). Set DATA_DIR to another folder.`)
    throw error
  }
}

/** @param {string} folder @param {{ pid: number, host: string, since: string }} holder @returns {never} */
function refuseUsed(folder, holder) {
  refuse(
    `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}. Stop that one, or set DATA_DIR to another folder.`
  )
}

/**
 * @param {string} folder
 * @returns {string} the key kept there, made the first time: 256 random bits
 */
export function keepAppKey(folder) {
  const file = join(folder, 'app-key')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

/**
 * A short folder of this account alone, for the database's socket.
 * @param {string} dataFolder used itself when its path is short enough
 * @returns {{ socket: string | undefined, remove(): void }} no socket where the system has none
 */
export function socketFolder(dataFolder) {
  if (process.platform === 'win32') return { socket: undefined, remove() {} }
  const inside = join(dataFolder, 'socket')
  const fits = Buffer.byteLength(socketIn(inside)) <= longestSocketPath
  const folder = fits ? inside : mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'mow-'))
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  return { socket: socketIn(folder), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** PostgreSQL's clients look for this name in the folder that a URL gives as its host. */
/** @param {string} folder */
const socketIn = folder => join(folder, '.s.PGSQL.5432')

/** @param {string} folder @returns {string} */
function existingParent(folder) {
  return existsSync(folder) ? folder : existingParent(dirname(folder))
}
