// The person's word about the client secret. A plain form and a full load: no page that was open keeps the value.
import { findStep } from '../../../../../lib/steps/index.ts'
import type { Step } from '../../../../../lib/steps/step.ts'
import { confirmStep, forgetTheSecret, loseTheSecret } from '../../../../../lib/wizard/act.ts'
import { type AtStep, requireStep } from '../../../../../lib/wizard/door.ts'
import { elsewhere, handled } from '../../../../handled.ts'
import { seeOther } from '../../../../see-other.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

type Said = { keyId: string; from: Step | undefined }

const words = new Map<string, (at: AtStep, said: Said) => ReturnType<typeof confirmStep>>([
  ['stored', (at, { keyId }) => confirmStep(at, keyId)],
  ['lost', (at, { keyId }) => loseTheSecret(at, keyId)],
  ['forget', (at, { from }) => forgetTheSecret(at, from)]
])

export function POST(request: Request, { params }: Props) {
  return handled(request, async form => {
    const { setupId, step } = await params
    const at = await requireStep(setupId, step, elsewhere)
    const act = step === 'create-a-secret' ? words.get(String(form.get('word'))) : undefined
    const said = (name: string) => String(form.get(name) ?? '')
    const acted = await act?.(at, { keyId: said('keyId'), from: findStep(said('from')) })
    return seeOther(acted?.ok ? acted.goTo : `/setups/${setupId}/${step}`)
  })
}
