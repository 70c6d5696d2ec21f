// Off to Microsoft and back: signing in to the wizard, and entering a tenant.
// The rule it keeps: state is used once and belongs to the session that began; the way back is a setup and a step kept
// behind it, never a URL.
import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { database } from '../db/client.ts'
import { env } from '../env.ts'
import { log, neverLog, noteOfRequest } from '../log.ts'
import { Silence } from '../microsoft/answers.ts'
import { logRefusal } from '../microsoft/app-token.ts'
import { type CloudRow, findCloud, findWizardApp, type WizardApp } from '../microsoft/clouds.ts'
import { discoverTenant } from '../microsoft/discovery.ts'
import { isUnreachable } from '../microsoft/msal-network.ts'
import { type Account, AuthError, finishSignIn, newPkce, signInUrl } from '../microsoft/sign-in.ts'
import { createSession, renameSession, type Session } from '../session/session.ts'
import { saveTokenCache } from '../session/token-caches.ts'
import { findSetup, nameTenant, noteRunner, rememberPerson, writeDiary } from './store.ts'
import { whoSends } from './who.ts'

const signInLimitMs = 15 * 60_000
const identity = ['openid', 'profile']

/** Everything that can go wrong on the way back, each with a sentence on the page. */
export type EntranceProblem =
  | 'stale'
  | 'cancelled'
  | 'not-allowed'
  | 'wrong-tenant'
  | 'needs-admin'
  | 'refused'
  | 'not-configured'
  | 'unreachable'
  | 'own-credential'

export type Going = { ok: true; url: string; cookie: string | undefined } | { ok: false; problem: EntranceProblem }

export type Start = {
  session: Session | undefined
  cloud: string
  way: string
  /** `pick`: to enter a tenant for picking mailboxes; that token is kept apart from the steps' own. */
  purpose: 'wizard' | 'enter' | 'pick'
  /** A tenant ID or domain, or undefined to let the account decide. */
  tenant?: string
  setupId?: string
  stepId?: string
  loginHint?: string
  /** The Graph permissions to ask for when entering; none for the wizard's own sign-in. */
  scopes?: readonly string[]
  /** What Microsoft asked of this sign-in when it refused a token. */
  claims?: string
}

export async function goToMicrosoft(start: Start): Promise<Going> {
  const cloud = findCloud(start.cloud)
  const app = cloud && findWizardApp(cloud, start.way)
  if (!cloud || !app) return { ok: false, problem: 'not-configured' }
  const { session, cookie } = start.session ? { session: start.session, cookie: undefined } : await createSession()
  const { verifier, challenge } = await newPkce()
  const state = randomBytes(32).toString('base64url')
  const nonce = randomBytes(32).toString('base64url')
  for (const secret of [verifier, state, nonce]) neverLog(secret)
  const tenant = start.tenant ?? (start.purpose === 'wizard' ? homeOf(app) : 'organizations')
  const scopes = [...(start.scopes ?? identity)]
  await database().signIn.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  await database().signIn.create({
    data: {
      stateHash: hashOf(state),
      sessionId: session.id,
      cloud: cloud.name,
      way: start.way,
      purpose: start.purpose,
      tenant,
      scopes,
      setupId: start.setupId,
      stepId: start.stepId,
      nonce,
      verifier,
      expiresAt: new Date(Date.now() + signInLimitMs)
    }
  })
  const url = await quietly(() =>
    signInUrl({
      cloud,
      app,
      tenant,
      scopes,
      redirectUri: redirectUriOf(app),
      state,
      nonce,
      challenge,
      loginHint: start.loginHint,
      claims: start.claims,
      pickAccount: !start.loginHint
    })
  )
  return typeof url === 'string' ? { ok: true, url, cookie } : { ok: false, problem: url.problem }
}

export type Back = ({ ok: true; cookie: string } & Where) | ({ ok: false; problem: EntranceProblem } & Where)

/** Where the way led from: a step's page, or the picker below it. */
type Where = { setupId?: string; stepId?: string; picks?: boolean }

/** What Microsoft sent back with, and in the log what came of it. */
export async function comeBack(session: Session | undefined, query: URLSearchParams): Promise<Back> {
  const state = query.get('state') ?? ''
  const row = session && (await takeSignIn(session, state))
  if (session?.person) noteOfRequest({ personId: session.person.id })
  if (row?.setupId) noteOfRequest({ setupId: row.setupId })
  const back: Back = session && row ? await arrive(session, row, state, query) : { ok: false, problem: 'stale' }
  const what = { purpose: row?.purpose, cloud: row?.cloud, way: row?.way }
  if (back.ok) log.info('signed in', what)
  else log.warn('sign-in refused', { ...what, problem: back.problem })
  return back
}

type Taken = NonNullable<Awaited<ReturnType<typeof takeSignIn>>>

