// Forgets a setup and its diary; the tenant stays as it is.
// The rule it keeps: not while a run is under way, which would go on unseen, and never without a line in the log.
import 'server-only'
import { log } from '../log.ts'
import type { AtSetup } from './door.ts'
import { leaseMs, takeLease } from './lease.ts'
import { forgetSetup } from './store.ts'
import { whoOf } from './who.ts'

/** Undefined when it was forgotten, else why not. It is forgotten under the lease: no run can begin in between. */
export async function forgetUnlessAtWork(at: Pick<AtSetup, 'row' | 'person'>): Promise<string | undefined> {
  const lease = await takeLease(at.row.id, whoOf(at), leaseMs)
  if (!lease.taken)
    return `A run is at work on this setup: ${lease.who} began it at ${lease.since.toISOString().slice(11, 19)} UTC. Wait until it has ended, then forget the setup. A run that was cut off ends by itself within seconds.`
  await forgetSetup(at.row.id)
  log.info('setup forgotten', { personId: at.person.id, setupId: at.row.id })
  return undefined
}
