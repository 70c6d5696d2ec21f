// Reads what a run tells while it goes on: one JSON object a line (application/x-ndjson).
// The rule it keeps: what is not understood, or ends without saying how to go on, counts as interrupted.

export type Said = { kind: 'looking' | 'landed' | 'waiting' | 'note'; says: string }
/** `since` goes back with the next round as it came: when the waiting began. `waitMs`: not before that. */
export type Again = { kind: 'again'; since?: string; waitMs?: number }
export type RunLine = Said | Again | { kind: 'end'; href: string }
/** `told`: refused for now in words that were told, and nothing was begun. */
export type Outcome = Again | { kind: 'end'; href: string } | { kind: 'interrupted' } | { kind: 'told' }

const speaking: readonly string[] = ['looking', 'landed', 'waiting', 'note']

/** One line as what it says; undefined for an empty line or one that is not understood. */
export function readLine(line: string): RunLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  if (value.kind === 'again') return readAgain(value)
  if (value.kind === 'end') return 'href' in value && isOwn(value.href) ? { kind: 'end', href: value.href } : undefined
  if (typeof value.kind !== 'string' || !speaking.includes(value.kind)) return undefined
  if (!('says' in value) || typeof value.says !== 'string') return undefined
  return { kind: value.kind as Said['kind'], says: value.says }
}

function readAgain(value: object): Again {
  return {
    kind: 'again',
    ...('since' in value && typeof value.since === 'string' && { since: value.since }),
    ...('waitMs' in value && Number.isFinite(value.waitMs) && { waitMs: Number(value.waitMs) })
  }
}

/** A path of this site: never another site, never javascript: */
function isOwn(href: unknown): href is string {
  return typeof href === 'string' && /^\/(?![/\\])/.test(href)
}

/** Tells each sentence as it arrives and returns how the stream ended. Throws what the stream throws. */
export async function readRun(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (said: Said) => void
): Promise<Outcome> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) {
      const read = readLine(line)
      if (!read) continue
      if (read.kind === 'again' || read.kind === 'end') {
        await reader.cancel()
        return read
      }
      tell(read)
    }
    if (done) return { kind: 'interrupted' }
  }
}

/** The log with one more sentence: a wait takes the place of the wait before it, so that waiting does not fill the page. */
export function withSaid(log: readonly Said[], said: Said): readonly Said[] {
  const last = log.at(-1)
  return said.kind === 'waiting' && last?.kind === 'waiting' ? [...log.slice(0, -1), said] : [...log, said]
}
