// The vocabulary of the failure dictionary. Pure data.
// The rule it keeps: an id never changes, the wording may.

/** How good the evidence is. A: Microsoft's documentation or engineers, the product's maintainer, or a peer's own code.
 *  B: a reporter says that the fix worked, or two reports agree. C: a conclusion of ours. Two letters: the parts of a row
 *  differ. */
export type Trust = 'A' | 'B' | 'C' | 'A/B' | 'A/C' | 'C/B'

/** Where it is written, in public. */
export type Source = { name: string; url?: string }

/** What a failure means, as plain data that may be sent to a browser. */
export type Entry = {
  id: string
  /** A headline: what is the matter. */
  title: string
  /** What is seen. */
  symptom: string
  /** Why it happens. */
  cause: string
  /** What to do; every sentence begins with a verb. */
  fix: readonly string[]
  /** What tells this cause from the others that give the same text. */
  apart?: string
  sources: readonly Source[]
  trust: Trust
}

/** A text shows a sign when it has all of these and none of those. White space in the text is single spaces. */
export type Sign = RegExp | { has: readonly RegExp[]; lacks: readonly RegExp[] }

/** What a text is known by: numbers of AADSTS codes first, then signs. */
export type KnownBy = { aadsts?: readonly number[]; signs?: readonly Sign[] }

export type Row = Entry & KnownBy

/** One text, several causes: the rows' ids, likeliest first. */
export type SharedText = KnownBy & { text: string; rows: readonly [string, string, ...string[]] }

export function shows(text: string, sign: Sign): boolean {
  if (sign instanceof RegExp) return sign.test(text)
  return sign.has.every(pattern => pattern.test(text)) && !sign.lacks.some(pattern => pattern.test(text))
}
