// Lets the engine run: this step, or every Entra step from here. Streams what happens to a page with JavaScript;
// a plain form waits and is sent on.
import { requireStep } from '../../../../../lib/wizard/door.ts'
import { type Line, runLines } from '../../../../../lib/wizard/run-lines.ts'
import { elsewhere, handled } from '../../../../handled.ts'
import { seeOther } from '../../../../see-other.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

export function POST(request: Request, { params }: Props) {
  const run = async (form: FormData) => {
    const { setupId, step } = await params
    const at = await requireStep(setupId, step, elsewhere)
    const lines = runLines(at, form.get('all') === 'yes', String(form.get('since') ?? ''))
    if (request.headers.get('accept')?.includes('application/x-ndjson')) return streamed(lines)
    let href = `/setups/${setupId}/${step}`
    for await (const line of lines) if (line.kind === 'end') href = line.href
    return seeOther(href)
  }
  return handled(request, run, { limit: 'run' })
}

function streamed(lines: AsyncGenerator<Line>): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      // The browser went away: give the lease back.
      await lines.return(undefined)
    }
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      // Not to be held back for compression: each line counts when it comes.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no'
    }
  })
}
