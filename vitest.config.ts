// Which tests run in which project: unit (fast, no servers), contract (steps x worlds x faults), store (real databases).
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const everywhere = ['lib', 'components', 'app', 'practice-tenant', 'scripts', 'prisma']
const testsEnding = (ending: string) => everywhere.map(folder => `${folder}/**/*${ending}`)

/** `server-only` throws outside of a server bundle, which is what it is for; in a test it stands for nothing. */
const alias = { 'server-only': fileURLToPath(new URL('node_modules/server-only/empty.js', import.meta.url)) }

export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: true,
    // Two cores: more workers than that only take turns, and time limits start to matter.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: testsEnding('.test.{ts,tsx}'),
          exclude: ['**/*.contract.test.ts', '**/contract.test.ts', '**/*.store.test.ts', '**/node_modules/**']
        }
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: [...testsEnding('.contract.test.ts'), ...everywhere.map(folder => `${folder}/**/contract.test.ts`)],
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: testsEnding('.store.test.ts'),
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
