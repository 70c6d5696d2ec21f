// One look: a step reads the tenant, each path once. What Microsoft refuses becomes a standing; silence is thrown.
import { Refusal } from '../microsoft/answers.ts'
import { explainRefusal } from '../microsoft/problems.ts'
import { exchangeOnlineAppId } from '../steps/directory.ts'
import type { GraphPath, Setup, Standing, Step, TenantReader } from '../steps/step.ts'

/** A reader that remembers what it read until the tenant is changed. */
export type Glance = TenantReader & {
  /** Forgets what a change may have touched. Exchange Online's own roles are not among it. */
  forget(changed: readonly string[]): void
}

export function glanceOf(tenant: TenantReader): Glance {
  const reads = new Map<string, Promise<unknown>>()
  const once = <T>(path: string, read: () => Promise<T>): Promise<T> => {
    const known = reads.get(path) as Promise<T> | undefined
    if (known) return known
    const fresh = read()
    reads.set(path, fresh)
    fresh.catch(() => reads.delete(path))
    return fresh
  }
  return {
    read: <T>(path: GraphPath) => once(path, () => tenant.read<T>(path)),
    list: <T>(path: GraphPath) => once(`list ${path}`, () => tenant.list<T>(path)),
    forget(changed) {
      const collections = changed.map(path => `/${path.split(/[/(?]/)[1]}`)
      const everything = collections.includes('/directory')
      for (const path of reads.keys()) {
        if (path.includes(exchangeOnlineAppId)) continue
        if (everything || collections.some(name => path.replace('list ', '').startsWith(name))) reads.delete(path)
      }
    }
  }
}

/** How a step stands. Throws Silence and SignInNeeded; a Refusal reads as blocked, unless `throws` wants it thrown. */
export async function look(
  step: Step,
  tenant: TenantReader,
  setup: Setup,
  throws: (refusal: Refusal) => boolean = () => false
): Promise<Standing> {
  try {
    return await step.check(tenant, setup)
  } catch (error) {
    if (error instanceof Refusal && !throws(error)) return { kind: 'blocked', problem: explainRefusal(error) }
    throw error
  }
}
