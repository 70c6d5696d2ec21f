// Tests the connection: logs in to the mailboxes, or sends test messages on request, and tells each result as it comes.
import { notFound } from 'next/navigation'
import { requireStep } from '../../../../../lib/wizard/door.ts'
import { askOf, testLines } from '../../../../../lib/wizard/test-lines.ts'
import { elsewhere, handled } from '../../../../handled.ts'
import { answerWith } from '../../../../streamed.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

export function POST(request: Request, { params }: Props) {
  const test = async (form: FormData) => {
    const { setupId, step } = await params
    if (step !== 'test-the-connection') notFound()
    const at = await requireStep(setupId, step, elsewhere)
    const stopping = new AbortController()
    const lines = testLines(at, askOf(form, at.setup.now), stopping.signal)
    return answerWith(request, lines, `/setups/${setupId}/${step}`, () => stopping.abort())
  }
  return handled(request, test, { limit: 'test' })
}
