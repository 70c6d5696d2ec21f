// Next calls this once, as the server starts.
// https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation

export async function register() {
  if (process.env.NEXT_RUNTIME === 'edge') return
  const { guardEveryRequest } = await import('./lib/guards/every-request.ts')
  guardEveryRequest()
}
