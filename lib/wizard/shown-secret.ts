// Whether a client secret is waiting to be stored, and whether this browser may still show it.
import 'server-only'
import { findHeldSecret } from '../session/held-secrets.ts'
import type { Secret } from '../session/secret.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import type { AtStep } from './door.ts'

export type Shown = { kind: 'here'; secret: Secret } | { kind: 'elsewhere' }

export async function shownSecret({ step, setup, session, row }: AtStep): Promise<Shown | undefined> {
  const waiting = setup.secrets.find(secret => secret.keyId !== undefined && !secret.stored)
  if (step !== createASecret || !waiting) return undefined
  const held = await findHeldSecret(session, row.id)
  return held && held.keyId === waiting.keyId ? { kind: 'here', secret: held.secret } : { kind: 'elsewhere' }
}
