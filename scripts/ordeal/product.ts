// The built product with its practice tenant, started as `npm start` starts it, and killed in every way.
// The rule it keeps: nothing is shared between two of them, and nothing is left running or lying about.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../test-data/free-port.ts'

/** More than a test's product ever prints: what is searched for must be there whole. */
const keptCharacters = 20_000_000
const start = fileURLToPath(new URL('../start.mjs', import.meta.url))

type Ready = {
  url: string
  practice: { http: string; https: string }
  databaseUrl: string
  dataFolder: string
  pids: { [name: string]: number }
}

export type Product = {
  /** What a browser types. It stays the same over a restart, as the data folder does. */
  url: string
  practice: { http: string; https: string }
  dataDir: string
  databaseUrl: string
  /** Where the database's own files lie. */
  databaseDir: string
  /** How many servers answer behind the address. */
  instances: number
  /** Ends everything in order and starts it again on the same data. */
  restart(): Promise<void>
  /** `kill -9` of the server alone. The launcher then ends the rest; carry on with `restart`. */
  killServer(): Promise<void>
  /** `kill -9` of the embedded database alone. The launcher then ends the rest; carry on with `restart`. */
  killDatabase(): Promise<void>
  /** `kill -9` of the launcher and of every process it started. */
  killEverything(): Promise<void>
  stop(): Promise<void>
  /** What it printed, its log included. */
  said(): string
}

/** One instance with the embedded database, as \`npm start\` starts it. */
export type OneInstance = Product & {
  /** Of each process it consists of, by the launcher's name for it: `the server`, `the database`, `the practice tenant`. */
  pids(): Readonly<Record<string, number>>
  /** Halts the embedded database where it stands, and lets it go on: it is there and answers nobody. */
  haltDatabase(): void
  resumeDatabase(): void
}

/**
 * @param environment what to set on top, such as `PRACTICE_TENANT: 'off'`
 * @throws with what the launcher printed, when it does not get ready
 */
export async function startProduct(environment: Record<string, string> = {}): Promise<OneInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mow-e2e-'))
  const port = await freePort()
  let running = await launch({ PORT: String(port), DATA_DIR: dataDir, ...environment })
  const stop = async () => {
    await end(running.launcher, 'SIGTERM')
  }
  const signal = (name: string, what: NodeJS.Signals) => process.kill(running.ready.pids[name] ?? Number.NaN, what)
  const killOne = async (name: string) => {
    const ended = hasEnded(running.launcher) ? undefined : once(running.launcher, 'exit')
    signal(name, 'SIGKILL')
    await ended
  }
  return {
    url: running.ready.url,
    practice: running.ready.practice,
    dataDir,
    databaseUrl: running.ready.databaseUrl,
    pids: () => running.ready.pids,
    databaseDir: join(dataDir, 'database'),
    instances: 1,
    async restart() {
      await stop()
      running = await launch({ PORT: String(port), DATA_DIR: dataDir, ...environment })
    },
    killServer: () => killOne('the server'),
    killDatabase: () => killOne('the database'),
    haltDatabase: () => void signal('the database', 'SIGSTOP'),
    resumeDatabase: () => void signal('the database', 'SIGCONT'),
    async killEverything() {
      // Those that it started first: they end in order when they see that the launcher is gone.
      for (const pid of Object.values(running.ready.pids)) process.kill(pid, 'SIGKILL')
      await end(running.launcher, 'SIGKILL')
    },
    said: () => running.said(),
    async stop() {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
}

export type Running = { launcher: ChildProcess; ready: Ready; said(): string }

/** @param root the clone that is started */
export async function launch(environment: Record<string, string>, root?: string): Promise<Running> {
  const launcher = fork(root ? join(root, 'scripts/start.mjs') : start, [], {
    env: { ...withoutOurSettings(), ...environment } as NodeJS.ProcessEnv,
    silent: true
  })
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream?.on('data', (data: Buffer) => {
      said = (said + data).slice(-keptCharacters)
    })
  }
  return new Promise((resolve, reject) => {
    launcher.once('message', (ready: Ready) => resolve({ launcher, ready, said: () => said }))
    launcher.once('exit', () => reject(new Error(`The product did not start:\n${said.slice(-8_000)}`)))
  })
}

/** A developer's own settings must not reach a test. */
function withoutOurSettings() {
  const ours = /^(PORT|HOST|BASE_URL|DATABASE_URL|APP_KEY|ALLOWED_TENANTS|PRACTICE_TENANT|CUSTOM_CLOUD_FILE|AZURE_.*)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}

export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
