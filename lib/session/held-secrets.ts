// The client secret between its showing and the proof: sealed in this session's row, for eight hours at most.
import 'server-only'
import { database } from '../db/client.ts'
import { neverLog } from '../log.ts'
import { open, seal } from './seal.ts'
import { Secret } from './secret.ts'
import { type Session, writeInSession } from './session.ts'

/** Where a pasted value was not kept because `holdSecret` gave false. */
export const signedInElsewhere =
  'You signed in again in another window meanwhile, so the value was not kept. Paste it once more.'

const heldForMs = 8 * 60 * 60 * 1000

/** False when the session has ended meanwhile: the value is not held then. */
export async function holdSecret(
  session: Session,
  setupId: string,
  secret: Secret,
  keyId: string | undefined
): Promise<boolean> {
  neverLog(secret.reveal())
  const sealed = seal(session.key, setupId, secret.reveal())
  const expiresAt = new Date(Date.now() + heldForMs)
  return writeInSession(session, () =>
    database().heldSecret.upsert({
      where: { sessionId_setupId: { sessionId: session.id, setupId } },
      create: { sessionId: session.id, setupId, keyId, sealed, expiresAt },
      update: { keyId, sealed, expiresAt }
    })
  )
}

/** The secret that this browser holds for a setup, if it still does. */
export async function findHeldSecret(
  session: Session,
  setupId: string
): Promise<{ secret: Secret; keyId: string | undefined; until: Date } | undefined> {
  await database().heldSecret.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  const row = await database().heldSecret.findUnique({
    where: { sessionId_setupId: { sessionId: session.id, setupId } }
  })
  const text = row ? open(session.key, setupId, row.sealed) : undefined
  if (!row || text === undefined) return undefined
  neverLog(text)
  return { secret: new Secret(text), keyId: row.keyId ?? undefined, until: row.expiresAt }
}

/** With a key ID only where it is that secret which is held. False when there was none. */
export async function dropHeldSecret(session: Session, setupId: string, keyId?: string): Promise<boolean> {
  const { count } = await database().heldSecret.deleteMany({ where: { sessionId: session.id, setupId, keyId } })
  return count > 0
}

/** What any browser holds for a setup. */
export async function dropHeldSecrets(setupId: string): Promise<void> {
  await database().heldSecret.deleteMany({ where: { setupId } })
}
