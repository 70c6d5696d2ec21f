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
  /** `sample`: so many cases of each sort instead of all of them. */
  run(how: { sample: number | undefined; say: (line: string) => void }): Promise<Outcome>
}
