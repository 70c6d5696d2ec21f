// @ts-check
// What the tests need beside Node: a Chromium (the one that is there, else Playwright's, else Debian's package), and curl,
// which the samples are run with.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findChromium } from '../chromium.mjs'
import { refuse } from '../launch/refusal.mjs'
import { runToEnd } from '../launch/run-to-end.mjs'

/**
 * @param {string} root
 * @param {import('../launch/environment.mjs').Env} env
 * @param {(line: string) => void} say
 */
export async function requireChromium(root, env, say) {
  const there = findChromium() ?? playwrightsOwn(root)
  if (there) return say(`Using ${there}`)
  say('Asking Playwright for its Chromium ...')
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  const playwright = await runToEnd([cli, 'install', 'chromium'], { cwd: root, env })
  if (playwright.ok && playwrightsOwn(root)) return
  for (const name of ['chromium-headless-shell', 'chromium'])
    if ((await installFromDebian(name, env, say)) && findChromium()) return
  refuse('The journey tests need a Chromium, and none could be installed. Install one and set CHROMIUM_PATH to it.')
}

/**
 * @param {import('../launch/environment.mjs').Env} env
 * @param {(line: string) => void} say
 */
export async function requireCurl(env, say) {
  if (await run('curl', ['--version'], env)) return
  if ((await installFromDebian('curl', env, say)) && (await run('curl', ['--version'], env))) return
  refuse('The samples are run with curl, and it is not on this machine. Install it and run the tests again.')
}

/**
 * As root on Debian only. @returns {Promise<boolean>} whether it was installed
 * @param {string} name
 * @param {import('../launch/environment.mjs').Env} env
 * @param {(line: string) => void} say
 */
async function installFromDebian(name, env, say) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  say(`Installing Debian’s ${name} package ...`)
  await run('apt-get', ['update'], env)
  return run('apt-get', ['install', '-y', '--no-install-recommends', name], env)
}

/** @param {string} root @returns {string | undefined} */
function playwrightsOwn(root) {
  const { chromium } = createRequire(join(root, 'package.json'))('@playwright/test')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}

/** @param {string} program @param {readonly string[]} given @param {import('../launch/environment.mjs').Env} env */
function run(program, given, env) {
  return new Promise(resolve => {
    /** @type {any} */
    const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(program, [...given], { env: quiet, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0))
  })
}
