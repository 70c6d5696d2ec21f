// Whether a client secret waits to be stored, and whether this browser holds its value.
import 'server-only'
import { findHeldSecret } from '../session/held-secrets.ts'
import type { Secret } from '../session/secret.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import type { Setup } from '../steps/step.ts'
import type { AtStep } from './door.ts'

export type Shown =
  | { kind: 'here'; secret: Secret; keyId: string }
  | { kind: 'elsewhere'; keyId: string }
  | { kind: 'held'; until: Date }

/** `held`: stored as the person said, and still sealed for this browser, so that the proof needs no second paste. */
export async function shownSecret({ step, setup, session, row }: AtStep): Promise<Shown | undefined> {
  if (step !== createASecret) return undefined
  const held = await findHeldSecret(session, row.id)
  const waiting = waitingSecrets(setup)
  if (held?.keyId && waiting.includes(held.keyId)) return { kind: 'here', secret: held.secret, keyId: held.keyId }
  const newest = waiting.at(-1)
  if (newest) return { kind: 'elsewhere', keyId: newest }
  return held ? { kind: 'held', until: held.until } : undefined
}

/** The key IDs of secrets that nobody has said to be stored, the newest last. */
export const waitingSecrets = ({ secrets }: Setup): readonly string[] =>
  secrets.flatMap(({ keyId, stored }) => (keyId !== undefined && !stored ? [keyId] : []))
