// The client secret for the test, where this browser does not hold it: pasted, asked for a token, then sealed like the
// wizard's own. The rule it keeps: a secret that Microsoft refuses is not kept.
import 'server-only'
import { dropHeldSecret, findHeldSecret, holdSecret, signedInElsewhere } from '../session/held-secrets.ts'
import { Secret } from '../session/secret.ts'
import { manualSecret, secretField } from '../steps/create-a-secret.manual.ts'
import type { FieldProblem, Input } from '../steps/step.ts'
import { type Acted, pathOf } from './act.ts'
import type { AtStep } from './door.ts'
import { countProofs } from './evidence-store.ts'
import { askForToken } from './mail-token.ts'

const no = (says: string): Acted => ({ ok: false, problems: [{ field: secretField, says } satisfies FieldProblem] })

/** Takes the value of a client secret for this browser. */
export async function holdPasted(at: AtStep, input: Input): Promise<Acted> {
  const parsed = manualSecret(at.setup).asks?.parse(input, at.setup)
  if (parsed && !parsed.ok) return { ok: false, problems: parsed.problems }
  const value = input[secretField]?.[0]?.trim() ?? ''
  if (!value) return no('Paste the Value of the client secret.')
  const secret = new Secret(value)
  const token = await askForToken(at, secret, false)
  if (!token.ok) {
    if (token.evidence.kind !== 'refused') return no('Microsoft did not answer. Try again in a moment.')
    const { title, todo, reference } = token.evidence.problem
    return no([`${title}.`, todo[0], reference?.code && `(${reference.code})`].filter(Boolean).join(' '))
  }
  if (!(await holdSecret(at.session, at.row.id, secret, undefined))) return no(signedInElsewhere)
  return { ok: true, goTo: `${pathOf(at.row.id, at.step)}?saved=1` }
}

/** Until when this browser holds the secret; undefined when it does not. */
export const heldUntil = async ({ session, row }: AtStep): Promise<Date | undefined> =>
  (await findHeldSecret(session, row.id))?.until

/** With every login accepted, and a message from every mailbox where SMTP was chosen, there is nothing left to prove. */
export async function dropOnceProved({ session, row, setup }: AtStep): Promise<void> {
  const { accepted, sent } = await countProofs(row.id, undefined)
  const { mailboxes, protocols } = setup
  const wanted = mailboxes.length * protocols.length
  const isSent = !protocols.includes('SMTP') || sent >= mailboxes.length
  if (wanted > 0 && accepted >= wanted && isSent) await dropHeldSecret(session, row.id)
}
