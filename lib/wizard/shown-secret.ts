// Whether a client secret waits to be stored, and whether this browser holds its value.
import 'server-only'
import { findHeldSecret } from '../session/held-secrets.ts'
import type { Secret } from '../session/secret.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import type { AtStep } from './door.ts'

export type Shown = { kind: 'here'; secret: Secret } | { kind: 'elsewhere' } | { kind: 'held'; until: Date }

/** `held`: stored as the person said, and still sealed for this browser, so that the proof needs no second paste. */
export async function shownSecret({ step, setup, session, row }: AtStep): Promise<Shown | undefined> {
  if (step !== createASecret) return undefined
  const held = await findHeldSecret(session, row.id)
  const waiting = setup.secrets.filter(secret => secret.keyId !== undefined && !secret.stored)
  if (held && waiting.some(secret => secret.keyId === held.keyId)) return { kind: 'here', secret: held.secret }
  if (waiting.length > 0) return { kind: 'elsewhere' }
  return held ? { kind: 'held', until: held.until } : undefined
}
