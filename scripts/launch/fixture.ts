// For tests: a clone in a temporary folder with our own launcher, the real packages, and a server that only says hello.
// The rule it keeps: what is tested is the launcher, so none of the wizard's pages is built and no tenant is pretended.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

const helloServer = `
import { createServer } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
const [, , mode, , host, , port] = process.argv
if (mode === 'build') {
  mkdirSync('.next', { recursive: true })
  writeFileSync('.next/BUILD_ID', 'hello')
} else {
  console.log('what a server prints while it starts')
  console.log('{"level":"info","event":"server started"}')
  createServer((request, response) => {
    if (request.url === '/fall') {
      console.error('the server fell')
      process.exit(3)
    }
    response.end(request.url === '/environment' ? JSON.stringify(process.env) : 'hello')
  }).listen({ host, port })
}
`

const silentPractice = `
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
const data = process.argv[process.argv.indexOf('--data') + 1]
mkdirSync(data, { recursive: true })
const [cloudFile, certificate] = [join(data, 'cloud.json'), join(data, 'certificate.pem')]
writeFileSync(cloudFile, JSON.stringify({ name: 'practice' }))
writeFileSync(certificate, 'PRACTICE CERTIFICATE')
console.log(JSON.stringify({ ready: true, https: 'https://localhost:1', http: 'http://localhost:2', certificate, cloudFile }))
process.stdin.on('end', () => process.exit(0)).resume()
`

/** @returns the clone's folder; whoever made it removes it */
export function makeClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'mow-clone-'))
  for (const each of ['scripts', 'prisma', 'lib', 'prisma.config.ts', 'package.json', 'tsconfig.json'])
    cpSync(join(root, each), join(clone, each), { recursive: true })
  write(clone, 'package-lock.json', '{ "lockfileVersion": 3, "packages": { "": {} } }')
  write(clone, 'app/page.tsx', 'export {}')
  write(clone, 'practice-tenant/main.ts', silentPractice)
  for (const each of readdirSync(join(root, 'node_modules')))
    if (each !== 'next' && each !== '.package-lock.json') {
      mkdirSync(join(clone, 'node_modules'), { recursive: true })
      symlinkSync(join(root, 'node_modules', each), join(clone, 'node_modules', each), 'junction')
    }
  write(clone, 'node_modules/.package-lock.json', '{ "packages": {} }')
  write(clone, 'node_modules/next/package.json', '{ "type": "module" }')
  write(clone, 'node_modules/next/dist/bin/next', helloServer)
  return clone
}

function write(clone: string, path: string, text: string) {
  mkdirSync(join(clone, path, '..'), { recursive: true })
  writeFileSync(join(clone, path), text)
}

export type Started = {
  url: string
  pids: { [name: string]: number }
  /** Everything it printed so far. */
  said(): string
  /** @returns the exit code, or the signal's name */
  end(signal?: NodeJS.Signals): Promise<number | string>
  ended: Promise<number | string>
}

/** @returns once it is ready, or has refused: then without `pids`. */
export async function start(
  clone: string,
  environment: Record<string, string>,
  flags: string[] = []
): Promise<Started> {
  const launcher = fork(join(clone, 'scripts/start.mjs'), [], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    execArgv: flags,
    silent: true
  })
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr])
    stream?.on('data', (data: Buffer) => {
      said += data
    })
  const ended = endOf(launcher)
  const ready = await Promise.race([once(launcher, 'message'), ended])
  const [message] = Array.isArray(ready) ? ready : [{}]
  return {
    url: message.url ?? '',
    pids: { 'the launcher': launcher.pid, ...message.pids },
    said: () => said,
    ended,
    async end(signal = 'SIGTERM') {
      launcher.kill(signal)
      return ended
    }
  }
}

async function endOf(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'close')
  return code ?? signal
}

/** @returns the names of those that still run */
export function stillRunning(pids: { [name: string]: number }): string[] {
  return Object.entries(pids).flatMap(([name, pid]) => (isRunning(pid) ? [name] : []))
}

function isRunning(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
