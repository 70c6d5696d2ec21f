// The product as a host runs it twice: two instances on one PostgreSQL behind a plain round-robin, the practice tenant
// beside them. The rule it keeps: the instances share the database, APP_KEY and nothing else; one of them may be dead.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../test-data/free-port.ts'
import { openServerDatabase } from '../database/server-for-tests.ts'
import { end, hasEnded, launch, type Product, type Running } from './product.ts'
import { openProxy, type Told } from './two-proxy.ts'

const here = fileURLToPath(new URL('../..', import.meta.url))
const appKey = 'the one key of both instances, which is the same'

export type TwoProduct = Product & {
  /** `kill -9` of one instance's server, between requests or while reads wait for their answer; it is started again at once.
   *  False when it is dead already, or is at work on what only it can end. */
  killOne(index: number): boolean
  /** Called before each request that comes in. */
  onRequest(listener: () => void): void
  told(): Told & { kills: number }
  /** Settled when both instances answer. */
  whole(): Promise<void>
}

type Options = {
  /** A second clone, built apart, from which the second instance is started. */
  secondClone?: string
  /** What an instance has on top, by its number: another key, say. */
  apart?: (index: number) => Record<string, string>
}

/** @throws with what was printed, when something does not get ready */
export async function startTwo(
  environment: Record<string, string> = {},
  { secondClone, apart }: Options = {}
): Promise<TwoProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mow-two-'))
  const ports = [await freePort(), await freePort()]
  const proxy = await openProxy(ports)
  const url = `http://localhost:${proxy.port}`
  const [database, practice] = await Promise.all([openServerDatabase(), startPractice(join(dataDir, 'practice'), url)])
  let kills = 0

  const startOne = (index: number) =>
    launch(
      {
        PORT: String(ports[index]),
        BASE_URL: url,
        TRUST_PROXY: '1',
        DATABASE_URL: database.url,
        APP_KEY: appKey,
        DATA_DIR: join(dataDir, `instance-${index}`),
        PRACTICE_TENANT: 'off',
        CUSTOM_CLOUD_FILE: practice.cloudFile,
        NODE_EXTRA_CA_CERTS: practice.certificate,
        NO_PROXY: 'localhost,127.0.0.1,::1',
        ...environment,
        ...apart?.(index)
      },
      index === 1 ? secondClone : undefined
    )
  /** What lives; nothing in the place of one that is dead or is being started. */
  const running: (Running | undefined)[] = [undefined, undefined]
  const starting: (Promise<void> | undefined)[] = [undefined, undefined]
  const saidBefore = ['', '']

  const start = (index: number): Promise<void> => {
    const started = startOne(index).then(one => {
      running[index] = one
      starting[index] = undefined
    })
    // Whoever waits for it hears of it.
    started.catch(() => undefined)
    starting[index] = started
    return started
  }
  await Promise.all([start(0), start(1)])
  /** Kills the server; its launcher then ends by itself. Settled when the port is free. */
  const kill = async (index: number) => {
    const one = running[index]
    if (!one) return
    running[index] = undefined
    saidBefore[index] += one.said()
    const ended = hasEnded(one.launcher) ? undefined : once(one.launcher, 'exit')
    process.kill(one.ready.pids['the server'] ?? Number.NaN, 'SIGKILL')
    kills += 1
    await ended
  }
  const stopOne = async (index: number) => {
    await starting[index]?.catch(() => undefined)
    const one = running[index]
    if (one) await end(one.launcher, 'SIGTERM')
    saidBefore[index] += one?.said() ?? ''
    running[index] = undefined
  }

  return {
    url,
    practice: { http: practice.http, https: practice.https },
    dataDir,
    databaseUrl: database.url,
    databaseDir: database.dataFolder,
    instances: 2,
    /** After a kill the other goes on, and nobody waits for the dead one; else both are restarted, one after the other. */
    async restart() {
      const dead = [0, 1].filter(index => running[index] === undefined)
      for (const index of dead) if (!starting[index]) start(index)
      if (dead.length === 2) await Promise.race(starting)
      if (dead.length > 0) return
      for (const index of [0, 1]) {
        await stopOne(index)
        await start(index)
      }
    },
    /** Of the one at work, or of both where both are: the other is there and goes on. */
    async killServer() {
      await Promise.all(proxy.atWork().map(kill))
    },
    killDatabase: () => database.kill(),
    async killEverything() {
      await Promise.all([kill(0), kill(1)])
    },
    killOne(index) {
      if (!running[index] || !running[1 - index] || !proxy.isSafe(index)) return false
      const gone = kill(index)
      proxy.hold(gone)
      gone.then(() => start(index))
      return true
    },
    onRequest: listener => proxy.onRequest(listener),
    told: () => ({ ...proxy.told(), kills }),
    async whole() {
      await Promise.all(starting)
    },
    async stop() {
      await Promise.all([stopOne(0), stopOne(1)])
      await practice.stop()
      await proxy.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
    said: () => [0, 1].map(index => saidBefore[index] + (running[index]?.said() ?? '')).join('\n')
  }
}

type Practice = { http: string; https: string; certificate: string; cloudFile: string; stop(): Promise<void> }

async function startPractice(folder: string, url: string): Promise<Practice> {
  const main = join(here, 'practice-tenant/main.ts')
  const given = ['--with-parent', '--data', folder, '--redirect-uri', `${url}/auth/callback`]
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main, ...given], {
    cwd: here,
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const line = await Promise.race([once(lines, 'line'), ended.then(() => [''])])
  if (!line[0]) throw new Error('The practice tenant did not start')
  return {
    ...(JSON.parse(line[0]) as Omit<Practice, 'stop'>),
    async stop() {
      child.stdin?.end()
      await ended
    }
  }
}
