// Applications that other setups of the wizard made in this tenant: offered for adoption, found by tag.
import 'server-only'
import { Refusal, SignInNeeded, Silence } from '../microsoft/answers.ts'
import { keyOf, productTag } from '../steps/directory.ts'
import type { AtStep } from './door.ts'
import { tenantOf } from './tenant.ts'

export type Adoptable = { appId: string; displayName: string; createdDateTime: string; tags: readonly string[] }

const shownMax = 10

/** Empty when there are none, or when they may not be read now: it is only an offer. */
export async function listAdoptable(at: AtStep): Promise<readonly Adoptable[]> {
  const filter = encodeURIComponent(`tags/any(t:t eq '${productTag}')`)
  try {
    const found = await tenantOf(at).list<Adoptable>(
      `/applications?$filter=${filter}&$select=appId,displayName,createdDateTime,tags`
    )
    return found.filter(application => !application.tags.includes(keyOf(at.setup))).slice(0, shownMax)
  } catch (error) {
    if (error instanceof Refusal || error instanceof Silence || error instanceof SignInNeeded) return []
    throw error
  }
}
