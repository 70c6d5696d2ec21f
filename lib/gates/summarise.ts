// All mailboxes and protocols in a few lines: how many are proved, and the failures by what causes them.
// The rule it keeps: ten thousand failures with one cause are one group.

import type { Entry } from '../diagnosis/row.ts'
import type { Protocol } from '../steps/step.ts'
import { counted, grouped } from './ages.ts'
import type { DiagnosisOf } from './diagnose.ts'
import { type Candidate, type Diagnosis, type GateId, type Outcome, type Shut, titleOf } from './gate.ts'

/** Failures of one kind. `example` is the first of them, with its fix and the server's text. */
export type Group = {
  kind: 'shut' | 'candidates' | 'explained' | 'unexplained' | 'unreachable'
  /** For `shut` the gates that are shut, for `candidates` those that may be. */
  gates: readonly GateId[]
  shut: readonly Shut[]
  candidates: readonly Candidate[]
  /** For `explained`: what the server's words mean, which is no gate, such as a limit. */
  explained: readonly Entry[]
  /** For `unreachable`: why no answer came that counts, in a sentence. */
  unreachable?: string
  next: Diagnosis['next']
  /** Something was changed after every one of these refusals: `next` is `test-again`, or `test-message`. */
  changedSince: boolean
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
      const failed = diagnosis.outcome === 'refused' || diagnosis.outcome === 'unreachable'
      if (!failed && diagnosis.shut.length === 0) continue
      add(groups, diagnosis, address, protocol)
    }
  const total = addresses.length * protocols.length
  const told = [...groups.values()].sort((left, right) => right.count - left.count).map(finish)
  return { total, outcomes, groups: told, lines: [...outcomeLines(total, outcomes), ...told.map(({ says }) => says)] }
}

function add(groups: Map<string, Growing>, diagnosis: Diagnosis, address: string, protocol: Protocol) {
  const { shut, next, said, changedSince = false } = diagnosis
  const kind = kindOf(diagnosis)
  const candidates = kind === 'candidates' ? diagnosis.candidates : []
  const explained = kind === 'explained' ? (diagnosis.explained ?? []) : []
  const unreachable = kind === 'unreachable' ? diagnosis.unreachable : undefined
  // What opens a gate is the same, whatever comes after.
  let key = kind === 'shut' ? kind : `${kind} ${next} ${changedSince}`
  if (kind === 'shut') for (const one of shut) key += ` ${keyOf(one)}`
  for (const { gate, entry } of candidates) key += ` ${gate}/${entry.id}`
  for (const { id } of explained) key += ` ${id}`
  if (unreachable) key += ` ${withoutQuoted(unreachable)}`
  const group = groups.get(key)
  if (group) {
    if (group.changedSince && (!changedSince || next === 'test-again')) {
      group.changedSince = changedSince
      group.next = next
    }
    group.count += 1
    group.every.add(address)
    group.by.add(protocol)
    return
  }
  const gates = [...new Set([...shut, ...candidates].map(({ gate }) => gate))]
  const example = { address, protocol, said }
  groups.set(key, {
    ...{ kind, gates, shut, candidates, explained, unreachable, next, changedSince, count: 1, example },
    every: new Set([address]),
    by: new Set([protocol])
  })
}

/** One cause may have several titles and fixes: IMAP or POP is off, this permission or that is missing. */
const keyOf = ({ gate, entry, title, fix }: Shut) => `${gate}/${entry?.id} ${title} ${fix.says.join(' ')}`

function kindOf({ outcome, shut, candidates, explained }: Diagnosis): Group['kind'] {
  if (shut.length > 0) return 'shut'
  if (outcome === 'unreachable') return 'unreachable'
  if (candidates.length > 0) return 'candidates'
  return explained ? 'explained' : 'unexplained'
}

/** What something in between answered differs from one login to the next, and is quoted. */
const withoutQuoted = (sentence: string) => sentence.replace(/“[^”]*”/g, '')

function finish({ every, by, ...group }: Growing): Group {
  const mailboxes = every.size
  const named = { ...group, mailboxes, protocols: [...by], addresses: [...every].slice(0, namedMax) }
  return { ...named, says: groupLine(named) }
}

function groupLine(group: Omit<Group, 'says'>): string {
  const { mailboxes, protocols, changedSince, next } = group
  const again = next === 'test-message' ? 'send a test message again' : 'test again'
  const whose = `${counted(mailboxes, 'mailbox')} (${protocols.join(', ')})`
  return `${whose}: ${causeOf(group)}${changedSince ? ` Changed since this test: ${again}.` : ''}`
}

function causeOf({ kind, gates, shut, explained, unreachable, changedSince, example }: Omit<Group, 'says'>): string {
  const quoted = (titles: readonly string[]) => titles.map(title => `“${title}”`).join(', ')
  switch (kind) {
    case 'shut':
      return `${shut.map(({ title }) => title).join('; ')}.`
    case 'candidates': {
      const may = `, and ${counted(gates.length, 'gate')} may be shut: ${quoted(gates.map(gate => titleOf(gate, example.protocol)))}`
      return `refused${changedSince ? '' : may}.`
    }
    case 'explained':
      return `refused, and no gate is the cause: ${quoted(explained.map(({ title }) => title))}.`
    case 'unexplained':
      return changedSince ? 'refused.' : 'refused, and no known gate explains it.'
    case 'unreachable':
      return `not reached. ${unreachable ?? ''}`.trim()
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
