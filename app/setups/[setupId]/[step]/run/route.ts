// Lets the engine run: this step, or every Entra step from here. Streams what happens to a page with JavaScript;
// a plain form waits and is sent on.
import { requireStep } from '../../../../../lib/wizard/door.ts'
import { runLines } from '../../../../../lib/wizard/run-lines.ts'
import { elsewhere, handled } from '../../../../handled.ts'
import { answerWith } from '../../../../streamed.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

export function POST(request: Request, { params }: Props) {
  const run = async (form: FormData) => {
    const { setupId, step } = await params
    const at = await requireStep(setupId, step, elsewhere)
    const lines = runLines(at, form.get('all') === 'yes', String(form.get('since') ?? ''))
    return answerWith(request, lines, `/setups/${setupId}/${step}`)
  }
  return handled(request, run, { limit: 'run' })
}
