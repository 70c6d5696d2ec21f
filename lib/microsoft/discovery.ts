// Which tenant a domain belongs to, without any sign-in, by OpenID discovery.
import 'server-only'
import { z } from 'zod'
import type { Cloud } from '../steps/step.ts'
import { send } from './http.ts'

const metadata = z.object({
  issuer: z.string(),
  tenant_region_sub_scope: z.string().nullish(),
  cloud_instance_name: z.string().nullish()
})

export type Discovered = { ok: true; tenantId: string; hint?: string } | { ok: false; says: string }

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
export async function discoverTenant(cloud: Cloud, nameOrId: string): Promise<Discovered> {
  const noAnswer = `${new URL(cloud.signIn).host} gave no answer. Check the connection and try again.`
  let answer: Response
  try {
    answer = await send(`${cloud.signIn}/${encodeURIComponent(nameOrId)}/v2.0/.well-known/openid-configuration`)
  } catch {
    return { ok: false, says: noAnswer }
  }
  const unknown = `${cloud.title} has no tenant named ${nameOrId}. Check the spelling, and the cloud of this setup.`
  if (answer.status === 429 || answer.status >= 500) return { ok: false, says: noAnswer }
  if (!answer.ok) return { ok: false, says: unknown }
  const parsed = metadata.safeParse(await answer.json().catch(() => undefined))
  const tenantId = parsed.success && /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.exec(parsed.data.issuer)?.[0]
  if (!parsed.success || !tenantId) return { ok: false, says: unknown }
  return { ok: true, tenantId: tenantId.toLowerCase(), hint: cloudHint(cloud, parsed.data.tenant_region_sub_scope) }
}

/** The public host knows government tenants too; what it says of them is a hint that the admin can override. */
function cloudHint(cloud: Cloud, scope: string | null | undefined): string | undefined {
  if (cloud.name === 'global' && scope === 'DODCON')
    return 'Microsoft says that this tenant is in US Government (GCC High). Begin a setup for that cloud if so.'
  if (cloud.name === 'global' && scope === 'DOD')
    return 'Microsoft says that this tenant is in US Government (DoD). Begin a setup for that cloud if so.'
  return undefined
}
