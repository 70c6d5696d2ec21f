// What the database keeps of a setup, in memory, and the engine's Ports on it.
// The rule it keeps: it remembers what lib/wizard/store.ts and sightings.ts remember, and nothing more.
import type { Tenant } from '../../lib/microsoft/graph.ts'
import type { Change, Cloud, KnownSecret, Protocol, Setup, Standing, Step } from '../../lib/steps/step.ts'
import type { Outcome } from '../../lib/wizard/outcome.ts'
import type { Ports } from '../../lib/wizard/run.ts'
import type { Clock } from './tenant.ts'

export type Sighting = { source: 'graph' | 'person'; standing: Standing & { lastFound?: unknown } }

export type Memory = {
  id: string
  name: string
  protocols: readonly Protocol[]
  findsBy: Setup['findsBy']
  answers: Record<string, unknown>
  sightings: Record<string, Sighting | undefined>
  secrets: KnownSecret[]
  mailboxes: readonly string[]
  /** Key IDs whose values this browser was shown. */
  shown: string[]
  attempts: number
}

export const setupId = 'c0ffee00-0000-4000-8000-000000000001'

export function newMemory(given: Partial<Memory> = {}): Memory {
  return {
    id: setupId,
    name: 'Invoices',
    protocols: ['IMAP', 'POP', 'SMTP'],
    findsBy: 'uniqueName',
    answers: {},
    sightings: {},
    secrets: [],
    mailboxes: ['invoices@contoso.example'],
    shown: [],
    attempts: 0,
    ...given
  }
}

/** The setup as the steps know it. */
export function setupOf(memory: Memory, cloud: Cloud, tenantId: string, now: Date): Setup {
  return {
    id: memory.id,
    name: memory.name,
    protocols: memory.protocols,
    cloud,
    tenantId,
    findsBy: memory.findsBy,
    wizardClientId: undefined,
    admin: { username: 'ada@contoso.example', guest: false },
    mailboxes: memory.mailboxes,
    exchange: [],
    proof: { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [] },
    secrets: memory.secrets,
    now,
    nextAttemptId: `${memory.id.slice(0, -4)}${String(9000 + memory.attempts)}`,
    answered<A>(step: Step<A>) {
      return memory.answers[step.id] as A | undefined
    },
    found<A, F>(step: Step<A, F>) {
      const standing = memory.sightings[step.id]?.standing
      return standing?.kind === 'done' ? (standing.found as F) : undefined
    },
    lastFound<A, F>(step: Step<A, F>) {
      const standing = memory.sightings[step.id]?.standing
      return (standing?.kind === 'done' ? standing.found : standing?.lastFound) as F | undefined
    }
  }
}

/** A person's word outlives a look that cannot tell, as in lib/wizard/sightings.ts. */
export function remember(memory: Memory, step: Step, source: Sighting['source'], standing: Standing): void {
  const before = memory.sightings[step.id]
  if (standing.kind === 'unseen' && before?.standing.kind === 'done' && before.source === 'person') return
  if (standing.kind === 'blocked' && standing.problem.reference && before?.standing.kind === 'done') return
  // Through JSON, as the database keeps it: what a standing loses there must not be needed.
  const was = before?.standing
  const lastFound = was?.kind === 'done' ? was.found : was?.lastFound
  const kept = standing.kind === 'done' ? standing : { ...standing, lastFound }
  memory.sightings[step.id] = { source, standing: JSON.parse(JSON.stringify(kept)) as Sighting['standing'] }
}

export type Watch = {
  saw?(step: Step, standing: Standing): void
  happened?(step: Step, change: Change, outcome: Outcome): void
}

type Wired = { memory: Memory; tenant: Tenant; cloud: Cloud; tenantId: string; clock: Clock; watch?: Watch }

export function portsOn({ memory, tenant, cloud, tenantId, clock, watch }: Wired): Ports {
  return {
    tenant,
    setup: async () => setupOf(memory, cloud, tenantId, new Date(clock.nowMs())),
    async saw(step, standing) {
      watch?.saw?.(step, standing)
      remember(memory, step, 'graph', standing)
    },
    async attempted(change, attemptId) {
      const { passwordCredential } = change.body as { passwordCredential: { displayName: string } }
      const createdAt = new Date(clock.nowMs())
      memory.attempts += 1
      memory.secrets = [
        ...memory.secrets,
        { attemptId, name: passwordCredential.displayName, keyId: undefined, stored: false, createdAt }
      ]
    },
    async happened(step, change, outcome, attemptId) {
      watch?.happened?.(step, change, outcome)
      if (!change.revealsOnce || outcome.kind !== 'landed') return
      const { keyId, secretText } = outcome.landed.body as { keyId: string; secretText: string }
      if (!secretText) throw new Error('The answer held no secret')
      memory.shown.push(keyId)
      memory.secrets = memory.secrets.map(one => (one.attemptId === attemptId ? { ...one, keyId } : one))
    },
    async noUpsert() {
      memory.findsBy = 'tag'
    },
    stillOurs: async () => true,
    nowMs: clock.nowMs,
    sleep: clock.sleep
  }
}

/** The person says that the secrets they were shown are stored. */
export function storeSecrets(memory: Memory): number {
  const waiting = memory.secrets.filter(one => one.keyId !== undefined && !one.stored)
  memory.secrets = memory.secrets.map(one => (one.keyId === undefined ? one : { ...one, stored: true }))
  return waiting.length
}
