// Too many tries: 429, with the wait for programs (Retry-After) and for people (words). A run that streams gets a line.
import { addressHeader } from '../lib/guards/address.ts'
import { type Limited, waitSeconds, waitWords } from '../lib/guards/limits.ts'
import { plainPage } from './plain-page.ts'

/** Counts one try; the answer when there were too many. */
export async function refusedForNow(
  request: Request,
  what: Limited,
  person: string | undefined
): Promise<Response | undefined> {
  const wait = await waitSeconds(what, { person, address: request.headers.get(addressHeader) ?? 'unknown' })
  if (wait === undefined) return undefined
  const headers = { 'Retry-After': String(wait), 'Cache-Control': 'no-store' }
  if (request.headers.get('accept')?.includes('application/x-ndjson'))
    return new Response(`${JSON.stringify({ kind: 'note', says: waitWords(wait) })}\n`, {
      status: 429,
      headers: { ...headers, 'Content-Type': 'application/x-ndjson; charset=utf-8' }
    })
  return plainPage({
    status: 429,
    title: 'Too many tries',
    says: `${waitWords(wait)} Nothing was changed.`,
    link: { href: '/', label: 'Go to the start page' },
    headers
  })
}
