// Reads a form that was sent with a file. The rule it keeps: a file's bytes stay as they came.

export type Part = { name: string; fileName: string | undefined; bytes: Buffer }

/** The parts of a multipart/form-data body; none when the content type is another. */
export function readMultipart(contentType: string, body: Uint8Array): readonly Part[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) return []
  const whole = Buffer.from(body)
  const mark = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  for (let at = whole.indexOf(mark); at >= 0; ) {
    const next = whole.indexOf(mark, at + mark.length)
    if (next < 0) break
    const part = readPart(whole.subarray(at + mark.length + 2, next - 2))
    if (part) parts.push(part)
    at = next
  }
  return parts
}

function readPart(piece: Buffer): Part | undefined {
  const end = piece.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = piece.subarray(0, end).toString('utf8')
  const name = /name="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) return undefined
  return { name, fileName: /filename="([^"]*)"/i.exec(head)?.[1], bytes: piece.subarray(end + 4) }
}
