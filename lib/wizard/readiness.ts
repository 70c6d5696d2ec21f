// Whether people can be served: the database answers soon, and every migration that this code came with is applied.
// The rule it keeps: one question at a time, however many ask, so that a database that hangs is not asked to death; and none is
// waited for for ever.
import 'server-only'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { database } from '../db/client.ts'
import { log } from '../log.ts'

const answerWithinMs = 2_000
/** A question without an answer is given up then: the database may be back, and whoever asks next asks anew. So seldom that those
 *  given up never take all connections of the embedded database, where each ends after a minute (lib/db/connection.ts). */
const giveUpAfterMs = 20_000

const migrationsFolder = () => join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations')

type Asked = { answer: Promise<readonly string[]>; sinceMs: number }
let asked: Asked | undefined

/** What is missing, in words: nothing when people can be served. Answers in time, whatever the database does. */
export function readMissing(
  folder = migrationsFolder(),
  withinMs = answerWithinMs,
  giveUpMs = giveUpAfterMs
): Promise<readonly string[]> {
  if (!asked || performance.now() - asked.sinceMs > giveUpMs) asked = ask(folder)
  return inTime(asked.answer, withinMs)
}

function ask(folder: string): Asked {
  const answer = findMissing(folder).finally(() => {
    if (asked === mine) asked = undefined
  })
  const mine = { answer, sinceMs: performance.now() }
  return mine
}

async function findMissing(folder: string): Promise<readonly string[]> {
  try {
    const applied = await readApplied()
    const names = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
    return names.map(({ name }) => name).flatMap(name => (applied.has(name) ? [] : [`migration ${name}`]))
  } catch (error) {
    log.warn('not ready', { error })
    return ['database']
  }
}

async function readApplied(): Promise<ReadonlySet<string>> {
  const [books] = await database().$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`
  if (!books?.there) return new Set()
  const rows = await database().$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
  return new Set(rows.map(({ name }) => name))
}

function inTime(answer: Promise<readonly string[]>, withinMs: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => resolve(['database']), withinMs)
    answer.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
