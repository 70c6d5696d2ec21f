// @ts-check
// Waits until the server answers.
import { request } from 'node:http'

const everyMs = 50

/**
 * @param {string} host @param {number} port
 * @returns {{ promise: Promise<void> }} settled with the first answer, whatever it says
 */
export function waitForAnswer(host, port) {
  const bare = host.replace(/^\[|\]$/g, '')
  const reachable = bare === '0.0.0.0' ? '127.0.0.1' : bare === '::' ? '::1' : bare
  const promise = new Promise(resolve => {
    const ask = () => {
      const asked = request({ host: reachable, port, path: '/health', timeout: 30_000 }, answer => {
        answer.resume()
        resolve(undefined)
      })
      asked.on('timeout', () => asked.destroy())
      asked.on('error', () => setTimeout(ask, everyMs).unref())
      asked.end()
    }
    ask()
  })
  return { promise }
}
