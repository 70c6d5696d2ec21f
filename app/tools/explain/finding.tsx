// One thing that was found in the text: a cause, or the candidates for it, likeliest first.
import { Card, Disclosure, Section } from '../../../components/section.tsx'
import type { Finding as Found } from '../../../lib/diagnosis/explain.ts'
import type { Entry } from '../../../lib/diagnosis/row.ts'
import { Sources } from './sources.tsx'

export function Finding({ finding }: { finding: Found }) {
  if (finding.kind === 'one') {
    return (
      <Section title={finding.entry.title} intro={finding.entry.symptom}>
        <Card>
          <Cause entry={finding.entry} Heading="h3" />
        </Card>
      </Section>
    )
  }
  const { text, entries } = finding
  return (
    <Section
      title={`“${text}” has ${entries.length} possible causes`}
      intro="The text is the same for all of them. They stand here in the order in which to check them, with what tells each from the others."
    >
      <ol className="grid gap-3">
        {entries.map((entry, index) => (
          <li key={entry.id} className="min-w-0 rounded-md border border-line bg-surface px-4 py-3">
            <h3 className="font-semibold">
              {index + 1}. {entry.title}
            </h3>
            {entry.apart && <p className="mt-1 max-w-3xl wrap-anywhere">{entry.apart}</p>}
            <Disclosure summary={`What to do about cause ${index + 1}`} className="mt-1">
              <Cause entry={entry} Heading="h4" />
            </Disclosure>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Cause({ entry: { cause, fix, sources, trust }, Heading }: { entry: Entry; Heading: 'h3' | 'h4' }) {
  return (
    <>
      <Heading className="font-semibold">What it means</Heading>
      <p className="max-w-3xl wrap-anywhere">{cause}</p>
      <Heading className="mt-3 font-semibold">What to do</Heading>
      <ul className="grid max-w-3xl list-disc gap-1 pl-6">
        {fix.map(sentence => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
      </ul>
      <Sources sources={sources} trust={trust} />
    </>
  )
}
