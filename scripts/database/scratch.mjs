// A throw-away PostgreSQL, in a process of its own, for making migrations and for tests.
// The rule it keeps: it leaves nothing behind but what was asked for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { databaseUrlFor } from './address.mjs'

const host = fileURLToPath(new URL('host.mjs', import.meta.url))

/**
 * @param {{ from?: string, keepIn?: string }} [files] `from`: a folder with a database's files, to begin from a copy of them
 *   (making them anew takes seconds of the processor); `keepIn`: a folder to leave its files in. In memory without either.
 * @returns {Promise<{ url: string, close(): Promise<void> }>} `url` for DATABASE_URL; `close` ends the process
 */
export async function openScratchDatabase({ from, keepIn } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mow-'))
  const data = keepIn ?? (from && join(folder, 'database'))
  if (from && data) cpSync(from, data, { recursive: true })
  const socket = process.platform === 'win32' ? [] : ['--socket', join(folder, '.s.PGSQL.5432')]
  const kept = data ? ['--folder', data] : []
  const child = spawn(process.execPath, [host, '--with-parent', ...socket, ...kept], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: databaseUrlFor(JSON.parse(line).where),
    async close() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
