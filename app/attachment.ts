// A file to keep. Its name is ASCII in the header and whole in the extended parameter (RFC 6266).

/** `bytes` under `fileName`, to be saved and not shown. */
export function attachment(fileName: string, bytes: Uint8Array): Response {
  const plain = fileName.replace(/[^\w.-]+/g, '-')
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff'
    }
  })
}
