// How the steps stand that Graph cannot see, after a receipt was pasted or a login was tried.
// The rule it keeps: evidence counts before a person's word; where there is none, the word stays.
import 'server-only'
import { openTheMailboxes } from '../steps/open-the-mailboxes.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Source, Step, TenantReader } from '../steps/step.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import type { AtSetup } from './door.ts'
import { seenById, setupOf } from './setup.ts'
import { rememberSighting } from './sightings.ts'
import { findSetup } from './store.ts'

const ofExchange: readonly Step[] = [registerInExchange, openTheMailboxes, testTheConnection]

const notAsked = () => Promise.reject(new Error('No tenant is read for what Exchange alone knows'))
const nobody: TenantReader = { read: notAsked, list: notAsked }

/** Remembers anew how Exchange's steps stand, after the setup's Object ID was told or checked: what was pasted from Exchange
 *  before is compared with that one now. */
export async function standByCheckedId(at: AtSetup): Promise<void> {
  if (at.setup.exchange.length > 0) await standByEvidence(at, undefined)
}

/** Remembers anew how Exchange's steps stand, after a receipt was pasted, or logins were tried. */
export async function standByEvidence(
  at: AtSetup,
  after: Extract<Source, 'receipt' | 'login'> | undefined
): Promise<void> {
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

/** After a look at a step through Microsoft Graph: an Object ID that was pasted by hand is checked by that. */
export async function standByLook(at: AtSetup, step: Step): Promise<void> {
  if (step === registerTheApplication && at.setup.found(registerTheApplication)?.unchecked) await standByCheckedId(at)
}
