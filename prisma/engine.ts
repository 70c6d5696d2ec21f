// Opens Prisma's schema engine, as WebAssembly, on a database.
// The rule it keeps: nothing is downloaded. The CLI's engine is a native program fetched at run time; this one is a package.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import { type Catalogue, openCatalogue } from './catalogue.ts'

export const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))
const schemaFile = fileURLToPath(new URL('schema.prisma', import.meta.url))

/** Everything in the database counts: no table is managed by somebody else. */
export const noFilters = { externalTables: [], externalEnums: [] }

/** @returns the schema as the engine wants it. */
export function readSchema(): SchemasContainer {
  return { files: [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }] }
}

/** @returns the migrations of a folder in the order of their names. */
export function readMigrations(baseDir = migrationsFolder): MigrationList {
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names.map(name => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') }
      }
    }))
  }
}

let loaded: Promise<typeof SchemaEngine> | undefined

/** The package's own entry needs a bundler to load the .wasm; its glue and the file are put together here.
 *  Once a process: the glue remembers the memory of the first instance. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  // The engine reports a panic through this name; without it the report itself would fail.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (says: string) => console.error(says) } })
  const { instance } = await WebAssembly.instantiate(readFileSync(file.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports
  })
  const { __wbg_set_wasm } = glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }
  __wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
  return glue.SchemaEngine
}

/**
 * Opens the engine on a database and closes it after the work.
 * @throws what the engine says, as an Error with its `message`.
 */
export async function withEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine, catalogue: Catalogue) => Promise<T>
): Promise<T> {
  loaded ??= loadEngine()
  const Engine = await loaded
  const catalogue = openCatalogue(databaseUrl)
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogue.factory)
  const engine = await Engine.new({ datamodels: [[schemaFile, readFileSync(schemaFile, 'utf8')]] }, () => {}, adapter)
  try {
    return await work(engine, catalogue)
  } finally {
    engine.free()
    await catalogue.close()
  }
}
