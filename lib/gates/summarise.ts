// All mailboxes and protocols in a few lines: how many are proved, and the failures by what causes them.
// The rule it keeps: ten thousand failures with one cause are one group.

import type { Protocol } from '../steps/step.ts'
import { counted, grouped } from './ages.ts'
import type { DiagnosisOf } from './diagnose.ts'
import { type Candidate, type Diagnosis, type GateId, type Outcome, type Shut, titleOf } from './gate.ts'

/** Failures of one kind. `example` is the first of them, with its fix and the server's text. */
export type Group = {
  kind: 'shut' | 'candidates' | 'unexplained'
  /** For `shut` the gates that are shut, for `candidates` those that may be. */
  gates: readonly GateId[]
  shut: readonly Shut[]
  candidates: readonly Candidate[]
  next: Diagnosis['next']
  /** Logins, that is mailboxes times protocols. */
  count: number
  mailboxes: number
  protocols: readonly Protocol[]
  /** The first few addresses. */
  addresses: readonly string[]
  example: { address: string; protocol: Protocol; said: string | undefined }
  /** "Shut for 312 mailboxes (IMAP, POP): The mailbox is open to the application". */
  says: string
}

export type Summary = {
  total: number
  outcomes: Readonly<Record<Outcome, number>>
  /** The largest first. */
  groups: readonly Group[]
  /** For a page's header: what was proved, then one line a group. */
  lines: readonly string[]
}

/** How many addresses a group names. */
export const namedMax = 5

type Growing = Omit<Group, 'says' | 'protocols' | 'mailboxes' | 'addresses'> & {
  every: Set<string>
  by: Set<Protocol>
}

export function summarise(
  addresses: readonly string[],
  protocols: readonly Protocol[],
  diagnosisOf: DiagnosisOf
): Summary {
  const outcomes = { proved: 0, 'login-only': 0, refused: 0, unreachable: 0, 'not-tried': 0 }
  const groups = new Map<string, Growing>()
  for (const address of addresses)
    for (const protocol of protocols) {
      const diagnosis = diagnosisOf(address, protocol)
      outcomes[diagnosis.outcome] += 1
      if (diagnosis.outcome !== 'refused' && diagnosis.shut.length === 0) continue
      add(groups, diagnosis, address, protocol)
    }
  const total = addresses.length * protocols.length
  const told = [...groups.values()].sort((left, right) => right.count - left.count).map(finish)
  return { total, outcomes, groups: told, lines: [...outcomeLines(total, outcomes), ...told.map(({ says }) => says)] }
}

function add(groups: Map<string, Growing>, diagnosis: Diagnosis, address: string, protocol: Protocol) {
  const { shut, candidates, next, said } = diagnosis
  const kind = shut.length > 0 ? 'shut' : candidates.length > 0 ? 'candidates' : 'unexplained'
  const causes = kind === 'shut' ? shut : candidates
  const gates = [...new Set(causes.map(({ gate }) => gate))]
  const key = `${kind} ${causes.map(({ gate, entry }) => `${gate}/${entry?.id}`).join(' ')} ${next}`
  const group = groups.get(key)
  if (group) {
    group.count += 1
    group.every.add(address)
    group.by.add(protocol)
    return
  }
  const example = { address, protocol, said }
  groups.set(key, {
    ...{ kind, gates, shut, candidates: kind === 'candidates' ? candidates : [], next, count: 1, example },
    every: new Set([address]),
    by: new Set([protocol])
  })
}

function finish({ every, by, ...group }: Growing): Group {
  const mailboxes = every.size
  const named = { ...group, mailboxes, protocols: [...by], addresses: [...every].slice(0, namedMax) }
  return { ...named, says: groupLine(named) }
}

function groupLine({ kind, gates, mailboxes, protocols, example, shut }: Omit<Group, 'says'>): string {
  const whose = `${counted(mailboxes, 'mailbox')} (${protocols.join(', ')})`
  const titles = gates.map(gate => `“${titleOf(gate, example.protocol)}”`)
  switch (kind) {
    case 'shut': {
      const causes = shut.flatMap(({ entry }) => entry?.title ?? [])
      return `${whose}: ${causes.length === shut.length ? causes.join('; ') : `not so: ${titles.join(', ')}`}.`
    }
    case 'candidates':
      return `${whose}: refused, and ${counted(gates.length, 'gate')} may be shut: ${titles.join(', ')}.`
    case 'unexplained':
      return `${whose}: refused, and no known gate explains it.`
  }
}

function outcomeLines(total: number, outcomes: Summary['outcomes']): readonly string[] {
  const rest = [
    [outcomes['login-only'], 'with the login accepted and sending not proved'],
    [outcomes.refused, 'refused'],
    [outcomes.unreachable, 'not reached'],
    [outcomes['not-tried'], 'not tried']
  ] as const
  const others = rest.filter(([count]) => count > 0).map(([count, says]) => `${grouped(count)} ${says}`)
  return [[`${grouped(outcomes.proved)} of ${counted(total, 'login')} proved`, ...others].join(', ').concat('.')]
}
