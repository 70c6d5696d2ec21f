// Brings the practice tenant up on its loopback ports (https, http, and one for each mail protocol) and takes it down again.
// The rule it keeps: it listens on 127.0.0.1 only, and what changed is on disk before it is gone.

import { randomBytes } from 'node:crypto'
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { cloudOf } from './cloud-file.ts'
import { ownPagesOnly } from './control/own-page.ts'
import { controlRoutes } from './control/routes.ts'
import { createCopies } from './copies.ts'
import { fileIn, openCertificate, openFolder, readJson, writeWhole, writeWholeNow } from './data-folder.ts'
import { exchangeRoutes } from './exchange/index.ts'
import { createFaults } from './faults.ts'
import { graphHandler } from './graph/graph.ts'
import { listener, route } from './http.ts'
import { authorizeRoutes } from './identity/authorize.ts'
import { metadataRoutes } from './identity/metadata.ts'
import { createSignIns } from './identity/sign-ins.ts'
import { openSigningKey } from './identity/signing-key.ts'
import { tokenRoutes } from './identity/token-endpoint.ts'
import { listen } from './listen.ts'
import { emptyJournal } from './mail/journal.ts'
import { startMailServers } from './mail/servers.ts'
import { portalRoutes } from './portal/routes.ts'
import type { Practice } from './practice.ts'
import type { Addresses, State } from './state.ts'
import { tenantIds } from './worlds/people.ts'
import { seedState, wizardAppId } from './worlds/seed.ts'

export type Options = {
  /** The folder that keeps the tenant between two runs. */
  data: string
  /** Starts over. */
  fresh?: boolean
  /** false: what changes is not written down, as nobody will start on this folder again. */
  keep?: boolean
  httpsPort?: number
  httpPort?: number
  /** More redirect URIs of the wizard's own application. */
  redirectUris?: readonly string[]
}

export type Running = {
  practice: Practice
  https: string
  http: string
  certificateFile: string
  certificatePem: string
  cloudFile: string
  stop(): Promise<void>
}

type Ports = { https: number; http: number; imap: number; pop: number; smtp: number }

function newState(): State {
  const secretText = `practice~${randomBytes(24).toString('base64url')}`
  const redirectUris = ['http://localhost/auth/callback']
  return seedState({ appId: wizardAppId, secretText, homeTenantId: tenantIds.northwind, redirectUris })
}

/** Adds redirect URIs to the wizard's own application, for now and for every later reset. */
function allowRedirects(state: State, more: readonly string[]): void {
  const all = [...new Set([...state.wizard.redirectUris, ...more])]
  state.wizard.redirectUris = all
  for (const application of state.tenants.flatMap(tenant => tenant.applications)) {
    if (application.appId === state.wizard.appId) application.web.redirectUris = [...all]
  }
}

export async function serve(options: Options): Promise<Running> {
  openFolder(options.data, options.fresh === true)
  const stateFile = fileIn(options.data, 'state.json')
  const { certificate, key } = await openCertificate(options.data)
  const signingKey = await openSigningKey(fileIn(options.data, 'signing-key.json'))
  const saved = await readJson<Partial<Ports>>(fileIn(options.data, 'ports.json'))

  let state = (await readJson<State>(stateFile)) ?? newState()
  allowRedirects(state, options.redirectUris ?? [])
  let writing: NodeJS.Timeout | undefined
  const writeNow = () => {
    clearTimeout(writing)
    writing = undefined
    writeWholeNow(stateFile, JSON.stringify(state))
  }
  const changed = () => {
    if (options.keep !== false) writing ??= setTimeout(writeNow, 50).unref()
  }

  const addresses: Addresses = {
    https: '',
    http: '',
    mailPorts: { imap: 0, pop: 0, smtp: 0 }
  }
  const practice: Practice = {
    get state() {
      return state
    },
    addresses,
    changed,
    replace: next => {
      state = next
      changed()
    },
    signingKey,
    copies: createCopies(() => state.settings),
    faults: createFaults(),
    signIns: createSignIns(),
    journal: [],
    mailJournal: emptyJournal(),
    freshSecrets: new Map()
  }

  const forPrograms = graphHandler(practice, route([...metadataRoutes(practice), ...tokenRoutes(practice)]))
  const forPeople = route([
    ...controlRoutes(practice),
    ...ownPagesOnly(practice, portalRoutes(practice)),
    ...ownPagesOnly(practice, exchangeRoutes(practice)),
    ...authorizeRoutes(practice)
  ])
  const onHttps: RequestListener = listener(forPrograms, () => addresses.https)
  const onHttp: RequestListener = listener(forPeople, () => addresses.http)
  const httpsServer = createHttps({ cert: certificate, key, minVersion: 'TLSv1.2' }, onHttps)
  const httpServer = createHttp(onHttp)
  // Longer than clients keep theirs: a connection closed under a client's hands looks like a lost answer.
  for (const server of [httpsServer, httpServer]) server.keepAliveTimeout = 65_000
  const httpsPort = await listen(httpsServer, options.httpsPort ?? saved?.https ?? 0, options.httpsPort !== undefined)
  const httpPort = await listen(httpServer, options.httpPort ?? saved?.http ?? 0, options.httpPort !== undefined)
  addresses.https = `https://localhost:${httpsPort}`
  addresses.http = `http://localhost:${httpPort}`
  const mail = await startMailServers(practice, { certificate, key }, saved ?? {})
  addresses.mailPorts = mail.ports

  const ports: Ports = { https: httpsPort, http: httpPort, ...mail.ports }
  const cloudFile = fileIn(options.data, 'cloud.json')
  await writeWhole(fileIn(options.data, 'ports.json'), JSON.stringify(ports))
  await writeWhole(cloudFile, `${JSON.stringify(cloudOf(practice), null, 2)}\n`)
  writeNow()

  const close = (server: Server) =>
    new Promise<void>(done => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return {
    practice,
    https: addresses.https,
    http: addresses.http,
    certificateFile: fileIn(options.data, 'certificate.pem'),
    certificatePem: certificate,
    cloudFile,
    stop: async () => {
      await Promise.all([close(httpsServer), close(httpServer), mail.close()])
      writeNow()
    }
  }
}
