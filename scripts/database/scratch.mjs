// A throw-away PostgreSQL in memory, in a process of its own, for making migrations and for tests.
// The rule it keeps: it leaves nothing behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { databaseUrlFor } from './address.mjs'

const host = fileURLToPath(new URL('host.mjs', import.meta.url))

/**
 * @returns {Promise<{ url: string, close(): Promise<void> }>} `url` for DATABASE_URL; `close` ends the process
 */
export async function openScratchDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'mow-'))
  const socket = process.platform === 'win32' ? [] : ['--socket', join(folder, '.s.PGSQL.5432')]
  const child = spawn(process.execPath, [host, '--with-parent', ...socket], { stdio: ['pipe', 'pipe', 'inherit'] })
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
