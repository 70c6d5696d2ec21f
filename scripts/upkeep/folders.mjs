// @ts-check
// Where the embedded database lies, and the steps by which a restored one takes its place.
// The rule it keeps: one rename decides. What was decided and not finished is finished by whoever comes next, a start too.
import { existsSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEnvironment } from '../launch/environment.mjs'
import { requireWritable, takeFolder } from '../launch/folder.mjs'
import { Refusal, refuse } from '../launch/refusal.mjs'
import { dataFolderOf } from '../launch/settings.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * @typedef {object} Folders
 * @property {string} data
 * @property {string} database what a start opens
 * @property {string} draft being restored; worth nothing until it is renamed
 * @property {string} restored whole, and decided to take the place of `database`
 * @property {string} replaced what it takes the place of, until it has
 */

/** @param {string} data @returns {Folders} */
export function foldersIn(data) {
  const named = (/** @type {string} */ name) => join(data, name)
  return {
    data,
    database: named('database'),
    draft: named('database.draft'),
    restored: named('database.restored'),
    replaced: named('database.replaced')
  }
}

/**
 * Finishes a restore that was decided. Each step may be the last one before a crash, and is done again.
 * @param {Folders} folders of a data folder that is held
 */
export function finishRestore({ database, draft, restored, replaced }) {
  rmSync(draft, { recursive: true, force: true })
  if (existsSync(restored)) {
    // Without `database` the one that was replaced has stepped aside already.
    if (existsSync(database)) {
      rmSync(replaced, { recursive: true, force: true })
      renameSync(database, replaced)
    }
    renameSync(restored, database)
  }
  if (existsSync(database)) rmSync(replaced, { recursive: true, force: true })
}

/** @param {Folders} folders */
export function requireDatabaseFolder({ data, database }) {
  if (!hasDatabase(database)) refuse(`There is no database in ${data}. Set DATA_DIR to the data folder of the wizard.`)
}

/** @param {string} folder */
export const hasDatabase = folder => existsSync(folder) && readdirSync(folder).length > 0

/**
 * Runs a command on the data folder, which it holds meanwhile. A refusal is one sentence and exit code 1.
 * @param {'backup' | 'restore'} name
 * @param {(folders: Folders, given: readonly string[]) => Promise<void>} work
 */
export async function runCommand(name, work) {
  /** @type {{ release(): void } | undefined} */
  let lock
  try {
    const env = readEnvironment(root)
    if (env.DATABASE_URL)
      refuse(
        `DATABASE_URL is set, so the wizard keeps its data on that PostgreSQL server. Use ${name === 'backup' ? 'pg_dump' : 'pg_restore'} there; this is for the embedded database.`
      )
    const data = dataFolderOf(env, root)
    if (name === 'backup' && !existsSync(data)) requireDatabaseFolder(foldersIn(data))
    requireWritable(data)
    lock = await takeFolder(data)
    const folders = foldersIn(realpathSync(data))
    finishRestore(folders)
    await work(folders, process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  } finally {
    lock?.release()
  }
}
