// A second clone of the product, from which an instance is built apart, as every host builds its own.
// The rule it keeps: the same sources and packages, and nothing that the first clone has built or kept.
import {
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../..', import.meta.url))
const notTheSources = new Set(['.git', '.next', '.build', '.data', 'node_modules', 'test-results'])

/** @returns its folder; whoever asked for it removes it */
export function makeClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'mow-second-'))
  for (const entry of readdirSync(here).filter(name => !notTheSources.has(name)))
    cpSync(join(here, entry), join(clone, entry), { recursive: true })
  linkFolder(join(here, 'node_modules'), join(clone, 'node_modules'))
  return clone
}

/** Packages are hundreds of megabytes: their files are linked, or copied where the folders lie on two disks. */
function linkFolder(from: string, to: string) {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    const kind = lstatSync(source)
    if (kind.isDirectory()) linkFolder(source, target)
    else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkFile(source, target)
  }
}

function linkFile(source: string, target: string) {
  try {
    linkSync(source, target)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    copyFileSync(source, target)
  }
}
