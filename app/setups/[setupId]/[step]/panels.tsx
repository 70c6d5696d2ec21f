// What a step gives to show: both Object IDs, scripts, commands, facts, code for programs.
import { Facts } from '../../../../components/facts.tsx'
import { IdsSideBySide } from '../../../../components/ids.tsx'
import { Notice } from '../../../../components/notice.tsx'
import { Disclosure, Section } from '../../../../components/section.tsx'
import type { Panel } from '../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { Programs } from './programs.tsx'
import { Samples } from './samples.tsx'
import { Script } from './script.tsx'
import { Snippets } from './snippets.tsx'

export function Panels({ at }: { at: AtStep }) {
  const panels = at.step.panels?.(at.setup) ?? []
  return panels.map(panel => <OnePanel key={`${panel.kind} ${titleOf(panel)}`} panel={panel} at={at} />)
}

const titleOf = (panel: Panel) => (panel.kind === 'ids' ? 'The two Object IDs' : panel.title)

function OnePanel({ panel, at }: { panel: Panel; at: AtStep }) {
  switch (panel.kind) {
    case 'ids':
      return (
        <Section title={titleOf(panel)}>
          <IdsSideBySide
            application={panel.application}
            enterprise={panel.enterprise}
            why={panel.why}
            mark={panel.unchecked ? 'Use this one, unchecked' : undefined}
          />
        </Section>
      )
    case 'facts':
      return (
        <Section title={panel.title}>
          <Facts facts={panel.facts} />
        </Section>
      )
    case 'notice':
      return (
        <div className="mt-6">
          <Notice kind="info" title={panel.title}>
            <ul className="grid list-disc gap-1 pl-5">
              {panel.says.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        </div>
      )
    case 'snippets':
      return (
        <Disclosure summary={panel.title} className="mt-4">
          <Snippets snippets={panel.snippets.map(snippet => ({ ...snippet, language: 'powershell' }))} />
        </Disclosure>
      )
    case 'samples':
      return <Samples panel={panel} />
    case 'programs':
      return <Programs panel={panel} />
    case 'script':
      return panel.folded ? (
        <Disclosure summary={panel.title} className="mt-4">
          <p className="mb-3 text-muted">{panel.why}</p>
          <Script panel={panel} at={at} />
        </Disclosure>
      ) : (
        <Section title={panel.title} intro={panel.why} id={panel.id}>
          <Script panel={panel} at={at} />
        </Section>
      )
  }
}
