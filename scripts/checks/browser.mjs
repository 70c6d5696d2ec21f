// @ts-check
// A Chromium for the journey tests: the one that is there, else Playwright's, else Debian's package.
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
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Debian’s chromium package ...')
    await run('apt-get', ['update'], env)
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], env)
    if (findChromium()) return
  }
  refuse('The journey tests need a Chromium, and none could be installed. Install one and set CHROMIUM_PATH to it.')
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
