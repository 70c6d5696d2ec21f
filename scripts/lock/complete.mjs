// @ts-check
// Completes package-lock.json: `node scripts/lock/complete.mjs`, after any `npm install`.
// The rule it keeps: every optional package that a locked one names has an entry, for systems too whose packages the
// registry at hand does not carry. npm leaves those out, and then `npm ci` refuses the lock file, here and over there.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

const systems = {
  darwin: 'darwin',
  win32: 'win32',
  windows: 'win32',
  linux: 'linux',
  freebsd: 'freebsd',
  android: 'android'
}
const processors = ['arm64', 'x64', 'ia32', 'wasm32', 'arm']

/**
 * @param {Lock} lock
 * @returns {Record<string, Entry>} by path, what is named but not there. Without a hash: what cannot be fetched here
 *   cannot be hashed here, and npm then checks nothing but the version.
 */
export function missingEntries(lock) {
  /** @type {Record<string, Entry>} */
  const missing = {}
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages))
    for (const [name, range] of Object.entries(optionalDependencies))
      if (!placesFor(name, path).some(place => place in lock.packages))
        missing[`node_modules/${name}`] = {
          version: exact(name, range),
          ...systemOf(name),
          ...(dev && { dev }),
          optional: true
        }
  return missing
}

/** Where Node would look for a package, nearest first.
 * @param {string} name @param {string} from a path in the lock file */
function placesFor(name, from) {
  const places = [`node_modules/${name}`]
  const folders = from.split('/node_modules/')
  for (let depth = 1; depth <= folders.length; depth++)
    if (from) places.unshift(`${folders.slice(0, depth).join('/node_modules/')}/node_modules/${name}`)
  return places
}

/** @param {string} name @param {string} range */
function exact(name, range) {
  if (!/^\d+\.\d+\.\d+/.test(range)) throw new Error(`${name} is wanted as ${range}, which names no single version.`)
  return range
}

/** A native package carries its system in its name: @next/swc-win32-x64-msvc, @biomejs/cli-linux-x64-musl.
 * @param {string} name @returns {Entry} */
function systemOf(name) {
  const words = name.split(/[/-]/)
  const os = Object.entries(systems).flatMap(([word, system]) => (words.includes(word) ? [system] : []))
  const cpu = processors.filter(each => words.includes(each)).slice(0, 1)
  if (os.length === 0 && cpu.length === 0) throw new Error(`${name} does not tell by its name which system it is for.`)
  const libc = words.includes('musl') ? ['musl'] : os[0] === 'linux' ? ['glibc'] : []
  return { ...(cpu[0] && { cpu }), ...(libc[0] && { libc }), ...(os[0] && { os }) }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2] ?? 'package-lock.json'
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingEntries(lock)
  lock.packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  )
  writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`)
  for (const name of Object.keys(missing)) console.log(`Added ${name}`)
}
