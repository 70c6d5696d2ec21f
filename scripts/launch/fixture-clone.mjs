// @ts-check
// For tests: a clone in a temporary folder with our own scripts and the real packages, and a server that only says hello.
// The rule it keeps: what is tested is the launcher, so nothing of the wizard's pages is built.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
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
  createServer((request, response) => {
    if (request.url === '/fall') process.exit(3)
    response.end(request.url === '/environment' ? JSON.stringify(process.env) : 'hello')
  }).listen({ host, port })
}
`

/** @returns {string} the clone's folder; whoever made it removes it */
export function makeClone() {
  const clone = mkdtempSync(join(tmpdir(), 'mow-clone-'))
  for (const each of [
    'scripts',
    'prisma',
    'practice-tenant',
    'lib/db',
    'prisma.config.ts',
    'package.json',
    'tsconfig.json'
  ])
    if (existsSync(join(root, each))) cpSync(join(root, each), join(clone, each), { recursive: true })
  writeFileSync(join(clone, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": { "": {} } }')
  mkdirSync(join(clone, 'node_modules/next/dist/bin'), { recursive: true })
  for (const each of readdirSync(join(root, 'node_modules')))
    if (each !== 'next' && each !== '.package-lock.json')
      symlinkSync(join(root, 'node_modules', each), join(clone, 'node_modules', each))
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), '{ "packages": {} }')
  writeFileSync(join(clone, 'node_modules/next/package.json'), '{ "type": "module" }')
  writeFileSync(join(clone, 'node_modules/next/dist/bin/next'), helloServer)
  writeFileSync(join(clone, 'node_modules/next/dist/bin/package.json'), '{ "type": "module" }')
  return clone
}
