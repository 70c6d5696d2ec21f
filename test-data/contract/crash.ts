// The wizard's process ends in the middle of a write: nothing that would come after it happens.
import type { Tenant } from '../../lib/microsoft/graph.ts'

export type Crash = 'before' | 'after'

export class Killed extends Error {
  override name = 'Killed'
}

/** A tenant whose nth change kills the process, once. `onCrash` is told when it does. */
export function crashing(tenant: Tenant, crash: Crash, index: number, onCrash: () => void = () => undefined): Tenant {
  let count = 0
  return {
    ...tenant,
    async change(change) {
      const isIt = count++ === index
      if (isIt) onCrash()
      if (isIt && crash === 'before') throw new Killed()
      const landed = await tenant.change(change)
      if (isIt) throw new Killed()
      return landed
    }
  }
}
