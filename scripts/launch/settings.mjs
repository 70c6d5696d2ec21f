// @ts-check
// Reads the environment into what the launcher needs to know.
// The rule it keeps: it only reads; whatever is wrong is said before anything is started or written.
import { resolve } from 'node:path'
import { refuse } from './refusal.mjs'

/**
 * @typedef {object} Settings
 * @property {string} host the address the server binds
 * @property {number} port
 * @property {string} baseUrl what a browser types, without a slash at the end
 * @property {boolean} hosted bound or reached off loopback
 * @property {string} dataFolder absolute
 * @property {string | undefined} databaseUrl a PostgreSQL in place of the embedded one
 * @property {string | undefined} appKey
 * @property {boolean} practice whether the practice tenant may run
 * @property {string | undefined} cloudFile the user's own CUSTOM_CLOUD_FILE
 * @property {string | undefined} certificate the wizard's own, AZURE_CLIENT_CERTIFICATE_PATH
 * @property {string | undefined} certificates the user's own NODE_EXTRA_CA_CERTS
 */

/**
 * @param {import('./environment.mjs').Env} env
 * @param {string} root the clone's folder, against which relative paths are read
 * @returns {Settings}
 * @throws {import('./refusal.mjs').Refusal}
 */
export function readSettings(env, root) {
  const port = readPort(env.PORT)
  const host = env.HOST || '127.0.0.1'
  const baseUrl = readBaseUrl(env.BASE_URL, port)
  const hosted = !isLoopback(host) || !isLoopback(new URL(baseUrl).hostname)
  if (!isLoopback(host) && !env.BASE_URL)
    refuse(`HOST is ${host}, so other machines can reach this: set BASE_URL to the address that people will type.`)
  if (!isLoopback(new URL(baseUrl).hostname) && !baseUrl.startsWith('https://'))
    refuse(`BASE_URL is ${baseUrl}: away from this machine it has to begin with https://.`)
  if (hosted && !env.APP_KEY)
    refuse('This is hosted, so set APP_KEY to at least 32 random characters, the same for every instance.')
  if (env.APP_KEY && env.APP_KEY.length < 32) refuse('APP_KEY is too short: it has to have at least 32 characters.')
  if (hosted && !env.CUSTOM_CLOUD_FILE) requireSomebody(env, [])
  if (env.DATABASE_URL && !/^postgres(ql)?:\/\//.test(env.DATABASE_URL))
    refuse('DATABASE_URL has to begin with postgresql://. Leave it out to use the embedded database.')
  if (env.LOG_LEVEL && !logLevels.includes(env.LOG_LEVEL))
    refuse(`LOG_LEVEL is ${env.LOG_LEVEL}: it has to be one of ${logLevels.join(', ')}.`)
  return {
    host,
    port,
    baseUrl,
    hosted,
    dataFolder: dataFolderOf(env, root),
    databaseUrl: env.DATABASE_URL || undefined,
    appKey: env.APP_KEY || undefined,
    practice: !hosted && readSwitch('PRACTICE_TENANT', env.PRACTICE_TENANT),
    cloudFile: env.CUSTOM_CLOUD_FILE ? resolve(root, env.CUSTOM_CLOUD_FILE) : undefined,
    certificate: env.AZURE_CLIENT_CERTIFICATE_PATH ? resolve(root, env.AZURE_CLIENT_CERTIFICATE_PATH) : undefined,
    certificates: env.NODE_EXTRA_CA_CERTS ? resolve(root, env.NODE_EXTRA_CA_CERTS) : undefined
  }
}

/**
 * Hosted, nobody may sign in by default but the people of the tenant that an application of the wizard names.
 * @param {import('./environment.mjs').Env} env
 * @param {readonly unknown[]} clouds those of CUSTOM_CLOUD_FILE, unread: the server checks what else is in them
 * @throws {import('./refusal.mjs').Refusal}
 */
export function requireSomebody(env, clouds) {
  const rows = /** @type {readonly (Record<string, unknown> | null | undefined)[]} */ (clouds)
  // A cloud of the file replaces the one that AZURE_CLIENT_ID is for.
  const global = rows.some(row => row?.name === 'global')
    ? undefined
    : { clientId: env.AZURE_CLIENT_ID?.trim(), tenantId: env.AZURE_TENANT_ID?.trim() }
  const applications = [...rows, global].filter(row => row?.clientId)
  if (applications.length === 0)
    refuse('This is hosted, so set AZURE_CLIENT_ID and AZURE_TENANT_ID to the application that people sign in with.')
  if (/[^\s,;]/.test(env.ALLOWED_TENANTS ?? '') || applications.some(row => row?.tenantId)) return
  refuse(
    'This is hosted and says nowhere whose people may sign in, so nobody could: set AZURE_TENANT_ID (tenantId in CUSTOM_CLOUD_FILE) to the tenant of the application, or ALLOWED_TENANTS.'
  )
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent']

/** @param {import('./environment.mjs').Env} env @param {string} root @returns {string} absolute */
export const dataFolderOf = (env, root) => resolve(root, env.DATA_DIR || '.data')

/** @param {string} host a host name or an address, IPv6 with or without brackets */
export function isLoopback(host) {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return ['localhost', '127.0.0.1', '::1'].includes(bare)
}

/** @param {string | undefined} given */
function readPort(given) {
  const port = Number(given || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    refuse(`PORT is ${given}: it has to be a whole number from 1 to 65535.`)
  return port
}

/** @param {string | undefined} given @param {number} port */
function readBaseUrl(given, port) {
  if (!given) return `http://localhost:${port}`
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    refuse(`BASE_URL is ${given}: it has to be a whole address such as https://wizard.example.com.`)
  const url = new URL(given)
  if (url.pathname !== '/' || url.search || url.hash)
    refuse(`BASE_URL is ${given}: it has to end after the host name and port, as the wizard is served at the root.`)
  return url.origin
}

/** @param {string} name @param {string | undefined} given */
function readSwitch(name, given) {
  const word = (given || 'on').toLowerCase()
  if (!['on', 'off'].includes(word)) refuse(`${name} is ${given}: it has to be on or off.`)
  return word === 'on'
}
