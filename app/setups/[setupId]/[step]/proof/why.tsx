// The gates of one mailbox and protocol, in order, and the server's own text for support.
import { Facts } from '../../../../../components/facts.tsx'
import { GateList } from '../../../../../components/gates.tsx'
import { RunLog } from '../../../../../components/run-log.tsx'
import { Section } from '../../../../../components/section.tsx'
import type { Fact, Protocol } from '../../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import type { Gates } from '../../../../../lib/wizard/gates.ts'
import { Candidates } from './candidates.tsx'
import { WhatOpensIt } from './what-opens-it.tsx'

type Props = { at: AtStep; gates: Gates; chosen: string | undefined; held: boolean; every: boolean }

export function Why({ at, gates, chosen, held, every }: Props) {
  const { setup } = at
  const [place = '', name] = chosen?.split('-') ?? []
  const address = /^\d{1,5}$/.test(place) ? setup.mailboxes[Number(place)] : undefined
  const protocol = setup.protocols.find(one => one === name)
  if (!address || !protocol) return null
  const { shut, candidates, gates: walked, said, reference, explained, unexplained } = gates.of(address, protocol)
  const facts: Fact[] = [
    ...(said ? [{ label: 'The server’s answer', value: said, copy: true }] : []),
    ...(reference?.requestId ? [{ label: 'Reference for support', value: reference.requestId, copy: true }] : [])
  ]
  return (
    <Section title={`${protocol} for ${address}`} id="why">
      <GateList gates={walked} />
      <div className="mt-6 grid gap-6">
        {shut.map(one => (
          <WhatOpensIt key={one.gate} at={at} gates={gates} shut={one} />
        ))}
        {shut.length === 0 && <Candidates candidates={candidates} />}
        {explained?.map(entry => (
          <Candidates key={entry.id} candidates={[{ entry, apart: '' }]} />
        ))}
        {unexplained && <Unexplained says={unexplained} />}
        {facts.length > 0 && <Facts facts={facts} />}
        {held && <OneMailbox at={at} place={place} protocol={protocol} every={every} />}
      </div>
    </Section>
  )
}

/** The same for this mailbox alone. */
function OneMailbox({ at, place, protocol, every }: { at: AtStep; place: string; protocol: Protocol; every: boolean }) {
  const action = `/setups/${at.row.id}/${at.step.id}/prove`
  return (
    <div className="grid gap-4 sm:flex sm:flex-wrap sm:items-start">
      <RunLog
        action={action}
        body={{ which: 'all', place, every: every ? 'yes' : 'no' }}
        label="Test this mailbox again"
        pendingLabel="Testing"
        variant="secondary"
      />
      {protocol === 'SMTP' && (
        <RunLog
          action={action}
          body={{ send: 'yes', place }}
          label="Send a test message from it to itself"
          pendingLabel="Sending"
          variant="secondary"
        />
      )}
    </div>
  )
}

const Unexplained = ({ says }: { says: readonly string[] }) => (
  <ul className="grid max-w-3xl list-disc gap-1 pl-6">
    {says.map(line => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
