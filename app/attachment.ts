// A file to keep. Its name is ASCII in the header and whole in the extended parameter (RFC 6266, RFC 8187).

/** `bytes` under `fileName`, to be saved and not shown. */
export function attachment(fileName: string, bytes: Uint8Array): Response {
  const plain = fileName.replace(/[^\w.-]+/g, '-')
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${extended(fileName)}`,
      'Cache-Control': 'no-store'
    }
  })
  return new Response(body, { headers: headersOf(fileName, type) })
}

/** Halves of characters have no UTF-8, and quotes and brackets would end the value or mean something. */
function extended(name: string): string {
  const whole = name.replace(/\p{Surrogate}/gu, '\uFFFD')
  return encodeURIComponent(whole).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
