// The sign-in of somebody to the practice tenant, as the wizard's session holds it: tokens are renewed without them as long
// as Microsoft lets that be, and what it asks of the next sign-in is kept.
// The rule it keeps: it does what lib/wizard/tenant.ts, lib/microsoft/sign-in.ts and lib/wizard/enter.ts do together.
import { SignInNeeded } from '../../../lib/microsoft/answers.ts'
import type { CloudRow } from '../../../lib/microsoft/clouds.ts'
import { openTenant, type Tenant } from '../../../lib/microsoft/graph.ts'
import type { PracticeTenant } from '../../../practice-tenant/testing.ts'
import { send } from '../../../test-data/contract/http.ts'
import type { Clock } from '../../../test-data/contract/tenant.ts'

export const person = 'ada@contoso.example'
/** The authentication context that a challenge of this ordeal asks for. */
export const context = 'c1'

export type SignIn = { tenant: Tenant; enterAgain(): Promise<void>; hasEnded(): void }

export async function signIn(
  practice: PracticeTenant,
  cloud: CloudRow,
  scopes: readonly string[],
  clock: Clock,
  first?: string
): Promise<SignIn> {
  const tokenWith = (met: string | undefined) =>
    practice.control.accessToken({ person, scopes, capable: true, context: met })
  let met: string | undefined
  let wanted: string | undefined
  let ended = false
  let token = first ?? (await tokenWith(met))
  return {
    /** From now on no token is renewed without the person. */
    hasEnded() {
      ended = true
    },
    async enterAgain() {
      met = wanted?.includes(context) ? context : undefined
      ended = false
      wanted = undefined
      token = await tokenWith(met)
    },
    tenant: openTenant({
      cloud,
      async token(claims) {
        const isUnmet = claims?.includes('"acrs"') && met === undefined
        if (ended || isUnmet) throw new SignInNeeded('Microsoft asks the person to sign in again', claims)
        if (claims) token = await tokenWith(met)
        return token
      },
      unmet: async claims => {
        wanted = claims
      },
      sleep: clock.sleep,
      send
    })
  }
}
