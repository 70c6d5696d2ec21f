'use server'
// A step's forms: answer, tell, confirm. Thin: the door decides, the wizard acts.
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { FormState } from '../../../../components/action-form.tsx'
import { guidIn, mayEcho } from '../../../../lib/steps/fields.ts'
import { findTheTenant, isTenantName } from '../../../../lib/steps/find-the-tenant.ts'
import type { Input } from '../../../../lib/steps/step.ts'
import { type Acted, answerStep, confirmStep, tellStep } from '../../../../lib/wizard/act.ts'
import { type AtStep, requireOwnRequest, requireStep } from '../../../../lib/wizard/door.ts'
import { inputOf } from '../../../../lib/wizard/forms.ts'
import { holdPasted } from '../../../../lib/wizard/hold-secret.ts'
import { notRead, type Received, receivePasted } from '../../../../lib/wizard/receive.ts'
import { waitInWords, withinLimit } from '../../../../lib/wizard/within-limit.ts'

async function through(
  setupId: string,
  stepId: string,
  data: FormData,
  act: (at: AtStep, input: Input) => Promise<Acted>
): Promise<FormState> {
  await requireOwnRequest()
  const at = await requireStep(setupId, stepId)
  const input = await inputOf(data)
  const acted = await act(at, input)
  if (acted.ok) redirect(acted.goTo)
  if (acted.stale) refresh()
  return { problems: acted.problems, typed: withoutSecrets(at, input) }
}

/** What looks like a secret never travels back, wherever it was pasted; of fields that never echo only an ID does, and a
 *  tenant’s name where that is asked for. */
function withoutSecrets(at: AtStep, input: Input): Input {
  const fields = [...(at.step.asks?.fields(at.setup) ?? []), ...(at.step.manual(at.setup).asks?.fields(at.setup) ?? [])]
  const silent = new Set(fields.filter(field => field.neverEcho || field.kind === 'file').map(field => field.name))
  const isName = (value: string) => (at.step === findTheTenant ? isTenantName(value) : guidIn(value) !== undefined)
  const shown = (name: string, values: readonly string[]) => values.every(silent.has(name) ? isName : mayEcho)
  return Object.fromEntries(Object.entries(input).filter(([name, values]) => shown(name, values)))
}

export async function answer(setupId: string, stepId: string, _before: FormState, data: FormData) {
  return through(setupId, stepId, data, answerStep)
}

export async function tell(setupId: string, stepId: string, _before: FormState, data: FormData) {
  return through(setupId, stepId, data, withinLimit('token', tellStep))
}

export async function confirm(setupId: string, stepId: string, _before: FormState, data: FormData) {
  return through(setupId, stepId, data, at => confirmStep(at))
}

/** What a script printed; nothing of the text comes back. */
export async function receive(setupId: string, stepId: string, _before: Received | undefined, data: FormData) {
  await requireOwnRequest()
  const at = await requireStep(setupId, stepId)
  const wait = await waitInWords('text', at.person.id)
  if (wait) return notRead(wait)
  const received = await receivePasted(at, await inputOf(data))
  refresh()
  return received
}

export async function hold(setupId: string, stepId: string, _before: FormState, data: FormData) {
  return through(setupId, stepId, data, withinLimit('token', holdPasted))
}
