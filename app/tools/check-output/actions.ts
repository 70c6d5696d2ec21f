'use server'
// What the form posts. The rule it keeps: the answer goes back to the page and nowhere else.
import { clouds } from '../../../lib/microsoft/clouds.ts'
import { type Check, checkFields, checkOutput } from '../../../lib/tools/check-output.ts'
import { requireOwnRequest } from '../../../lib/wizard/door.ts'
import { inputOf } from '../../../lib/wizard/forms.ts'
import { waitInWords } from '../../../lib/wizard/within-limit.ts'

/** Reads and judges the pasted text. */
export async function check(_before: Check, data: FormData): Promise<Check> {
  await requireOwnRequest()
  const wait = await waitInWords('text')
  const input = await inputOf(data)
  if (wait) return { fields: checkFields(input, clouds()), problems: [{ field: 'output', says: wait }] }
  return checkOutput(input, clouds())
}
