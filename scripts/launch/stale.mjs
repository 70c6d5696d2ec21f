// @ts-check
// Whether what was made from the sources still fits them.
// The rule it keeps: contents decide, not times, so that a checkout or a copied folder builds nothing twice.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @param {string} root
 * @param {readonly string[]} paths files and folders below root; what is not there counts as not there
 * @param {string} [also] something else that the result depends on
 * @returns {string} one hash over the names and contents
 */
export function fingerprint(root, paths, also = '') {
  const hash = createHash('sha256').update(`${process.versions.node.split('.')[0]} ${also}`)
  for (const path of [...paths].sort()) add(join(root, path), path)
  return hash.digest('hex')

  /** @param {string} at @param {string} name */
  function add(at, name) {
    if (!existsSync(at)) return
    if (!statSync(at).isDirectory()) {
      hash.update(`\0${name}\0`).update(readFileSync(at))
      return
    }
    for (const entry of readdirSync(at).sort()) if (isSource(entry)) add(join(at, entry), `${name}/${entry}`)
  }
}

/** Tests are not built, and what is generated follows from the schema, which is listed itself. */
/** @param {string} entry a file's or folder's bare name */
function isSource(entry) {
  return !/\.test\.tsx?$|^generated$|^\.DS_Store$/.test(entry)
}

/** @param {string} stamp the file that keeps the fingerprint @param {string} print */
export function isFresh(stamp, print) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print
}

/** @param {string} stamp @param {string} print */
export function keepPrint(stamp, print) {
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, print)
}

/**
 * Compares the lock file with npm's own account of what it installed.
 * @param {string} root
 * @returns {boolean} whether every package that is not optional is there in the locked version
 */
export function isInstalled(root) {
  const there = readPackages(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readPackages(join(root, 'package-lock.json'))
  if (!there || !wanted) return false
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === '' || there[path]?.version === version || (!there[path] && (optional || devOptional || peer))
  )
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
