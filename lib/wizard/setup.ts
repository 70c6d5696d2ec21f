// A setup as the steps know it, made from its row.
import 'server-only'
import { randomUUID } from 'node:crypto'
import type { CloudRow } from '../microsoft/clouds.ts'
import type { Protocol, Setup, Standing, Step } from '../steps/step.ts'
import type { Seen, SeenById } from './journey.ts'
import type { Kept } from './sightings.ts'
import type { SetupRow } from './store.ts'

export function seenById(row: Pick<SetupRow, 'sightings'>): SeenById {
  return Object.fromEntries(
    row.sightings.map(({ stepId, source, standing, at }) => [
      stepId,
      { source: source as Seen['source'], standing: standing as unknown as Standing, at }
    ])
  )
}

export function setupOf(row: SetupRow, cloud: CloudRow, who: Pick<Setup, 'admin' | 'wizardClientId'>): Setup {
  const seen = seenById(row)
  return {
    id: row.id,
    name: row.name,
    protocols: row.protocols as Protocol[],
    cloud: publicCloud(cloud),
    tenantId: row.tenantId ?? undefined,
    findsBy: row.findsBy === 'tag' ? 'tag' : 'uniqueName',
    wizardClientId: who.wizardClientId,
    admin: who.admin,
    mailboxes: row.mailboxes.map(mailbox => mailbox.address),
    exchange: row.exchange,
    proof: row.proof,
    secrets: row.credentials.map(({ attemptId, name, keyId, storedAt, createdAt }) => ({
      attemptId,
      name,
      keyId: keyId ?? undefined,
      stored: storedAt !== null,
      createdAt
    })),
    now: new Date(),
    nextAttemptId: randomUUID(),
    answered<A>(step: Step<A>) {
      return row.answers.find(answer => answer.stepId === step.id)?.value as A | undefined
    },
    found<A, F>(step: Step<A, F>) {
      const standing = seen[step.id]?.standing
      return standing?.kind === 'done' ? (standing.found as F) : undefined
    },
    lastFound<A, F>(step: Step<A, F>) {
      const standing: Kept | undefined = seen[step.id]?.standing
      return (standing?.kind === 'done' ? standing.found : standing?.lastFound) as F | undefined
    }
  }
}

/** The cloud without the wizard's own credential. */
function publicCloud({ wizard: _, ...cloud }: CloudRow) {
  return cloud
}
