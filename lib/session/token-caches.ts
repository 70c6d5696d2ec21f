// MSAL's caches of one session, sealed: one for the wizard's own sign-in, one for each tenant that was entered.
import 'server-only'
import { database } from '../db/client.ts'
import { open, seal } from './seal.ts'
import { type Session, writeInSession } from './session.ts'

export type Entered = {
  way: string
  cloud: string
  tenantId: string
  objectId: string
  homeAccountId: string
  username: string
  /** The Graph permissions that were asked for; empty for the wizard's own sign-in. */
  scopes: readonly string[]
}

/** What is known of an account that entered, besides its tokens. */
export type EnteredBefore = Entered & {
  /** What Microsoft asked of its next sign-in; null where nothing. */
  claims: string | null
}

/** What a token is for: the steps' looks and changes, or picking mailboxes from the directory, which asks for less. */
export type Use = 'steps' | 'directory'

const slotOf = (cloud: string, tenantId: string, use: Use) =>
  use === 'steps' ? `${cloud}:${tenantId}` : `${cloud}:${tenantId}:${use}`

/** Why there is a new cache: the person signed in, or a token was renewed without them. */
export type Why = 'entered' | 'renewed'

/** What Microsoft asked of the next sign-in is met by the person alone, and stands after a renewal.
 *  False when the session has ended meanwhile: nothing is kept then. */
export async function saveTokenCache(
  session: Session,
  entered: Entered,
  cache: string,
  use: Use = 'steps',
  why: Why = 'renewed'
): Promise<boolean> {
  const slot = slotOf(entered.cloud, entered.tenantId, use)
  const sealed = seal(session.key, slot, cache)
  const { way, tenantId, objectId, homeAccountId, username, scopes } = entered
  const row = {
    way,
    cloud: entered.cloud,
    tenantId,
    objectId,
    homeAccountId,
    username,
    scopes: [...scopes],
    ...(why === 'entered' && { claims: null })
  }
  return writeInSession(session, () =>
    database().tokenCache.upsert({
      where: { sessionId_slot: { sessionId: session.id, slot } },
      create: { ...row, sessionId: session.id, slot, sealed },
      update: { ...row, sealed }
    })
  )
}

/** The account that entered a tenant in this session, without its tokens. */
export async function findEntered(
  session: Session,
  cloud: string,
  tenantId: string,
  use: Use = 'steps'
): Promise<EnteredBefore | undefined> {
  const where = { sessionId_slot: { sessionId: session.id, slot: slotOf(cloud, tenantId, use) } }
  const row = await database().tokenCache.findUnique({ where, omit: { sealed: true } })
  return row ?? undefined
}

/** Keeps what Microsoft asked of the next sign-in of this account. */
export async function noteChallenge(session: Session, entered: Entered, claims: string, use: Use): Promise<void> {
  const slot = slotOf(entered.cloud, entered.tenantId, use)
  await database().tokenCache.updateMany({ where: { sessionId: session.id, slot }, data: { claims } })
}

/** A token was given that was asked for with these claims: they are met, and others that were noted are not. */
export async function noteMet(session: Session, entered: Entered, claims: string, use: Use): Promise<void> {
  const slot = slotOf(entered.cloud, entered.tenantId, use)
  await database().tokenCache.updateMany({ where: { sessionId: session.id, slot, claims }, data: { claims: null } })
}

export async function readTokenCache(
  session: Session,
  cloud: string,
  tenantId: string,
  use: Use = 'steps'
): Promise<string | undefined> {
  const slot = slotOf(cloud, tenantId, use)
  const row = await database().tokenCache.findUnique({ where: { sessionId_slot: { sessionId: session.id, slot } } })
  return row ? open(session.key, slot, row.sealed) : undefined
}
