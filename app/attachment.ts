// A file to keep. Its name is ASCII in the header and whole in the extended parameter (RFC 6266, RFC 8187).

/** `bytes` under `fileName`, to be saved and not shown. */
export function attachment(fileName: string, bytes: Uint8Array): Response {
  return new Response(new Uint8Array(bytes), { headers: headersOf(fileName, 'application/octet-stream') })
}

/** The same for a long file that is made while it is sent; what the browser no longer takes is not made. */
export function attachmentInParts(fileName: string, type: string, parts: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    }
  })
  return new Response(body, { headers: headersOf(fileName, type) })
}

/** Halves of characters have no UTF-8, and quotes and brackets would end the value or mean something. */
function extended(name: string): string {
  const whole = name.replace(/\p{Surrogate}/gu, '\uFFFD')
  return encodeURIComponent(whole).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

const headersOf = (fileName: string, type: string) => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${fileName.replace(/[^\w.-]+/g, '-')}"; filename*=UTF-8''${extended(fileName)}`,
  'Cache-Control': 'no-store'
})
