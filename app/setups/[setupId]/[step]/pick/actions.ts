'use server'
// Adds what was ticked to the setup's list, and shows the same page of the directory again.
import { notFound, redirect } from 'next/navigation'
import type { FormState } from '../../../../../components/action-form.tsx'
import { openTheMailboxes } from '../../../../../lib/steps/open-the-mailboxes.ts'
import { addToList, readBound, type Wanted } from '../../../../../lib/wizard/directory-picker.ts'
import { requireOwnRequest, requireStep } from '../../../../../lib/wizard/door.ts'
import { inputOf } from '../../../../../lib/wizard/forms.ts'

export async function add(
  setupId: string,
  step: string,
  from: Wanted,
  _before: FormState,
  data: FormData
): Promise<FormState> {
  await requireOwnRequest()
  if (step !== openTheMailboxes.id) notFound()
  const at = await requireStep(setupId, step)
  const input = await inputOf(data)
  // First: what the browser sends back of the page it came from may be anything.
  const { search, after } = readBound(from)
  const added = await addToList(at, input.mailbox ?? [])
  if (!added.ok) return { problems: added.problems, typed: input }
  const query = new URLSearchParams({ q: search, added: String(added.added), ...(after ? { after } : {}) })
  redirect(`/setups/${at.row.id}/${at.step.id}/pick?${query}`)
}
