'use server'
// What the form posts. The rule it keeps: the answer goes back to the page and nowhere else.
import { clouds } from '../../../lib/microsoft/clouds.ts'
import { type Check, checkOutput } from '../../../lib/tools/check-output.ts'
import { requireOwnRequest } from '../../../lib/wizard/door.ts'
import { inputOf } from '../../../lib/wizard/forms.ts'

/** Reads and judges the pasted text. */
export async function check(_before: Check, data: FormData): Promise<Check> {
  await requireOwnRequest()
  return checkOutput(await inputOf(data), clouds())
}
