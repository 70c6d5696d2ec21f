// The databases that the store's promises are held on, each made for one test file and gone with it.
// The rule it keeps: the product's own `database()` is what the tests speak to, so nothing is tried that is not used.
import { inject, vi } from 'vitest'
import { database, openDatabase } from '../lib/db/client.ts'
import { migrate } from '../prisma/migrate.ts'
import { openScratchDatabase } from '../scripts/database/scratch.mjs'
import { openServerDatabase } from '../scripts/database/server-for-tests.ts'

const kept = globalThis as typeof globalThis & { mailOauthWizardDatabase?: ReturnType<typeof openDatabase> }

/** An empty one, from the files that were made once for all store tests: embedded-files.ts. */
export const openEmbeddedDatabase = () => openScratchDatabase({ from: inject('embeddedFiles') })

export const databases = [
  { name: 'the embedded database', open: openEmbeddedDatabase },
  { name: 'a PostgreSQL server', open: openServerDatabase }
] as const

/** Migrates a fresh database and puts it behind `database()`. */
export async function useDatabase(open: (typeof databases)[number]['open']): Promise<{ close(): Promise<void> }> {
  vi.stubEnv('DATABASE_URL', 'postgresql://nobody-reads-this')
  vi.stubEnv('APP_KEY', 'an app key of thirty-two letters.')
  vi.stubEnv('BASE_URL', 'http://localhost:3000')
  const opened = await open()
  await migrate(opened.url)
  kept.mailOauthWizardDatabase = openDatabase(opened.url)
  return {
    async close() {
      await database().$disconnect()
      kept.mailOauthWizardDatabase = undefined
      await opened.close()
      vi.unstubAllEnvs()
    }
  }
}

let people = 0

/** Somebody new in a tenant of the given ID. */
export function newPerson(tenantId = '11111111-0000-4000-8000-000000000000') {
  people += 1
  const objectId = `22222222-0000-4000-8000-${String(people).padStart(12, '0')}`
  return { cloud: 'global', tenantId, objectId, name: `Person ${people}`, username: `person${people}@contoso.example` }
}
