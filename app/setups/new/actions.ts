'use server'
// Begins a setup.
import { redirect } from 'next/navigation'
import type { FormState } from '../../../components/action-form.tsx'
import { holdsSecret } from '../../../lib/steps/fields.ts'
import { beginSetup } from '../../../lib/wizard/begin.ts'
import { requireOwnRequest, requireSignedIn } from '../../../lib/wizard/door.ts'
import { inputOf } from '../../../lib/wizard/forms.ts'

export async function begin(_before: FormState, data: FormData): Promise<FormState> {
  await requireOwnRequest()
  const signedIn = await requireSignedIn()
  const input = await inputOf(data)
  const begun = await beginSetup(signedIn, input)
  if (begun.ok) redirect(`/setups/${begun.setupId}`)
  // A name may look like one; what surely is a secret does not travel back.
  const typed = Object.entries(input).filter(([, values]) => !values.some(holdsSecret))
  return { problems: begun.problems, typed: Object.fromEntries(typed) }
}
