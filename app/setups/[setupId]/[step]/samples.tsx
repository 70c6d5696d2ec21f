// Code in each language, folded under the language's name, and whether our tests run it.
import { Disclosure, Section } from '../../../../components/section.tsx'
import type { Panel } from '../../../../lib/steps/step.ts'
import { Lines } from './lines.tsx'
import { Snippets } from './snippets.tsx'

type SamplesPanel = Extract<Panel, { kind: 'samples' }>
type OneSample = SamplesPanel['samples'][number]

export function Samples({ panel }: { panel: SamplesPanel }) {
  return (
    <Section title={panel.title} intro={panel.why}>
      <div className="grid gap-2">
        <Disclosure summary="First put the client secret into the environment">
          <p className="mb-3 text-muted">What you type is not shown, and stands in no history of commands.</p>
          <Snippets snippets={panel.first} />
        </Disclosure>
        {panel.samples.map(sample => (
          <OneLanguage key={sample.id} sample={sample} />
        ))}
      </div>
    </Section>
  )
}

function OneLanguage({ sample }: { sample: OneSample }) {
  const { title, tested, needs, notes, files, language } = sample
  const summary = (
    <>
      {title} <span className="font-normal text-muted">{tested ? 'Run in our tests' : 'Not run in our tests'}</span>
    </>
  )
  return (
    <Disclosure summary={summary}>
      <Lines lines={[...needs, ...notes]} />
      <Snippets snippets={files.map(({ name, does, code }) => ({ title: name, why: does, code, language }))} />
    </Disclosure>
  )
}
