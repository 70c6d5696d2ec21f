// @ts-check
// The names of the migrations, in their order, for who needs no engine.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))

/** @returns {string[]} */
export function readMigrationNames(folder = migrationsFolder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).sort()
}
