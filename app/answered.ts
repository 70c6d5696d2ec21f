// What a handler says of an unexpected error: a fault of the wizard and its reference, as a page's error page does. Without
// this Next would answer with an empty 500.
// The rule it keeps: the log has the stack, the browser has the reference that leads to it, and nothing else of the error.
import { unstable_rethrow } from 'next/navigation'
import { noteFault } from '../lib/log/fault.ts'
import { plainPage } from './plain-page.ts'

/** What the browser waits for: a page for whoever pressed a button, text where a file was to come. */
export type Kind = 'page' | 'text'

const title = 'Something went wrong in the wizard'
const keeps =
  'This is a fault of the wizard. What you answered so far is kept, and the wizard looks at the tenant before it changes anything.'

/** The words for a person, with the reference at their end. */
export const faultWords = (reference: string) => `${keeps} Reference for whoever runs this wizard: ${reference}.`

/** Runs a handler. Next's own ways to end one (not found, a redirect) stay what they are. */
export async function answered(request: Request, kind: Kind, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    unstable_rethrow(error)
    return fault(request, kind, error)
  }
}

function fault(request: Request, kind: Kind, error: unknown): Response {
  const says = faultWords(noteFault(error, request))
  const headers = { 'Cache-Control': 'no-store' }
  if (request.headers.get('accept')?.includes('application/x-ndjson'))
    return new Response(`${JSON.stringify({ kind: 'note', says })}\n`, {
      status: 500,
      headers: { ...headers, 'Content-Type': 'application/x-ndjson; charset=utf-8' }
    })
  if (kind === 'text')
    return new Response(`${title}. ${says}\n`, {
      status: 500,
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }
    })
  return plainPage({ status: 500, title, says, link: { href: '/', label: 'Go to the start page' } })
}
