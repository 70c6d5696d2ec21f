// Programs by name: what to enter in each, its whole files, what is not confirmed, and where that was read.
import { Facts } from '../../../../components/facts.tsx'
import { Disclosure, Section } from '../../../../components/section.tsx'
import type { Panel } from '../../../../lib/steps/step.ts'
import { Lines } from './lines.tsx'
import { Snippets } from './snippets.tsx'

type ProgramsPanel = Extract<Panel, { kind: 'programs' }>
type OneProgram = ProgramsPanel['programs'][number]

export function Programs({ panel }: { panel: ProgramsPanel }) {
  return (
    <Section title={panel.title} intro={panel.why}>
      <div className="grid gap-2">
        {panel.programs.map(program => (
          <Disclosure key={program.id} summary={program.name}>
            <Details program={program} />
          </Disclosure>
        ))}
      </div>
    </Section>
  )
}

function Details({ program }: { program: OneProgram }) {
  const { does, fields, files, notConfirmed, sources } = program
  return (
    <div className="grid min-w-0 gap-4">
      <p className="text-muted">{does}</p>
      <Facts facts={fields} />
      {files.length > 0 && <Snippets snippets={files} />}
      {notConfirmed.length > 0 && (
        <div>
          <h3 className="mb-1 font-semibold">Not confirmed</h3>
          <Lines lines={notConfirmed} />
        </div>
      )}
      <div>
        <h3 className="mb-1 font-semibold">Read in</h3>
        <ul className="grid gap-1 wrap-anywhere">
          {sources.map(source => (
            <li key={source}>
              <a href={source} className="link inline-flex min-h-11 items-center md:min-h-0" rel="noreferrer">
                {source}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
