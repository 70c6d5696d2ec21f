// @ts-check
// Runs a JavaScript program through this Node, waits for its end and keeps the end of what it said.
import { spawn } from 'node:child_process'

const keptBytes = 8_000

/**
 * @param {readonly string[]} given the file and its arguments
 * @param {{ cwd: string, env: import('./environment.mjs').Env, show?: boolean }} options `show` passes what it says straight on
 * @returns {Promise<{ ok: boolean, tail: string }>}
 */
export function runToEnd(given, { cwd, env, show = false }) {
  return new Promise(resolve => {
    const output = show ? 'inherit' : 'pipe'
    const child = spawn(process.execPath, [...given], {
      cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (env),
      stdio: ['ignore', output, output],
      windowsHide: true
    })
    let tail = ''
    const keep = (/** @type {Buffer} */ data) => {
      tail = (tail + data).slice(-keptBytes)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.once('error', error => resolve({ ok: false, tail: error.message }))
    child.once('close', code => resolve({ ok: code === 0, tail: tail.trim() }))
  })
}
