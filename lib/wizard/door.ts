// The one door: who asks, from where, for which setup. Every action and handler comes through here first.
import 'server-only'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { isOwnRequest } from '../guards/own-request.ts'
import { noteOfRequest } from '../log.ts'
import { type CloudRow, findCloud, findWizardApp } from '../microsoft/clouds.ts'
import { cookieName, findSession, type Person, type Session } from '../session/session.ts'
import { type Entered, type EnteredBefore, findEntered } from '../session/token-caches.ts'
import { findStep, steps } from '../steps/index.ts'
import type { Setup, Step } from '../steps/step.ts'
import { type Journey, journeyOf, type SeenById } from './journey.ts'
import { seenById, setupOf } from './setup.ts'
import { findSetup, type SetupRow } from './store.ts'

/** Where a closed door leads, for handlers: they answer with 303 themselves. */
export class Elsewhere extends Error {
  override name = 'Elsewhere'
  readonly path: string
  constructor(path: string) {
    super(`On to ${path}`)
    this.path = path
  }
}

/** How a page goes on; handlers give a function of their own. */
type Go = (path: string) => never

export type SignedIn = { session: Session; person: Person }

export async function findSignedIn(): Promise<SignedIn | undefined> {
  const session = await findSession((await cookies()).get(cookieName())?.value)
  if (!session?.person) return undefined
  noteOfRequest({ personId: session.person.id })
  return { session, person: session.person }
}

/** Whoever is signed in to the wizard; anybody else is sent to the start page. */
export async function requireSignedIn(go: Go = redirect): Promise<SignedIn> {
  return (await findSignedIn()) ?? go('/?signed-out=1')
}

export type AtSetup = SignedIn & {
  row: SetupRow
  setup: Setup
  cloud: CloudRow
  seen: SeenById
  /** The account that entered the setup's tenant in this session. */
  entered: EnteredBefore | undefined
  /** Entered to look only: nothing can be changed. */
  readOnly: boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A setup of the person who asks. Somebody else's is not found, like one that never was. */
export async function requireSetup(setupId: string, go: Go = redirect): Promise<AtSetup> {
  const signedIn = await requireSignedIn(go)
  // An action's bound arguments are the browser's to write: what is declared as a text need not be one.
  const row =
    typeof setupId === 'string' && uuid.test(setupId) ? await findSetup(signedIn.person.id, setupId) : undefined
  if (!row) notFound()
  noteOfRequest({ setupId: row.id })
  const cloud = findCloud(row.cloud)
  if (!cloud) return go('/setups?problem=not-configured')
  const entered = row.tenantId ? await findEntered(signedIn.session, row.cloud, row.tenantId) : undefined
  const readOnly = entered !== undefined && !entered.scopes.some(scope => scope.includes('ReadWrite'))
  return {
    ...signedIn,
    row,
    cloud,
    entered,
    readOnly,
    seen: seenById(row),
    setup: setupOf(row, cloud, whoIs(cloud, entered))
  }
}

function whoIs(cloud: CloudRow, entered: Entered | undefined): Pick<Setup, 'admin' | 'wizardClientId'> {
  if (!entered) return { admin: undefined, wizardClientId: cloud.wizard?.clientId }
  const guest = entered.homeAccountId.split('.')[1]?.toLowerCase() !== entered.tenantId
  const wizardClientId = findWizardApp(cloud, entered.way)?.clientId
  return { admin: { username: entered.username, guest }, wizardClientId }
}

export type AtStep = AtSetup & { step: Step; journey: Journey }

/** A step that is open; a closed one leads to the first open one. */
export async function requireStep(setupId: string, stepId: string, go: Go = redirect): Promise<AtStep> {
  const at = await requireSetup(setupId, go)
  const step = findStep(stepId)
  if (!step) notFound()
  const journey = journeyOf(steps, at.seen, step)
  if (!journey.items.find(item => item.step === step)?.open)
    go(`/setups/${setupId}/${journeyOf(steps, at.seen).current.id}`)
  return { ...at, step, journey }
}

/** The wizard's registration that an entered tenant was entered with. */
export function requireWizardApp(cloud: CloudRow, way: string) {
  const app = findWizardApp(cloud, way)
  if (!app) throw new Error(`Signing in to ${cloud.name} by ${way} is not configured any more`)
  return app
}

/** For actions: throws when the request came from elsewhere. */
export async function requireOwnRequest(): Promise<void> {
  if (!isOwnRequest(await headers())) throw new Error('A request from another site was refused')
}
