// Which tests run in which project: unit (fast), contract (steps x worlds x faults), launch (starts of the whole product),
// store (real databases). A file's ending says which. Of the unit tests, those that alter what others would see too (a mock, a
// stub, the clock, the environment) run alone, each with modules of its own; the rest share theirs. That saves two fifths of
// the processor's time, and nobody has to remember it: what a file does says which.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const everywhere = ['lib', 'components', 'app', 'practice-tenant', 'scripts', 'prisma']
const kinds = ['contract', 'launch', 'store'] as const
const named = (name: string) => everywhere.map(folder => `${folder}/**/${name}`)
/** `contract.test.ts` and `steps.contract.test.ts` are both of the kind `contract`. */
const ofKind = (kind: (typeof kinds)[number]) => named(`{${kind},*.${kind}}.test.ts`)

const root = fileURLToPath(new URL('.', import.meta.url))
/** What reaches beyond the file that does it, for as long as its process lives; and what measures the processor, as what
 *  other files left in memory costs time too. */
const altersWhatOthersSee =
  /\bvi\.(?!fn\b|waitFor\b|waitUntil\b|setConfig\b)|\bprocess\.env(\.\w+|\[[^\]]+\]) *=[^=]|\bprocess\.chdir\b|\bglobalThis\b|\bneverLog\b|\bcpuUsage\b/
const alone = everywhere
  .flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))
  )
  .filter(name => /\.test\.tsx?$/.test(name) && altersWhatOthersSee.test(readFileSync(join(root, name), 'utf8')))
  .map(name => name.replaceAll('\\', '/'))

/** `server-only` throws outside of a server bundle, which is what it is for; in a test it stands for nothing. */
const alias = { 'server-only': fileURLToPath(new URL('node_modules/server-only/empty.js', import.meta.url)) }

/** A busy machine is no failure; a test that hangs is. */
const unitTimes = { testTimeout: 30_000, hookTimeout: 30_000 }

export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: true,
    // The log's own tests read it; in all others it would only hide what they print.
    env: { LOG_LEVEL: 'silent' },
    // Two cores: more workers than that only take turns, and time limits start to matter.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          ...unitTimes,
          include: named('*.test.{ts,tsx}'),
          exclude: [...kinds.flatMap(ofKind), ...alone]
        }
      },
      {
        extends: true,
        test: { name: 'unit-alone', ...unitTimes, include: alone, exclude: kinds.flatMap(ofKind) }
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ofKind('contract'),
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      },
      {
        extends: true,
        test: {
          name: 'launch',
          include: ofKind('launch'),
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ofKind('store'),
          globalSetup: './test-data/embedded-files.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
