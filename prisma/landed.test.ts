// A migration that has landed is never edited: somebody's database has it already, and would not get the edit.
// The rule it keeps: a new migration is added here when it lands; a line that is here is never changed.
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { readMigrations } from './engine.ts'

/** SHA-256 of each file, as Prisma's own books have it. */
const landed: Readonly<Record<string, string>> = {
  '0001_start': '8abfc4bcbe11968ea0a7ed428f6b36f581109c880f259f0faf85c9b1e04ddb80',
  '0002_proofs': 'cb40798c0fa5bd0dd41edd2ccd8fb7c1b65465ddd183a749e9aef8b8c0e801a8',
  '0003_claims': '250c0201457371c9d22972b6a1fdbef89c82dde754e381cea996842d7eb5cf56',
  '0004_scopes_of_first_databases': 'c29a1e4f27da891ded19fba0092de94cc55af866dbbebf1610c8b7bf31bef0d5'
}

it('every migration is, to the letter, what has landed, and is written down here', () => {
  const now = readMigrations().migrationDirectories.map(({ path, migrationFile: { content } }) => [
    path,
    content.tag === 'ok' ? createHash('sha256').update(content.value).digest('hex') : content.tag
  ])
  expect(Object.fromEntries(now)).toEqual(landed)
})
