// @ts-check
// The order of a start: ask, hold, prepare, then one process after the other; and the way back.
// The rule it keeps: whatever can be refused is refused before anything is started, and before anything is written where
// that can be known without packages.
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { databaseUrlFor } from '../database/address.mjs'
import { finishRestore, foldersIn } from '../upkeep/folders.mjs'
import { namesForServer } from './build-names.mjs'
import { certificateOf, requireCertificate } from './certificate.mjs'
import { startChild } from './children.mjs'
import { forHelpers, forServer, forTools, readEnvironment } from './environment.mjs'
import { keepAppKey, requireUnused, requireWritable, socketFolder, takeFolder } from './folder.mjs'
import { requireFreePort } from './ports.mjs'
import { joinClouds, readCertificates, readClouds } from './practice.mjs'
import { builtFrom, prepare } from './prepare.mjs'
import { Refusal, refuse } from './refusal.mjs'
import { runToEnd } from './run-to-end.mjs'
import { readSettings, requireSomebody } from './settings.mjs'
import { waitForAnswer } from './wait.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What a killed start left dying may hold the port for this long. */
const patienceMs = 5_000
const shellLookMs = 500

/** @typedef {{ name: string, stop: () => unknown }} Stoppable */

/** @param {'start' | 'dev'} mode */
export async function run(mode) {
  /** @type {Stoppable[]} */
  const started = []
  let ending = false
  /** @param {number} code */
  const end = async code => {
    if (ending) return
    ending = true
    for (const each of started.reverse()) await each.stop()
    process.exit(code)
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => end(0))
  endWithShell(() => end(0))
  /** @param {import('./children.mjs').Child} child */
  const watch = child => {
    started.push(child)
    child.ended.then(how => {
      if (ending) return
      console.error(`Mail OAuth Wizard stopped, because ${child.name} ${how}`)
      end(1)
    })
    return child
  }
  try {
    await start(mode, started, watch)
  } catch (error) {
    if (ending) return
    console.error(error instanceof Refusal ? error.message : error)
    await end(1)
  }
}

/** npm starts this through a shell of its own, and a signal to npm ends that shell without reaching this process.
 *  @param {() => void} end */
function endWithShell(end) {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  const look = setInterval(() => {
    if (process.ppid !== shell) end()
  }, shellLookMs)
  look.unref()
}

/**
 * @param {'start' | 'dev'} mode
 * @param {Stoppable[]} started
 * @param {(child: import('./children.mjs').Child) => import('./children.mjs').Child} watch
 */
