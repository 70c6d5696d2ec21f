// Lines of a run: streamed as JSON to a page with JavaScript; a plain form waits and is sent on.
import { noteFault } from '../lib/log/fault.ts'
import type { Line } from '../lib/wizard/run-lines.ts'
import { faultWords } from './answered.ts'
import { seeOther } from './see-other.ts'

/** Answers with the lines as they come, or at their end with the place to go to. `home` is where "again" leads a plain form. */
export async function answerWith(request: Request, lines: AsyncGenerator<Line>, home: string, gone?: () => void) {
  if (request.headers.get('accept')?.includes('application/x-ndjson')) return streamed(request, lines, gone)
  let href = home
  for await (const line of lines) {
    if (line.kind === 'end') href = line.href
    if (line.kind === 'again') href = line.waitMs ? `${home}?wait=${Math.ceil(line.waitMs / 1000)}` : `${home}?more=1`
  }
  return seeOther(href)
}

function streamed(request: Request, lines: AsyncGenerator<Line>, gone?: () => void): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const tell = (line: Line) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      try {
        const { value, done } = await lines.next()
        if (done) controller.close()
        else tell(value)
      } catch (error) {
        // The status went out long ago. The page takes an end without a way on for an interruption.
        tell({ kind: 'note', says: faultWords(noteFault(error, request)) })
        controller.close()
      }
    },
    async cancel() {
      // The browser went away: what is under way ends, and a lease is given back.
      gone?.()
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
