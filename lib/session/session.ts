// One browser's session: made at the first sign-in, renamed at every sign-in, ended on the server.
// The rule it keeps: the row's ID is a hash of the cookie, and what is sealed in it needs the cookie to open.
import 'server-only'
import { database } from '../db/client.ts'
import { env } from '../env.ts'
import { neverLog } from '../log.ts'
import { absoluteLimitMs, idleLimitMs, touchEveryMs } from './lifetime.ts'
import { idOfCookie, keyOfCookie, newCookie, open, type SealKey, seal } from './seal.ts'

export type Person = { id: string; cloud: string; tenantId: string; objectId: string; name: string; username: string }
export type Session = { id: string; key: SealKey; person: Person | undefined }

/** Cookies know no ports: off https the name tells two wizards of one computer apart. */
export const cookieName = () => {
  const base = new URL(env().baseUrl)
  return base.protocol === 'https:' ? '__Host-session' : `mail-oauth-wizard-${base.port || '80'}`
}

export const cookieOptions = () =>
  ({
    httpOnly: true,
    secure: env().baseUrl.startsWith('https:'),
    sameSite: 'lax',
    path: '/',
    maxAge: absoluteLimitMs / 1000
  }) as const

/** The session of a cookie, or undefined when it never was, has ended, or idled too long. */
export async function findSession(cookie: string | undefined): Promise<Session | undefined> {
  if (!cookie || cookie.length > 100) return undefined
  const id = idOfCookie(cookie)
  const row = await database().session.findUnique({ where: { id }, include: { person: true } })
  const now = Date.now()
  if (!row || row.expiresAt.getTime() < now || row.seenAt.getTime() + idleLimitMs < now) return undefined
  if (row.seenAt.getTime() + touchEveryMs < now)
    await database().session.updateMany({ where: { id }, data: { seenAt: new Date(now) } })
  return { id, key: keyOfCookie(env().appKey, cookie), person: row.person ?? undefined }
}

/** A session for a browser that has none yet; nobody is signed in to it. */
export async function createSession(): Promise<{ session: Session; cookie: string }> {
  const cookie = newCookie()
  neverLog(cookie)
  const id = idOfCookie(cookie)
  const now = new Date()
  await database().session.deleteMany({ where: { OR: [{ expiresAt: { lt: now } }, idledOut(now)] } })
  await database().session.create({ data: { id, expiresAt: new Date(now.getTime() + absoluteLimitMs) } })
  return { session: { id, key: keyOfCookie(env().appKey, cookie), person: undefined }, cookie }
}

const idledOut = (now: Date) => ({ seenAt: { lt: new Date(now.getTime() - idleLimitMs) } })

/** A new ID for a session at sign-in. What was sealed under the old cookie is sealed again under the new one, unless
 *  somebody else signs in now: they do not go on in another person's tenants. */
export async function renameSession(old: Session, personId: string): Promise<{ session: Session; cookie: string }> {
  const cookie = newCookie()
  neverLog(cookie)
  const id = idOfCookie(cookie)
  const key = keyOfCookie(env().appKey, cookie)
  // Read and sealed before the transaction begins: inside one, nothing waits but the database.
  const before = await database().session.findUnique({
    where: { id: old.id },
    include: { tokenCaches: true, heldSecrets: true }
  })
  const mine = old.person === undefined || old.person.id === personId
  const carry = <Row extends { sealed: Uint8Array }>(rows: readonly Row[] | undefined, labelOf: (row: Row) => string) =>
    (mine ? (rows ?? []) : []).flatMap(row => {
      const text = open(old.key, labelOf(row), row.sealed)
      return text === undefined ? [] : [{ ...row, sessionId: id, sealed: seal(key, labelOf(row), text) }]
    })
  // Entering one tenant after another does not put off the absolute limit.
  const expiresAt = old.person && mine && before ? before.expiresAt : new Date(Date.now() + absoluteLimitMs)
  const [{ person }] = await database().$transaction([
    database().session.create({ data: { id, personId, expiresAt }, include: { person: true } }),
    database().tokenCache.createMany({ data: carry(before?.tokenCaches, ({ slot }) => slot) }),
    database().heldSecret.createMany({ data: carry(before?.heldSecrets, ({ setupId }) => setupId) }),
    database().session.deleteMany({ where: { id: old.id } })
  ])
  return { session: { id, key, person: person ?? undefined }, cookie }
}

/** False once the session has ended, by signing out or by a sign-in, which renames it. */
export const isLiving = async ({ id }: Session): Promise<boolean> =>
  (await database().session.count({ where: { id } })) > 0

/** Writes what hangs on a session's row. False when that row is gone: what began before a sign-in in another tab still has
 *  the old session, and its key opens nothing any more. */
export async function writeInSession(session: Session, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (await isLiving(session)) throw error
    return false
  }
}

export async function endSession(session: Session): Promise<void> {
  await database().session.deleteMany({ where: { id: session.id } })
}
