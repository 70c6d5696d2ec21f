// Answers of handlers: on to the next page, or no.
import { env } from '../lib/env.ts'

/** 303 to a path of ours, or to Microsoft's sign-in page. */
export function seeOther(to: string): Response {
  return new Response(null, { status: 303, headers: { Location: to.startsWith('/') ? `${env().baseUrl}${to}` : to } })
}

export function refused(): Response {
  return new Response('This request did not come from the wizard’s own pages.\n', { status: 403 })
}
