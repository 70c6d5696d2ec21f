// Which cases of a sort are tried in a sample. Pure.
// The rule it keeps: evenly spread over the list, and the same for the same seed.

/** So that neighbouring seeds begin far apart. */
const stride = 7_919

/** `count` of them, or all of them when `count` is undefined. */
export function draw<T>(all: readonly T[], count: number | undefined, seed: number): readonly T[] {
  if (count === undefined || count >= all.length) return all
  const first = (seed * stride) % all.length
  return Array.from({ length: count }, (_, index) => {
    const at = (first + Math.floor((index * all.length) / count)) % all.length
    return all[at] as T
  })
}
