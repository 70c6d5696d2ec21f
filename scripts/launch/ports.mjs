// @ts-check
// Whether the port is free, asked before anything is started.
import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'
import { refuse } from './refusal.mjs'

/**
 * @param {string} host the address the server will bind
 * @param {number} port
 * @param {string} baseUrl where it says localhost, both loopback addresses have to be free: a browser may try ::1 first
 * @param {number} patienceMs how long a port may stay taken by what a killed start left dying
 */
export async function requireFreePort(host, port, baseUrl, patienceMs = 0) {
  const hosts = new URL(baseUrl).hostname === 'localhost' ? new Set([host, '127.0.0.1', '::1']) : new Set([host])
  const until = Date.now() + patienceMs
  for (const each of hosts) {
    for (;;) {
      const problem = await tryToListen(each, port)
      if (!problem) break
      // A machine without IPv6 has no ::1 to be taken.
      if (each !== host && problem !== 'EADDRINUSE') break
      if (problem === 'EADDRINUSE' && Date.now() < until) {
        await new Promise(resolve => setTimeout(resolve, 100))
        continue
      }
      if (problem === 'EADDRINUSE')
        refuse(`Port ${port} is taken by another program. Stop it, or set PORT to another number.`)
      if (problem === 'EACCES') refuse(`This account may not use port ${port}. Set PORT to a number above 1023.`)
      refuse(`HOST is ${host}, and this machine cannot listen there (${problem}).`)
    }
  }
}

/** @param {string} host @param {number} port @returns {Promise<string | undefined>} the error's code */
async function tryToListen(host, port) {
  const address = await lookup(host).catch(() => undefined)
  if (!address) return 'ENOTFOUND'
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', error => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ host: address.address, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
