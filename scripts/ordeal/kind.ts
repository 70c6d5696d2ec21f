// What a kind of ordeal is, and what it gives back.

export type Outcome = {
  cases: number
  /** Each in one sentence that names the case; none is what everybody hopes for. */
  failures: readonly string[]
  figures: Readonly<Record<string, number | string>>
}

export type Kind = {
  name: string
  /** What it proves, in one sentence. */
  proves: string
  /** What its start, its controls and one case of each take together on two cores, in ms. */
  leastMs: number
  run(how: How): Promise<Outcome>
}

export type How = {
  /** So many cases of each sort instead of all of them. */
  sample: number | undefined
  /** A sample's time is bounded: what is left of it, in ms; without end where all is tried. A first case is always tried. */
  leftMs: () => number
  say: (line: string) => void
}

/** What the report says of cases of a sample that its time was too short for. */
export const noTime = 'cases drawn that there was no time for'
