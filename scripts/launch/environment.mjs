// @ts-check
// What each child gets to know. The rule it keeps: a list of names, never the whole environment of whoever started us.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {Record<string, string | undefined>} Env */

/** .env beside package.json fills what the environment leaves open.
 *  @param {string} root @returns {Env} */
export function readEnvironment(root) {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/** What any program needs to find its files, its language and its way out. */
const everyone = [
  'PATH',
  'Path',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'SystemDrive',
  'APPDATA',
  'LOCALAPPDATA',
  'PATHEXT',
  'ComSpec',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'NO_COLOR',
  'FORCE_COLOR',
  'CI'
]

const proxy = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy']

/** npm finds its registry, cache and proxy in these. */
const npm = /^npm_/i

/** The wizard's own settings, and its sign-in as Azure's libraries name it. */
const server = [
  'HOST',
  'PORT',
  'BASE_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'APP_KEY',
  'ALLOWED_TENANTS',
  'TRUST_PROXY',
  'CUSTOM_CLOUD_FILE',
  'NODE_EXTRA_CA_CERTS',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'LOG_LEVEL',
  ...proxy
]

/**
 * @param {Env} env
 * @param {readonly string[]} names
 * @returns {Env}
 */
function pick(env, names) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => names.includes(name)))
}

/** @param {Env} env for npm, prisma generate and next build */
export function forTools(env) {
  const settings = Object.fromEntries(Object.entries(env).filter(([name]) => npm.test(name)))
  return { ...settings, ...pick(env, [...everyone, ...proxy, 'NODE_EXTRA_CA_CERTS']), NEXT_TELEMETRY_DISABLED: '1' }
}

/** @param {Env} env for the database and the practice tenant: they read nothing from the environment */
export function forHelpers(env) {
  return pick(env, everyone)
}

/**
 * @param {Env} env
 * @param {Env} decided what the launcher worked out; it wins
 */
export function forServer(env, decided) {
  return { ...pick(env, [...everyone, ...server]), NEXT_TELEMETRY_DISABLED: '1', ...decided }
}
