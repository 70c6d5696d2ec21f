'use server'
// What the form posts. What fits goes into an address; a longer list stays in the form, for downloads by POST.
import { redirect } from 'next/navigation'
import { clouds } from '../../../lib/microsoft/clouds.ts'
import type { Field, FieldProblem } from '../../../lib/steps/step.ts'
import { fieldProblems, toolFields } from '../../../lib/tools/powershell-form.ts'
import { fitsAddress, pairsOf, queryOf, readAsked } from '../../../lib/tools/powershell-query.ts'
import { requireOwnRequest } from '../../../lib/wizard/door.ts'
import { inputOf } from '../../../lib/wizard/forms.ts'
import { waitInWords } from '../../../lib/wizard/within-limit.ts'

export type ToolState = {
  fields: readonly Field[]
  problems: readonly FieldProblem[]
  /** A list too long for an address: everything that the files need, ready to be posted. */
  long?: { mailboxes: readonly string[]; rest: readonly (readonly [name: string, value: string])[] }
}

/** Validates, and leads to the address that holds it all. */
export async function make(_before: ToolState, data: FormData): Promise<ToolState> {
  await requireOwnRequest()
  const wait = await waitInWords('text')
  const input = await inputOf(data)
  if (wait) return { fields: toolFields(input, clouds()), problems: [{ field: 'mailboxes', says: wait }] }
  const read = readAsked(input, clouds(), 'form')
  const fields = toolFields(input, clouds())
  if (!read.ok) return { fields, problems: fieldProblems(read.problems) }
  if (fitsAddress(read.asked)) redirect(`/tools/powershell?${queryOf(read.asked)}`)
  const rest = pairsOf({ ...read.asked, mailboxes: [] })
  return { fields, problems: [], long: { mailboxes: read.asked.mailboxes, rest } }
}
