// How old a sighting is. The clock is an argument: the server renders it, so it never differs in the browser.

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1]
] as const

/** The words for the time from `at` to `now` (both ISO 8601): "12 seconds ago"; "just now" below two seconds. */
export function ageInWords(at: string, now: string): string {
  const seconds = Math.floor((Date.parse(now) - Date.parse(at)) / 1000)
  if (!(seconds >= 2)) return 'just now'
  for (const [name, length] of units) {
    const count = Math.floor(seconds / length)
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'} ago`
  }
  return 'just now'
}

/** "seen 12 seconds ago", with the exact time for machines and on hovering. */
export function Age({ at, now }: { at: string; now: string }) {
  return (
    <span className="text-sm text-muted">
      seen{' '}
      <time dateTime={at} title={at}>
        {ageInWords(at, now)}
      </time>
    </span>
  )
}
