// The list of a person's setups, a page at a time, each with a sentence on where it stands.
import 'server-only'
import { findCloud } from '../microsoft/clouds.ts'
import type { Tenant } from '../steps/find-the-tenant.ts'
import { steps } from '../steps/index.ts'
import type { SignedIn } from './door.ts'
import { journeyOf } from './journey.ts'
import { seenById } from './setup.ts'
import { listSetups } from './store.ts'

const pageSize = 50

export type SetupLine = { id: string; name: string; tenant: string; stands: string }

export async function setupsPage(
  { person }: SignedIn,
  before: string | readonly string[] | undefined
): Promise<{ setups: readonly SetupLine[]; next: string | undefined }> {
  // As Next gives it: what stands twice in an address is a list.
  const [time, id] = typeof before === 'string' ? before.split('_') : []
  const key =
    time && id && /^\d{1,13}$/.test(time) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
      ? { touchedAt: new Date(Number(time)), id }
      : undefined
  const rows = await listSetups(person.id, pageSize + 1, key)
  const setups = rows.slice(0, pageSize).map(row => {
    const seen = seenById(row)
    const { items, current } = journeyOf(steps, seen)
    const passed = items.filter(item => item.passed).length
    return {
      id: row.id,
      name: row.name,
      tenant: tenantLine(row.tenantId, row.cloud, seen['find-the-tenant']?.standing),
      stands: passed === steps.length ? 'Finished' : `${passed} of ${steps.length} steps done. Next: ${current.title}`
    }
  })
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined
  return { setups, next: last && `${last.touchedAt.getTime()}_${last.id}` }
}

function tenantLine(tenantId: string | null, cloud: string, standing: { kind: string; found?: unknown } | undefined) {
  const title = findCloud(cloud)?.title ?? cloud
  if (!tenantId) return `No tenant yet, ${title}`
  const { displayName, domains } = (standing?.kind === 'done' ? standing.found : {}) as Partial<Tenant>
  return `${displayName ?? domains?.[0] ?? tenantId}, ${title}`
}
