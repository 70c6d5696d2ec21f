// Before the store tests: the files of an empty embedded database, made once. Making them takes seconds of the processor, and
// each test file begins from a copy of its own. The rule it keeps: nothing of it is left after the tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openScratchDatabase } from '../scripts/database/scratch.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the files; to be copied, never opened. */
    embeddedFiles: string
  }
}

export default async function makeFiles({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'mow-files-'))
  const empty = join(folder, 'empty')
  await (await openScratchDatabase({ keepIn: empty })).close()
  provide('embeddedFiles', empty)
  return () => rmSync(folder, { recursive: true, force: true })
}
