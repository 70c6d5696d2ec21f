// A setup that goes on with another application than before.
// The rule it keeps: nothing that was proved, held or made for one application is said of another.
import 'server-only'
import { dropHeldSecrets } from '../session/held-secrets.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Setup } from '../steps/step.ts'
import { dropProofs } from './evidence-store.ts'
import { dropSecrets } from './store.ts'

/** Whether this client ID is of another application than the setup knew until now; undefined names the one that the
 *  setup makes itself. Where it is not known which one that was, it counts as another. */
export function isOtherApplication(setup: Setup, clientId: string | undefined): boolean {
  const adopted = setup.answered(registerTheApplication)?.clientId
  if (clientId === undefined) return adopted !== undefined
  return clientId !== (setup.lastFound(registerTheApplication)?.appId ?? adopted)
}

/** Lets go of the logins, the token and the secrets of the application before, in every browser. Receipts stay: each names
 *  its application, and is read for that one only. */
export async function letGoOfApplication(setupId: string): Promise<void> {
  await dropProofs(setupId)
  await dropHeldSecrets(setupId)
  await dropSecrets(setupId)
}
