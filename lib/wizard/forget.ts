// Forgets a setup and its diary; the tenant stays as it is.
// The rule it keeps: not while a run is under way, which would go on unseen, and never without a line in the log.
import 'server-only'
import { log } from '../log.ts'
import type { AtSetup } from './door.ts'
import { atWork, leaseMs, takeLease } from './lease.ts'
import { forgetSetup } from './store.ts'
import { whoOf } from './who.ts'

/** Undefined when it was forgotten, else why not. It is forgotten under the lease: no run can begin in between. */
export async function forgetUnlessAtWork(at: Pick<AtSetup, 'row' | 'person'>): Promise<string | undefined> {
  const lease = await takeLease(at.row.id, whoOf(at), leaseMs)
  if (!lease.taken) return atWork(lease, 'forget the setup')
  await forgetSetup(at.row.id)
  log.info('setup forgotten', { personId: at.person.id, setupId: at.row.id })
  return undefined
}
