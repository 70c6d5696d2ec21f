// What a pasted error means, from the failure dictionary. Pure: nothing is asked, kept or sent, and nothing throws.
// The rule it keeps: one cause is named only where the text says it; else the candidates are listed, likeliest first.
import { dictionary, entryOf, type RowId } from './dictionary.ts'
import { readable, readMax } from './readable.ts'
import { aadstsIn, type FoundReference, findReferences } from './references.ts'
import { type Entry, type KnownBy, shows } from './row.ts'
import { sharedTexts } from './shared-texts.ts'

export type Finding =
  | { kind: 'one'; entry: Entry }
  /** `text` is what several causes share; each entry says in `apart` what tells it from the others. */
  | { kind: 'several'; text: string; entries: readonly Entry[] }

export type UnknownCode = { code: string; href: string }

/** Plain data. No findings: the dictionary does not know the text. */
export type Explanation = {
  findings: readonly Finding[]
  references: readonly FoundReference[]
  /** AADSTS codes that no row is about, each with Microsoft's own look-up. */
  unknownCodes: readonly UnknownCode[]
  /** Only the beginning was read. */
  cut: boolean
}

/** Explains an error as somebody pasted it: a server's answer, a log, JSON, a console's output, or a few words. */
export function explain(pasted: string): Explanation {
  const text = readable(pasted)
  const codes = aadstsIn(text)
  const isKnown = ({ aadsts = [], signs = [] }: KnownBy) =>
    aadsts.some(code => codes.includes(code)) || signs.some(sign => shows(text, sign))
  const named = dictionary.filter(isKnown).map(row => row.id)
  const shared = sharedTexts
    .filter(isKnown)
    // What the text says itself decides among the candidates.
    .filter(({ rows }) => !rows.some(id => named.includes(id)))
  return {
    findings: [
      ...named.map(id => ({ kind: 'one', entry: entryOf(id) }) as const),
      ...shared.map(({ text, rows }) => ({ kind: 'several', text, entries: rows.map(entryOf) }) as const)
    ],
    references: findReferences(text),
    unknownCodes: codes.filter(code => !knownCodes.has(code)).map(lookUp),
    cut: pasted.length > readMax
  }
}

const knownCodes = new Set<number>(
  [...dictionary, ...sharedTexts].flatMap((known: KnownBy) => [...(known.aadsts ?? [])])
)

/** Microsoft's own look-up takes the number. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const lookUp = (code: number): UnknownCode => ({
  code: `AADSTS${code}`,
  href: `https://login.microsoftonline.com/error?code=${code}`
})

/** Every cause that the text may have, likeliest first. */
export const idsOf = ({ findings }: Explanation): readonly RowId[] =>
  findings.flatMap(finding => (finding.kind === 'one' ? [finding.entry] : finding.entries)).map(({ id }) => id as RowId)
