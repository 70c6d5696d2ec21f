// A fault of the wizard in a handler: into the log with its stack, and out comes the reference that leads there.
import { log } from '../log.ts'
import { servedRequest } from './request.ts'

/** Tells the log of an unexpected error. The reference is the request's own ID, which stands in all of its lines. */
export function noteFault(error: unknown, { method, url }: Pick<Request, 'method' | 'url'>): string {
  const reference = servedRequest()?.requestId ?? crypto.randomUUID()
  log.error('unexpected error', { reference, method, path: new URL(url).pathname, part: 'route', error })
  return reference
}
