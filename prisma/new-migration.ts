// Writes the next migration: `npm run migration -- name` compares schema.prisma with what the migrations so far make.
// The rule it keeps: it works on a throw-away database in memory, never on one that holds anything.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openScratchDatabase } from '../scripts/database/scratch.mjs'
import { migrationsFolder, noFilters, readMigrations, readSchema, withEngine } from './engine.ts'
import { migrate } from './migrate.ts'

/** @returns the SQL from what the migrations make to what the schema says; empty when they agree. */
export async function missingSql(folder = migrationsFolder): Promise<string> {
  const scratch = await openScratchDatabase()
  try {
    await migrate(scratch.url, folder)
    return await missingSqlIn(scratch.url)
  } finally {
    await scratch.close()
  }
}

/** @returns the SQL from what is in a database to what the schema says; empty when they agree. Nothing is changed. */
export async function missingSqlIn(databaseUrl: string): Promise<string> {
  return withEngine(databaseUrl, async engine => {
    const result = await engine.diff({
      // "The datasource" is the database that the engine was opened on.
      from: { tag: 'schemaDatasource', ...readSchema(), configDir: migrationsFolder },
      to: { tag: 'schemaDatamodel', ...readSchema() },
      script: true,
      exitCode: null,
      filters: noFilters
    })
    const sql = result.stdout ?? ''
    return sql.startsWith('-- This is an empty migration') ? '' : sql
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const name = process.argv[2]
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    console.error('Name the migration in small letters, digits and underscores: npm run migration -- add_receipts')
    process.exit(1)
  }
  const sql = await missingSql()
  if (!sql) console.log('The migrations already make what the schema says.')
  else {
    const number = String(readMigrations().migrationDirectories.length + 1).padStart(4, '0')
    const folder = join(migrationsFolder, `${number}_${name}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'migration.sql'), sql)
    console.log(`Wrote ${number}_${name}. Read it before you commit it.`)
  }
}
