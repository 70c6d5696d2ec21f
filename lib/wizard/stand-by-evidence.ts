// How the steps stand that Graph cannot see, after a receipt was pasted or a login was tried.
// The rule it keeps: evidence counts before a person's word; where there is none, the word stays.
import 'server-only'
import { openTheMailboxes } from '../steps/open-the-mailboxes.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import type { Source, Step, TenantReader } from '../steps/step.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import type { AtSetup } from './door.ts'
import { seenById, setupOf } from './setup.ts'
import { rememberSighting } from './sightings.ts'
import { findSetup } from './store.ts'

const ofExchange: readonly Step[] = [registerInExchange, openTheMailboxes, testTheConnection]

const notAsked = () => Promise.reject(new Error('No tenant is read for what Exchange alone knows'))
const nobody: TenantReader = { read: notAsked, list: notAsked }

/** Remembers anew how Exchange's steps stand, after a receipt was pasted, or logins were tried. */
export async function standByEvidence(at: AtSetup, after: Extract<Source, 'receipt' | 'login'>): Promise<void> {
  const row = await findSetup(at.person.id, at.row.id)
  if (!row) return
  const setup = setupOf(row, at.cloud, at.setup)
  const seen = seenById(row)
  for (const step of ofExchange) {
    const standing = await step.check(nobody, setup)
    const source = step === testTheConnection ? 'login' : 'receipt'
    // What was not looked at anew keeps its age.
    const isNews = source === after || JSON.stringify(seen[step.id]?.standing) !== JSON.stringify(standing)
    if (isNews) await rememberSighting(row.id, step, source, standing)
  }
}
