// The delay with which a directory copies a change to where it is read. The rule it keeps: a change stays unseen for a
// number of reads of that object (not for a time, so that tests need no clock), then may flicker, then is seen for good.
// symptoms.md row replication-not-found: Entra promises no time at all.

import type { Application, AppRoleAssignment, ServicePrincipal, Settings, Tenant } from './state.ts'

/** The collections of a tenant that are copied with a delay. */
export type Copied = {
  applications: Application
  deletedApplications: Application
  servicePrincipals: ServicePrincipal
  appRoleAssignments: AppRoleAssignment
}
export type Kind = keyof Copied

/** What one request sees. Within one request an object is either seen or not, however often it is looked up. */
export type View = {
  /** Objects of a collection that match, as this request sees them. Only those that match count as read. */
  select<K extends Kind>(tenant: Tenant, kind: K, matches: (object: Copied[K]) => boolean): Copied[K][]
  find<K extends Kind>(tenant: Tenant, kind: K, matches: (object: Copied[K]) => boolean): Copied[K] | undefined
}

export type Copies = {
  /** To be called before an object is created, changed or deleted. */
  changing(tenant: Tenant, kind: Kind, id: string): void
  look(): View
  /** Forgets every delay: all is seen as it is. */
  settle(): void
}

type Pending = { before: { id: string } | undefined; tenantId: string; kind: Kind; plan: boolean[] }

export function createCopies(settings: () => Settings): Copies {
  const pending = new Map<string, Pending>()
  const keyOf = (tenantId: string, kind: Kind, id: string) => `${tenantId} ${kind} ${id}`
  const members = (tenant: Tenant, kind: Kind) => tenant[kind] as readonly { id: string }[]

  function changing(tenant: Tenant, kind: Kind, id: string): void {
    const { copyDelayReads, flickerReads } = settings()
    if (copyDelayReads === 0 && flickerReads === 0) return
    const key = keyOf(tenant.id, kind, id)
    const now = members(tenant, kind).find(member => member.id === id)
    const earlier = pending.get(key)
    const before = earlier ? earlier.before : structuredClone(now)
    const flicker = Array.from({ length: flickerReads }, (_, index) => index % 2 === 0)
    const plan = [...Array.from({ length: copyDelayReads }, () => false), ...flicker]
    pending.set(key, { before, tenantId: tenant.id, kind, plan })
  }

  /** true: this read sees the change. */
  function read(key: string, entry: Pending): boolean {
    const sees = entry.plan.shift() ?? true
    if (entry.plan.length === 0) pending.delete(key)
    return sees
  }

  function look(): View {
    const decided = new Map<string, { id: string } | undefined>()

    function seen(tenant: Tenant, kind: Kind, id: string, now: { id: string } | undefined) {
      const key = keyOf(tenant.id, kind, id)
      if (decided.has(key)) return decided.get(key)
      const entry = pending.get(key)
      const result = !entry || read(key, entry) ? now : entry.before
      decided.set(key, result)
      return result
    }

    function select<K extends Kind>(tenant: Tenant, kind: K, matches: (object: Copied[K]) => boolean): Copied[K][] {
      const fits = (object: { id: string } | undefined) => object !== undefined && matches(object as Copied[K])
      const now = new Map(members(tenant, kind).map(member => [member.id, member]))
      const ids = new Set(now.keys())
      for (const entry of pending.values()) {
        if (entry.tenantId === tenant.id && entry.kind === kind && entry.before) ids.add(entry.before.id)
      }
      const found: Copied[K][] = []
      for (const id of ids) {
        const current = now.get(id)
        const before = pending.get(keyOf(tenant.id, kind, id))?.before
        if (!fits(current) && !fits(before)) continue
        const object = seen(tenant, kind, id, current)
        if (fits(object)) found.push(object as Copied[K])
      }
      return found
    }

    return { select, find: (tenant, kind, matches) => select(tenant, kind, matches)[0] }
  }

  return { changing, look, settle: () => pending.clear() }
}
