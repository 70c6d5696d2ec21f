// What a load is judged by: how long clicks took, and whether memory stayed where it was. Pure.
// The rule it keeps: what was not measured is a failure, and never a zero.

/** `page`: a page, or a form that leads to one. `run`: a form behind which the wizard works in the tenant or logs in to
 *  mailboxes. `download`: a file. */
export const clickKinds = ['page', 'run', 'download'] as const
export type ClickKind = (typeof clickKinds)[number]
/** From the request to the last byte of where it led; redirects are part of the click. */
export type Click = { kind: ClickKind; name: string; ms: number }

export type Times = { count: number; p50: number; p95: number; p99: number; max: number }

/** What a person still takes for "at once enough". */
export const pageLimitMs = 1_000

/** Percentiles by nearest rank, in whole milliseconds; NaN of nothing. */
export function timesOf(clicks: readonly Click[]): Times {
  const sorted = clicks.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export const timesInWords = ({ count, p50, p95, p99, max }: Times) =>
  `${count} clicks, p50 ${p50}, p95 ${p95}, p99 ${p99}, max ${max} ms`

/** Why the clicks of a run were too slow, or too few to say. */
export function slowIn(clicks: readonly Click[], kinds: readonly ClickKind[] = clickKinds): readonly string[] {
  return kinds.flatMap(kind => {
    const times = timesOf(clicks.filter(click => click.kind === kind))
    if (times.p95 < pageLimitMs) return []
    return [`p95 of a ${kind} is ${times.p95} ms, and the limit is ${pageLimitMs} (${timesInWords(times)})`]
  })
}

/** Memory of one process at a moment. */
export type Level = { atSeconds: number; mb: number }

/** What a run of some minutes may add to a process that holds still: caches that fill up, and chance. */
export const growthLimit = 0.1

/** The share by which memory grew from the first level to the last, along the line that fits all of them best. */
export function growthOf(levels: readonly Level[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(levels.map(level => level.atSeconds)), mean(levels.map(level => level.mb))]
  const slope =
    mean(levels.map(level => (level.atSeconds - x) * (level.mb - y))) /
    mean(levels.map(level => (level.atSeconds - x) ** 2))
  const [from, to] = [levels[0]?.atSeconds ?? Number.NaN, levels.at(-1)?.atSeconds ?? Number.NaN]
  return (slope * (to - from)) / (y + slope * (from - x))
}

/** Why the memory of a process is not flat, or cannot be said to be. Levels of the warm-up do not belong here. */
export function unevenIn(name: string, levels: readonly Level[]): readonly string[] {
  const growth = growthOf(levels)
  if (growth < growthLimit) return []
  if (Number.isNaN(growth)) return [`${name}: ${levels.length} levels are too few to judge by`]
  return [`${name} grew by ${Math.round(growth * 100)} % after the warm-up, and the limit is ${growthLimit * 100} %`]
}