async function start(mode, started, watch) {
  const env = readEnvironment(root)
  const settings = readSettings(env, root)
  const keepsFolder = !settings.databaseUrl || !settings.appKey || settings.practice
  requireCertificate('AZURE_CLIENT_CERTIFICATE_PATH', settings.certificate)
  const clouds = readClouds(settings.cloudFile)
  if (settings.hosted) requireSomebody(env, clouds)
  for (const cloud of clouds)
    requireCertificate('clientCertificatePath in CUSTOM_CLOUD_FILE', certificateOf(cloud, root))
  if (settings.certificates) readCertificates(settings.certificates)
  if (keepsFolder) requireWritable(settings.dataFolder)
  const { leftBehind } = keepsFolder ? await requireUnused(settings.dataFolder) : { leftBehind: false }
  await requireFreePort(settings.host, settings.port, settings.baseUrl, leftBehind ? patienceMs : 0)
  if (keepsFolder) {
    const lock = await takeFolder(settings.dataFolder)
    started.push({ name: 'the lock', stop: lock.release })
    settings.dataFolder = realpathSync(settings.dataFolder)
    finishRestore(foldersIn(settings.dataFolder))
  }
  await prepare(root, { build: mode === 'start', env: forTools(env), say: console.log })
  if (settings.cloudFile) await requireUsableClouds(settings.cloudFile, env)

  const databaseUrl = settings.databaseUrl ?? (await startDatabase(settings, env, started, watch))
  const migrated = await runToEnd(['--import', 'tsx', 'prisma/migrate.ts'], {
    cwd: root,
    env: { ...forHelpers(env), NODE_EXTRA_CA_CERTS: settings.certificates, DATABASE_URL: databaseUrl }
  })
  if (!migrated.ok) refuse(`The database could not be brought up to date, so nothing was started: ${migrated.tail}`)

  const practice = settings.practice ? await startPractice(settings, env, watch) : undefined
  const appKey = settings.appKey ?? keepAppKey(settings.dataFolder)
  const decided = {
    NODE_ENV: mode === 'start' ? 'production' : 'development',
    LAUNCHED_BY: String(process.pid),
    HOST: settings.host,
    PORT: String(settings.port),
    BASE_URL: settings.baseUrl,
    DATA_DIR: settings.dataFolder,
    DATABASE_URL: databaseUrl,
    APP_KEY: appKey,
    ...(mode === 'start' && namesForServer(builtFrom(root), appKey)),
    ...(settings.cloudFile && { CUSTOM_CLOUD_FILE: settings.cloudFile }),
    ...(settings.certificate && { AZURE_CLIENT_CERTIFICATE_PATH: settings.certificate }),
    ...(practice && joinClouds(practice, settings, env))
  }
  const next = join(root, 'node_modules/next/dist/bin/next')
  const answers = waitForAnswer(settings.host, settings.port)
  watch(
    startChild(
      'the server',
      [
        '--import',
        './scripts/launch/end-with-parent.mjs',
        next,
        mode,
        '-H',
        settings.host,
        '-p',
        String(settings.port)
      ],
      { cwd: root, env: forServer(env, decided), quietUntil: answers.promise }
    )
  )
  await answers.promise
  console.log(`Mail OAuth Wizard is ready at ${settings.baseUrl}`)
  if (practice) console.log(`Practice tenant: ${practice.http}`)
  // Whoever forked this with a channel (the journey tests) is told the rest.
  const pids = Object.fromEntries(started.flatMap(each => ('pid' in each ? [[each.name, each.pid]] : [])))
  process.send?.({ url: settings.baseUrl, practice, databaseUrl, dataFolder: settings.dataFolder, pids })
}

/** The server's own reading of the file, which takes packages: so once they are there, and before any process stays.
 *  @param {string} file @param {import('./environment.mjs').Env} env */
async function requireUsableClouds(file, env) {
  const read = await runToEnd(['--conditions=react-server', '--import', 'tsx', 'scripts/launch/read-clouds.ts', file], {
    cwd: root,
    env: forHelpers(env)
  })
  if (!read.ok) refuse(`CUSTOM_CLOUD_FILE is ${file}. ${read.tail}`)
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./environment.mjs').Env} env
 * @param {Stoppable[]} started
 * @param {(child: import('./children.mjs').Child) => import('./children.mjs').Child} watch
 */
async function startDatabase(settings, env, started, watch) {
  const { socket, remove } = socketFolder(settings.dataFolder)
  started.push({ name: 'the socket', stop: remove })
  const where = socket ? ['--socket', socket] : []
  const database = watch(
    startChild(
      'the database',
      ['scripts/database/host.mjs', '--with-parent', '--folder', join(settings.dataFolder, 'database'), ...where],
      { cwd: root, env: forHelpers(env), readyLine: true }
    )
  )
  const ready = /** @type {{ where: string | number }} */ (await database.ready)
  if (!socket)
    console.log(
      'This system has no Unix sockets for the database: every user of this machine could reach it while it runs.'
    )
  return databaseUrlFor(ready.where)
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./environment.mjs').Env} env
 * @param {(child: import('./children.mjs').Child) => import('./children.mjs').Child} watch
 */
async function startPractice(settings, env, watch) {
  const folder = join(settings.dataFolder, 'practice')
  const redirect = `${settings.baseUrl}/auth/callback`
  const practice = watch(
    startChild(
      'the practice tenant',
      ['--import', 'tsx', 'practice-tenant/main.ts', '--with-parent', '--data', folder, '--redirect-uri', redirect],
      { cwd: root, env: forHelpers(env), readyLine: true }
    )
  )
  return /** @type {Promise<import('./practice.mjs').Practice>} */ (practice.ready)
}
