// What a world is, and what several of them begin with. The lists of worlds are beside this; worlds.ts holds them all.
import { keyOf, productTag } from '../../lib/steps/directory.ts'
import type { Control } from '../../practice-tenant/control/actions.ts'
import type { WorldName } from '../../practice-tenant/worlds/index.ts'
import { type Memory, setupId } from './memory.ts'

/** What the application of the contract's setup is found by. */
export const key = keyOf({ id: setupId })
export const tags = [productTag, key]

/** `done`: all steps. Else the step that cannot be done, and the problem that says why. */
export type End = 'done' | { blockedAt: string; problem: string }

export type World = {
  name: string
  end: End
  /** Makes the tenant so, and gives what the setup knows or was answered. */
  arrange(control: Control): Partial<Memory>
  /** Who is signed in; a Global Administrator unless given. */
  person?: string
  /** Every trouble is tried here under every delay of copying, whatever other worlds have shown. */
  thorough?: boolean
}

/** A world of the practice tenant's own. */
export const reset = (world: WorldName) => (control: Control) => {
  control.reset({ world })
  return {}
}
