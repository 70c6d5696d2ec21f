// @ts-check
// Installs, generates and builds what is stale, and only that.
// The rule it keeps: one start prepares at a time; a second one waits and then finds everything fresh.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namesForBuild } from './build-names.mjs'
import { holdFolder } from './lock.mjs'
import { findNpm } from './npm.mjs'
import { refuse } from './refusal.mjs'
import { runToEnd } from './run-to-end.mjs'
import { fingerprint, isFresh, isInstalled, keepPrint } from './stale.mjs'

const tenMinutesMs = 600_000

/** What the built server is made from. A new top-level source belongs here. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  // What a build calls its actions and itself.
  'scripts/launch/build-names.mjs'
]

/**
 * @param {string} root
 * @param {{ build: boolean, env: import('./environment.mjs').Env, say: (line: string) => void }} options
 */
export async function prepare(root, { build, env, say }) {
  const lock = await holdFolder(join(root, '.build'), { name: 'prepare', waitMs: tenMinutesMs })
  if ('heldBy' in lock)
    refuse(
      `Another start (process ${lock.heldBy.pid}) has been preparing this folder for ten minutes. Stop it and try again.`
    )
  try {
    await install(root, env, say)
    await generate(root, env, say)
    if (build) await buildServer(root, env, say)
  } finally {
    lock.release()
  }
}

/** @param {string} root @param {import('./environment.mjs').Env} env @param {(line: string) => void} say */
export async function install(root, env, say) {
  if (isInstalled(root)) return
  say('Installing packages (about a minute) ...')
  // No package of ours needs a script of its own at install time, so none gets to run one.
  const result = await runToEnd([findNpm(env), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, env })
  if (!result.ok) refuse(`npm ci failed, so the packages are not installed:\n${result.tail}`)
}

/** @param {string} root @param {import('./environment.mjs').Env} env @param {(line: string) => void} say */
export async function generate(root, env, say) {
  const stamp = join(root, 'lib', 'db', 'generated', '.made-from')
  const prismaVersion = JSON.parse(readFileSync(join(root, 'node_modules/prisma/package.json'), 'utf8')).version
  const print = fingerprint(root, ['prisma/schema.prisma', 'prisma.config.ts'], prismaVersion)
  if (isFresh(stamp, print)) return
  say('Generating the database client ...')
  const result = await runToEnd([join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    // Generating never uses the schema engine, but the command line downloads one unless it is told where one is.
    env: {
      ...env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1'
    }
  })
  if (!result.ok) refuse(`prisma generate failed:\n${result.tail}`)
  keepPrint(stamp, print)
}

const builtStamp = (/** @type {string} */ root) => join(root, '.next', 'made-from')

/** @param {string} root @returns {string} the fingerprint of what was built, or nothing where nothing was */
export function builtFrom(root) {
  return existsSync(builtStamp(root)) ? readFileSync(builtStamp(root), 'utf8') : ''
}

/** @param {string} root @param {import('./environment.mjs').Env} env @param {(line: string) => void} say */
async function buildServer(root, env, say) {
  const stamp = builtStamp(root)
  const print = fingerprint(root, sources)
  if (isFresh(stamp, print) && existsSync(join(root, '.next', 'BUILD_ID'))) return
  say('Building (about a minute) ...')
  const result = await runToEnd([join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...namesForBuild(print) }
  })
  if (!result.ok) refuse(`next build failed:\n${result.tail}`)
  keepPrint(stamp, print)
}