/** Errors carry a code; it is looked at before anything else. */
async function arrive(session: Session, row: Taken, state: string, query: URLSearchParams): Promise<Back> {
  for (const secret of [row.verifier, row.nonce]) neverLog(secret)
  const where = { setupId: row.setupId ?? undefined, stepId: row.stepId ?? undefined, picks: row.purpose === 'pick' }
  const error = query.get('error')
  if (error) return { ok: false, problem: problemOf(error, query.get('error_description') ?? ''), ...where }
  const cloud = findCloud(row.cloud)
  const app = cloud && findWizardApp(cloud, row.way)
  if (!cloud || !app) return { ok: false, problem: 'not-configured', ...where }
  const finished = await quietly(() =>
    finishSignIn({
      cloud,
      app,
      tenant: row.tenant,
      scopes: row.scopes,
      redirectUri: redirectUriOf(app),
      nonce: row.nonce,
      code: query.get('code') ?? '',
      verifier: row.verifier,
      state,
      returnedState: state
    })
  )
  if ('problem' in finished) return { ok: false, problem: finished.problem, ...where }
  const { account, cache } = finished
  if (row.purpose === 'wizard') return welcome(session, cloud, app, account)
  return enter(session, cloud, row, account, cache, where)
}

async function welcome(session: Session, cloud: CloudRow, app: WizardApp, account: Account): Promise<Back> {
  if (!(await mayUse(cloud, app, account.tenantId))) return { ok: false, problem: 'not-allowed' }
  const { tenantId, objectId, name, username } = account
  const person = await rememberPerson({ cloud: cloud.name, tenantId, objectId, name, username })
  noteOfRequest({ personId: person.id })
  const { cookie } = await renameSession(session, person.id)
  return { ok: true, cookie }
}

async function enter(
  session: Session,
  cloud: CloudRow,
  { way, scopes }: { way: string; scopes: readonly string[] },
  account: Account,
  cache: string,
  where: Where
): Promise<Back> {
  const setup = session.person && where.setupId ? await findSetup(session.person.id, where.setupId) : undefined
  if (!session.person || !setup) return { ok: false, problem: 'stale' }
  if (setup.cloud !== cloud.name || !(await nameTenant(setup.id, account.tenantId)))
    return { ok: false, problem: 'wrong-tenant', ...where }
  const renamed = await renameSession(session, session.person.id)
  const { tenantId, objectId, homeAccountId, username } = account
  await saveTokenCache(
    renamed.session,
    { way, cloud: cloud.name, tenantId, objectId, homeAccountId, username, scopes },
    cache,
    where.picks ? 'directory' : 'steps',
    'entered'
  )
  // Whoever only looks, or picks mailboxes, need not be who runs the scripts.
  if (scopes.some(scope => scope.includes('ReadWrite')))
    await noteRunner(setup.id, { admin: username, delegatedOrganization: account.guest ? tenantId : undefined })
  await writeDiary(setup.id, {
    who: whoSends({ person: session.person, entered: account }),
    kind: 'note',
    says: `Entered the tenant ${tenantId}`
  })
  return { ok: true, cookie: renamed.cookie, ...where }
}

/** Whose people may sign in. Where nothing is said, a hosted wizard lets in those of its own tenant only. */
async function mayUse(cloud: CloudRow, app: WizardApp, tenantId: string): Promise<boolean> {
  const allowed = env().allowedTenants ?? (env().local ? undefined : [app.tenantId ?? ''])
  if (!allowed) return true
  for (const name of allowed.filter(Boolean)) {
    if (name.toLowerCase() === tenantId) return true
    const found = name.includes('.') ? await discoverTenant(cloud, name) : undefined
    if (found?.ok && found.tenantId === tenantId) return true
  }
  return false
}

/** The wizard's secret is wrong, has expired or is wanting, or its certificate is not the application's.
 *  https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const ownCredential = /AADSTS(7000215|7000222|7000218|700027)\b/

/** MSAL's refusals and silences become a sentence on the page; its code goes to the log, and nothing else of it. */
async function quietly<T>(ask: () => Promise<T>): Promise<T | { problem: EntranceProblem }> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Silence) return { problem: 'unreachable' }
    if (!(error instanceof AuthError)) throw error
    logRefusal(error)
    if (isUnreachable(error)) return { problem: 'unreachable' }
    return { problem: ownCredential.test(error.errorMessage) ? 'own-credential' : 'refused' }
  }
}

async function takeSignIn(session: Session, state: string) {
  const where = { stateHash: hashOf(state), sessionId: session.id }
  const row = await database().signIn.findFirst({ where })
  const { count } = await database().signIn.deleteMany({ where })
  return row && count === 1 && row.expiresAt.getTime() > Date.now() ? row : undefined
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function problemOf(error: string, description: string): EntranceProblem {
  if (/AADSTS(90094|90095|65001)/.test(description) || error === 'consent_required') return 'needs-admin'
  if (error === 'access_denied') return 'cancelled'
  return 'refused'
}

const hashOf = (state: string) => createHash('sha256').update(`state:${state}`).digest('base64url')

/** An application whose tenant is named signs in that tenant's people, unless others are allowed by name. This is about who
 *  may use the wizard, and says nothing about which tenant is entered. */
const homeOf = (app: WizardApp) => {
  const others = env().allowedTenants?.some(name => name !== app.tenantId?.toLowerCase())
  return app.tenantId && !others ? app.tenantId : 'organizations'
}

/** Microsoft's command line client knows the bare address only.
 *  https://learn.microsoft.com/entra/identity-platform/reply-url */
function redirectUriOf(app: WizardApp): string {
  const base = env().baseUrl
  return app.way === 'command-line' ? `http://localhost:${new URL(base).port || '80'}/` : `${base}/auth/callback`
}
