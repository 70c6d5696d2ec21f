// @ts-check
// Starts the processes of a wizard, and ends them in the opposite order.
// The rule it keeps: a child holds the other end of a pipe to this process, so that none outlives it, kill -9 included.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { refuse } from './refusal.mjs'

const stopMs = 10_000
const keptLines = 40

/**
 * @typedef {object} Child
 * @property {string} name as people call it: "the database"
 * @property {number} pid
 * @property {Promise<unknown>} ready the JSON line it printed, where `readyLine` was asked for
 * @property {Promise<string>} ended how it ended, in words, with its last lines where it never got ready
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} name
 * @param {readonly string[]} given what follows `node`
 * @param {{ cwd: string, env: import('./environment.mjs').Env, readyLine?: boolean, quietUntil?: Promise<unknown> }} options
 *   `readyLine`: its first line of output is JSON that says it is ready. `quietUntil`: what it prints before is kept back
 * @returns {Child}
 */
export function startChild(name, given, { cwd, env, readyLine = false, quietUntil }) {
  const child = spawn(process.execPath, [...given], {
    cwd,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A process group of its own: Ctrl-C reaches the launcher alone, which then stops them in order.
    detached: process.platform !== 'win32'
  })
  const kept = /** @type {string[]} */ ([])
  let quiet = quietUntil !== undefined || readyLine
  quietUntil?.then(() => {
    quiet = false
  })
  const lines = createInterface({ input: child.stdout })
  const ready = new Promise((resolve, reject) => {
    lines.on('line', line => {
      if (readyLine && quiet) {
        quiet = false
        return resolve(readJson(line))
      }
      // Events of the server's log are for whoever keeps it, from the first one on.
      if (!quiet || isEvent(line)) console.log(line)
      if (quiet) keep(line)
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`${name} did not start`)))
  })
  const readyOrRefused = ready.catch(error => refuse(error.message))
  // Only those who wait for it want to hear of it.
  readyOrRefused.catch(() => {})
  createInterface({ input: child.stderr }).on('line', line => {
    keep(line)
    if (!quiet) console.error(line)
  })
  child.stdin.on('error', () => {})
  const ended = new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    // `close`, not `exit`: by then everything that it said has arrived.
    child.once('close', (code, signal) => {
      const how = signal ? `ended by ${signal}` : `ended with code ${code}`
      resolve(quiet && kept.length > 0 ? `${how}:\n${kept.join('\n')}` : how)
    })
  })
  return {
    name,
    pid: child.pid ?? 0,
    ready: readyOrRefused,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.stdin.end()
      // Windows knows no SIGTERM: there the closed pipe alone tells a child to end.
      if (process.platform !== 'win32') child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), stopMs)
      await ended
      clearTimeout(late)
    }
  }

  /** @param {string} line */
  function keep(line) {
    kept.push(line)
    if (kept.length > keptLines) kept.shift()
  }
}

/** @param {string} line a line of lib/log.ts */
const isEvent = line => line.startsWith('{"level":"')

/** @param {string} line */
function readJson(line) {
  try {
    return JSON.parse(line)
  } catch {
    return refuse(`A line of JSON was expected, and this came: ${line}`)
  }
}
