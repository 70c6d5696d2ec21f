// Answers of handlers: on to the next page, or no.
import { env } from '../lib/env.ts'

/** 303 to a path of ours, and to nowhere else. */
export function seeOther(path: string): Response {
  if (!path.startsWith('/')) throw new Error('A handler leads to a path of ours only')
  return new Response(null, { status: 303, headers: { Location: `${env().baseUrl}${path}` } })
}

export function refused(): Response {
  return new Response('This request did not come from the wizard’s own pages.\n', { status: 403 })
}
