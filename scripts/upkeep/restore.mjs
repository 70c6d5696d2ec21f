// @ts-check
// `npm run restore -- <file>`: puts a back-up of the embedded database in place, while the wizard is stopped.
// The rule it keeps: the file is opened as a database and read before anything that is there is touched, and a session that
// has ended since does not come back with it.
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { readMigrationNames } from '../../prisma/migration-names.mjs'
import { refuse } from '../launch/refusal.mjs'
import { finishRestore, hasDatabase, runCommand } from './folders.mjs'

await runCommand('restore', async (folders, given) => {
  const [name, ...more] = given.filter(each => each !== '--replace')
  if (!name || more.length > 0) refuse('Name the back-up to restore: npm run restore -- wizard.backup.tar.gz')
  const file = resolve(name)
  if (!existsSync(file)) refuse(`${file} is not there.`)
  if (hasDatabase(folders.database) && !given.includes('--replace'))
    refuse(
      `${folders.data} holds a database already, and nothing was changed. To put the back-up in its place: npm run restore -- ${name} --replace`
    )
  const archive = readWhole(file)
  try {
    const setups = await open(archive, file, folders.draft)
    renameSync(folders.draft, folders.restored)
    finishRestore(folders)
    console.log(`Restored ${file} to ${folders.data}: ${setups === 1 ? '1 setup' : `${setups} setups`}.`)
    console.log(
      'The next start brings it up to date. Everybody is signed out: people sign in and enter their tenant again.'
    )
  } finally {
    rmSync(folders.draft, { recursive: true, force: true })
  }
})

/** A file that was cut or changed does not unpack: gzip ends with a sum over all of it.
 *  @param {string} file @returns {Uint8Array} */
function readWhole(file) {
  const bytes = readFileSync(file)
  try {
    gunzipSync(bytes)
    return bytes
  } catch {
    return refuse(`${file} is cut off, damaged or no back-up. Nothing was changed.`)
  }
}

/**
 * Makes a database of the archive, reads in it what only a back-up of a wizard has, and signs everybody out in it.
 * @param {Uint8Array} archive @param {string} file @param {string} folder
 * @returns {Promise<number>} how many setups are in it
 */
async function open(archive, file, folder) {
  const database = await PGlite.create(folder, { loadDataDir: new Blob([new Uint8Array(archive)]) }).catch(() =>
    refuse(`${file} cannot be opened as a database of this version. Nothing was changed.`)
  )
  try {
    const applied = await database.query('SELECT migration_name AS name FROM _prisma_migrations')
    const known = readMigrationNames()
    const newer = applied.rows.map(row => Object(row).name).filter(name => !known.includes(name))
    if (newer.length > 0)
      refuse(
        `${file} comes from a newer wizard (it has ${newer.join(', ')}). Update this one first. Nothing was changed.`
      )
    // What a session sealed goes with it. Kept, a cookie that was signed out after the back-up would sign in again.
    await database.query('DELETE FROM "Session"')
    const counted = await database.query('SELECT count(*)::int AS setups FROM "Setup"')
    return Object(counted.rows[0]).setups
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') throw error
    return refuse(`${file} holds no data of this wizard. Nothing was changed.`)
  } finally {
    await database.close()
  }
}
