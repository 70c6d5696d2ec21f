// Entering the tenant of a setup: with whom, and with which permissions.
import 'server-only'
import { findEntered } from '../session/token-caches.ts'
import { findStep, permissionsOf, permissionsToRead, steps } from '../steps/index.ts'
import { pickerPermission } from './directory-search.ts'
import type { AtSetup } from './door.ts'
import { type Going, goToMicrosoft } from './entrance.ts'
import { hasTenantNamed } from './ways.ts'

/** `as`: `me` for the account of the wizard's sign-in; `entered` for the one that is in the tenant already; `read` to look
 *  only; anything else lets Microsoft ask. `for`: `pick` to pick from the directory, which asks for that permission alone. */
export async function enterTenant(
  at: AtSetup,
  choice: { way: string; as: string; step: string; for?: string }
): Promise<Going> {
  const step = findStep(choice.step)
  const me = choice.as === 'me' && at.person.cloud === at.row.cloud
  const known = at.row.tenantId ?? undefined
  const mine = at.person.cloud === at.row.cloud ? at.person.tenantId : undefined
  const pick = choice.for === 'pick'
  const before = pick && known ? await findEntered(at.session, at.row.cloud, known, 'directory') : at.entered
  return goToMicrosoft({
    session: at.session,
    cloud: at.row.cloud,
    way: choice.way,
    purpose: pick ? 'pick' : 'enter',
    tenant: known ?? (me || hasTenantNamed(at.cloud, choice.way) ? mine : undefined),
    setupId: at.row.id,
    stepId: step?.id,
    loginHint: me ? at.person.username : choice.as === 'entered' ? at.entered?.username : undefined,
    claims: before?.claims ?? undefined,
    scopes: pick ? [pickerPermission] : scopesOf(at, choice)
  })
}

/** To read is enough for the manual path; the steps need their union; more only where Microsoft refused with that. */
function scopesOf(at: AtSetup, { as, step }: { as: string; step: string }): readonly string[] {
  if (as === 'read') return permissionsToRead
  const more = refusedBefore(at, step) ? (findStep(step)?.permissionsIfRefused ?? []) : []
  return [...permissionsOf(steps), ...more]
}

/** Only after Microsoft refused with the least permissions are more asked for. */
function refusedBefore(at: AtSetup, stepId: string): boolean {
  const standing = at.seen[stepId]?.standing
  return standing?.kind === 'blocked' && standing.problem.id === 'insufficient-privileges'
}
