// What fails, grouped by its cause: shut gates with a script for just that; where several may be, the script that decides.
import { ageInWords } from '../../../../../components/age.tsx'
import { Section } from '../../../../../components/section.tsx'
import type { Group } from '../../../../../lib/gates/summarise.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { diagnosisPanel } from '../../../../../lib/wizard/fix-scripts.ts'
import type { Gates } from '../../../../../lib/wizard/gates.ts'
import { Script } from '../script.tsx'
import { Candidates } from './candidates.tsx'
import { WhatOpensIt } from './what-opens-it.tsx'

type Props = { at: AtStep; gates: Gates }

export function Groups({ at, gates }: Props) {
  const { groups, lines } = gates.summary
  const [outcome] = lines
  const diagnosis = diagnosisPanel(at, gates)
  const changed = gates.changedAt && ageInWords(gates.changedAt, at.setup.now.toISOString())
  const refused = groups.some(({ kind }) => kind !== 'unreachable')
  return (
    <Section title={titleOf(groups)} id="gates" intro={outcome}>
      <div className="grid gap-6">
        {changed && refused && (
          <p className="text-muted">
            The last known change was {changed}. Exchange takes minutes to notice, up to two hours.
          </p>
        )}
        {groups.map(group => (
          <OneGroup
            key={`${group.kind} ${group.says} ${group.example.address} ${group.example.protocol}`}
            at={at}
            gates={gates}
            group={group}
          />
        ))}
        {diagnosis && (
          <div>
            <h3 className="font-semibold">{diagnosis.title}</h3>
            <p className="mt-1 mb-3 text-muted">{diagnosis.why}</p>
            <Script panel={diagnosis} at={at} />
          </div>
        )}
      </div>
    </Section>
  )
}

function titleOf(groups: readonly Group[]): string {
  if (groups.length === 0) return 'What was proved'
  if (groups.every(({ kind }) => kind === 'unreachable')) return 'What was not reached'
  return groups.some(({ kind }) => kind === 'shut' || kind === 'candidates') ? 'Which gate is shut' : 'What was refused'
}

function OneGroup({ at, gates, group }: Props & { group: Group }) {
  const { example } = group
  return (
    <div className="grid min-w-0 gap-3">
      <p className="font-semibold wrap-anywhere">{group.says}</p>
      <p className="text-sm wrap-anywhere text-muted">
        {group.addresses.join(', ')}
        {group.mailboxes > group.addresses.length && ` and ${group.mailboxes - group.addresses.length} more`}
      </p>
      {example.said && (
        <p className="text-sm wrap-anywhere text-muted">
          The server’s answer to {example.address}: <code className="font-mono text-[0.8125rem]">{example.said}</code>
        </p>
      )}
      {group.shut.map(shut => (
        <WhatOpensIt key={shut.gate} at={at} gates={gates} shut={shut} withScript />
      ))}
      {!group.changedSince && <Candidates candidates={group.candidates} />}
      <Candidates candidates={group.explained.map(entry => ({ entry, apart: '' }))} />
    </div>
  )
}
