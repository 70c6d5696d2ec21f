// What the server does before its first request and at its end, and where its unexpected errors go: into the log.
// The rule it keeps: the reference that an error page shows (Next's digest) stands in the log beside the stack.
// https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation
import type { Instrumentation } from 'next'
import { noteTold, takeConsole } from './lib/log/console.ts'
import { watchRequests } from './lib/log/request.ts'
import { log } from './lib/log.ts'

export async function register() {
  if (process.env.NEXT_RUNTIME === 'edge') return
  const { guardEveryRequest } = await import('./lib/guards/every-request.ts')
  guardEveryRequest()
  watchRequests()
  // While developing, people read what Next prints; in production only the log is read.
  if (process.env.NODE_ENV === 'production') takeConsole()
  log.info('server started', { node: process.versions.node })
  process.once('exit', code => log.info('server stopped', { code }))
}

export const onRequestError: Instrumentation.onRequestError = (error, request, { routePath, routeType }) => {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : undefined
  log.error('unexpected error', { reference: digest, method: request.method, route: routePath, part: routeType, error })
  noteTold(error)
}
