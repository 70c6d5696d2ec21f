// @ts-check
// `npm run backup -- <file>`: the embedded database as one file, while the wizard is stopped.
// The rule it keeps: the file is whole or not there, and nothing that opens sealed rows is in it.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { refuse } from '../launch/refusal.mjs'
import { requireDatabaseFolder, runCommand } from './folders.mjs'

const warning = `The key that opens sealed rows is not in this file: it is APP_KEY, or app-key in the data folder.
A restore needs no key: it signs everybody out, and client secrets that a browser held go with that.
The file names people, tenants and mailboxes, so treat it as confidential. The practice tenant is not in it.`

await runCommand('backup', async (folders, [given]) => {
  if (!given) refuse('Name the file to write: npm run backup -- wizard.backup.tar.gz')
  const file = resolve(given)
  if (existsSync(file)) refuse(`${file} is there already. Name another file, or remove that one first.`)
  if (!existsSync(dirname(file))) refuse(`The folder ${dirname(file)} is not there. Make it first.`)
  requireDatabaseFolder(folders)
  const database = await PGlite.create(folders.database)
  try {
    // What was written ahead goes into the tables first, so that the file opens without a repair.
    await database.exec('CHECKPOINT')
    const dump = await database.dumpDataDir('gzip')
    writeWhole(file, new Uint8Array(await dump.arrayBuffer()))
  } finally {
    await database.close()
  }
  console.log(`Wrote ${file}`)
  console.log(warning)
})

/** Written beside, brought to the disk, and only then named. @param {string} file @param {Uint8Array} bytes */
function writeWhole(file, bytes) {
  const draft = `${file}.part`
  try {
    const handle = openSync(draft, 'w', 0o600)
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    const code = error instanceof Error && 'code' in error ? error.code : error
    refuse(`${file} could not be written (${code}). Nothing was left behind.`)
  }
}
