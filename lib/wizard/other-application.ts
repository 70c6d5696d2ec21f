// A setup that goes on with another application than before.
// The rule it keeps: nothing that was proved, held or made for one application is said of another.
import 'server-only'
import { dropHeldSecrets } from '../session/held-secrets.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { FieldProblem, Setup } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { dropProofs } from './evidence-store.ts'
import { actUnderLease, atWork } from './lease.ts'
import { dropSecrets } from './store.ts'
import { whoOf } from './who.ts'

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

type Problems = { ok: false; problems: readonly FieldProblem[] }

/** Lets go of the application before, then acts, and no run in between: one under way may be making a secret for it, which
 *  nobody would know of then. `field` is where the person is told of that run. */
export async function goOnWithAnother<Done>(
  at: Pick<AtSetup, 'row' | 'person'>,
  field: string,
  act: () => Promise<Done>
): Promise<Done | Problems> {
  const ended = await actUnderLease(at.row.id, whoOf(at), async () => {
    // First, so that an end in between leaves no answer with what belongs to another application.
    await letGoOfApplication(at.row.id)
    return act()
  })
  return ended.kind === 'done' ? ended.done : { ok: false, problems: [{ field, says: atWork(ended, 'save again') }] }
}
