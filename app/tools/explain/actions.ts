'use server'
// What the form posts. Nothing of it is kept or logged, and nothing of it gets into an address.
import { type Explanation, explain } from '../../../lib/diagnosis/explain.ts'
import { readMax } from '../../../lib/diagnosis/readable.ts'
import { one } from '../../../lib/steps/fields.ts'
import type { FieldProblem } from '../../../lib/steps/step.ts'
import { maskSecrets } from '../../../lib/tools/mask.ts'
import { requireOwnRequest } from '../../../lib/wizard/door.ts'
import { inputOf } from '../../../lib/wizard/forms.ts'
import { waitInWords } from '../../../lib/wizard/within-limit.ts'

export type ExplainState = {
  /** What stands in the field: what was pasted, with secrets covered. */
  shown: string
  problems: readonly FieldProblem[]
  explanation?: Explanation
}

/** Explains what was pasted. */
export async function explainPasted(_before: ExplainState, data: FormData): Promise<ExplainState> {
  await requireOwnRequest()
  const wait = await waitInWords('text')
  const pasted = one(await inputOf(data), 'error')
  const shown = maskSecrets(pasted.slice(0, readMax))
  if (wait) return { shown, problems: [{ field: 'error', says: wait }] }
  if (!pasted) return { shown: '', problems: [{ field: 'error', says: 'Paste the error.' }] }
  return { shown, problems: [], explanation: explain(pasted) }
}
