// The body of a posted form, read within a limit. The rule it keeps: a body that is too long is not read to its end.

/** Bytes: ten thousand addresses of 100 characters, each character of them escaped. */
export const bodyBytesMax = 3_000_000

export type PostedForm = { ok: true; fields: URLSearchParams } | { ok: false; status: 400 | 413 | 415; problem: string }

/** Reads an application/x-www-form-urlencoded body. */
export async function readPostedForm(request: Request): Promise<PostedForm> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? ''))
    return { ok: false, status: 415, problem: 'Send a form: Content-Type: application/x-www-form-urlencoded.' }
  const tooLong = { ok: false, status: 413, problem: `A form takes up to ${bodyBytesMax} bytes.` } as const
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesMax) return tooLong
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  const reader = request.body?.getReader()
  for (;;) {
    const chunk = await reader?.read().catch(() => 'broken' as const)
    // Whoever sends too slowly is cut off, and whoever goes away is no fault of ours.
    if (chunk === 'broken') return { ok: false, status: 400, problem: 'The form broke off.' }
    if (!chunk || chunk.done) break
    bytes += chunk.value.byteLength
    if (bytes > bodyBytesMax) {
      await reader?.cancel()
      return tooLong
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
  return { ok: true, fields: new URLSearchParams(text + decoder.decode()) }
}
