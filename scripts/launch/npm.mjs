// @ts-check
// Finds npm as a JavaScript file, so that it runs through this Node without a shell, on Windows too.
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { refuse } from './refusal.mjs'

/**
 * @param {import('./environment.mjs').Env} env
 * @returns {string} npm-cli.js
 */
export function findNpm(env) {
  const beside = dirname(process.execPath)
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const found = [
    env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    // `npm` on the path is a link to npm-cli.js, but on Windows, where the line above finds it.
    ...onPath.map(folder => join(folder, 'npm')).map(file => (existsSync(file) ? realpathSync(file) : ''))
  ].find(file => file && /npm-cli\.c?js$/.test(file) && existsSync(file))
  return found ?? refuse('npm was not found beside Node. Run npm ci yourself, then start again.')
}
