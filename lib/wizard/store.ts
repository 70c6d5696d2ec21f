// Setups and what was answered, seen and done in them. The rule it keeps: transactions are short, nothing in one waits
// on the network, and a setup's tenant is set once.
import 'server-only'
import { database } from '../db/client.ts'
import type { Prisma } from '../db/generated/client.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Person } from '../session/session.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { type Registered, registerTheApplication } from '../steps/register-the-application.ts'
import type { Runner } from '../steps/scripts.ts'
import type { ProofCount, Protocol, Source, Standing } from '../steps/step.ts'
import { countProofs, noProof, readReceipts, tokenOf } from './evidence-store.ts'

const everything = {
  answers: true,
  sightings: true,
  credentials: { orderBy: { createdAt: 'asc' } },
  mailboxes: { orderBy: { position: 'asc' } },
  _count: { select: { proofs: true, receipts: true } }
} satisfies Prisma.SetupInclude

export type SetupRow = Omit<Prisma.SetupGetPayload<{ include: typeof everything }>, '_count'> & {
  proof: ProofCount
  /** Looks at Exchange that are about the application of this setup, newest first; none before it is known. */
  exchange: readonly ExchangeEvidence[]
}

/** The person, and a workspace of their own. Two statements that each mind a twin: made in one with the other, the row
 *  would be looked for first and created second, and two first sign-ins at the same moment would collide. */
export async function rememberPerson(person: Omit<Person, 'id'>): Promise<Person> {
  const { cloud, tenantId, objectId, name, username } = person
  const row = await database().person.upsert({
    where: { cloud_tenantId_objectId: { cloud, tenantId, objectId } },
    create: { cloud, tenantId, objectId, name, username },
    update: { name, username }
  })
  await database().workspace.createMany({ data: [{ ownerId: row.id }], skipDuplicates: true })
  return row
}

const mine = (personId: string) => ({ workspace: { ownerId: personId } })

/** The person's setups, last touched first; `before` is the last row of the page before. */
export function listSetups(personId: string, take: number, before?: { touchedAt: Date; id: string }) {
  const older = before && {
    OR: [{ touchedAt: { lt: before.touchedAt } }, { touchedAt: before.touchedAt, id: { lt: before.id } }]
  }
  return database().setup.findMany({
    where: { ...mine(personId), ...older },
    orderBy: [{ touchedAt: 'desc' }, { id: 'desc' }],
    take,
    include: { sightings: true }
  })
}

export async function createSetup(
  personId: string,
  setup: { name: string; protocols: readonly Protocol[]; cloud: string }
) {
  const workspace = await database().workspace.findUniqueOrThrow({ where: { ownerId: personId } })
  return database().setup.create({
    data: { workspaceId: workspace.id, name: setup.name, protocols: [...setup.protocols], cloud: setup.cloud }
  })
}

/** A setup of this person, or undefined: somebody else's looks just like none. */
export async function findSetup(personId: string, setupId: string): Promise<SetupRow | undefined> {
  const row = await database().setup.findFirst({ where: { id: setupId, ...mine(personId) }, include: everything })
  if (!row) return undefined
  const { _count, ...rest } = row
  // Until the connection is tested, which is on nearly every page, there is nothing to count.
  const [proof, exchange] = await Promise.all([
    _count.proofs > 0 ? countProofs(setupId, tokenOf(row)) : noProof(tokenOf(row)),
    _count.receipts > 0 ? readReceipts(setupId, applicationOf(row.sightings)) : []
  ])
  return { ...rest, proof, exchange }
}

/** The application (client) ID that was seen last. */
function applicationOf(sightings: readonly { stepId: string; standing: Prisma.JsonValue }[]): string | undefined {
  const seen = sightings.find(({ stepId }) => stepId === registerTheApplication.id)
  const standing = seen?.standing as unknown as Standing<Registered> | undefined
  return standing?.kind === 'done' ? standing.found.appId : undefined
}

export async function forgetSetup(setupId: string): Promise<void> {
  await database().setup.deleteMany({ where: { id: setupId } })
}

/** Names the tenant of a setup, once. False when it names another already. */
export async function nameTenant(setupId: string, tenantId: string): Promise<boolean> {
  const { count } = await database().setup.updateMany({
    where: { id: setupId, OR: [{ tenantId: null }, { tenantId }] },
    data: { tenantId, touchedAt: new Date() }
  })
  return count === 1
}

export async function noteNoUpsert(setupId: string): Promise<void> {
  await database().setup.update({ where: { id: setupId }, data: { findsBy: 'tag' } })
}

export async function saveAnswer(setupId: string, stepId: string, value: unknown): Promise<void> {
  const json = value as Prisma.InputJsonValue
  const at = new Date()
  await database().$transaction([
    database().answer.upsert({
      where: { setupId_stepId: { setupId, stepId } },
      create: { setupId, stepId, value: json, at },
      update: { value: json, at }
    }),
    database().setup.update({ where: { id: setupId }, data: { touchedAt: at } })
  ])
}

/** Who runs the scripts, until somebody says otherwise: the first admin who entered to change the tenant,
 *  also after their session. */
export async function noteRunner(setupId: string, runner: Runner): Promise<void> {
  const data = [{ setupId, stepId: registerInExchange.id, value: runner as Prisma.InputJsonValue }]
  await database().answer.createMany({ data, skipDuplicates: true })
}

export async function readMailboxList(setupId: string): Promise<readonly string[]> {
  const rows = await database().mailbox.findMany({ where: { setupId }, orderBy: { position: 'asc' } })
  return rows.map(row => row.address)
}

/** Replaces the list of mailboxes. Addresses are unique and keep their order. Touching the setup first makes two savers
 *  wait for each other. False, and nothing is replaced, when the list is not `present` any more. */
export function saveMailboxes(
  setupId: string,
  mailboxes: readonly string[],
  present?: readonly string[]
): Promise<boolean> {
  return database().$transaction(async tx => {
    await tx.setup.update({ where: { id: setupId }, data: { touchedAt: new Date() } })
    const rows = await tx.mailbox.findMany({ where: { setupId }, orderBy: { position: 'asc' } })
    if (present && rows.map(row => row.address).join('\n') !== present.join('\n')) return false
    await tx.mailbox.deleteMany({ where: { setupId } })
    await tx.mailbox.createMany({ data: rowsOf(setupId, mailboxes) })
    return true
  })
}

/** Adds to the list as it is now, up to `max` addresses; the number added, or undefined when it would be too long. */
export function addMailboxes(setupId: string, more: readonly string[], max: number): Promise<number | undefined> {
  return database().$transaction(async tx => {
    await tx.setup.update({ where: { id: setupId }, data: { touchedAt: new Date() } })
    const rows = await tx.mailbox.findMany({ where: { setupId }, orderBy: { position: 'asc' } })
    const known = new Set(rows.map(row => row.address))
    const fresh = more.filter(address => !known.has(address))
    if (rows.length + fresh.length > max) return undefined
    const from = (rows.at(-1)?.position ?? -1) + 1
    await tx.mailbox.createMany({ data: rowsOf(setupId, fresh, from) })
    return fresh.length
  })
}

const rowsOf = (setupId: string, addresses: readonly string[], from = 0) =>
  addresses.map((address, index) => ({ setupId, address, position: from + index }))

export async function saveSighting(setupId: string, stepId: string, source: Source, standing: Standing): Promise<void> {
  const value = { source, standing: standing as unknown as Prisma.InputJsonValue, at: new Date() }
  await database().sighting.upsert({
    where: { setupId_stepId: { setupId, stepId } },
    create: { setupId, stepId, ...value },
    update: value
  })
}

export async function dropSightings(setupId: string, stepIds: readonly string[]): Promise<void> {
  await database().sighting.deleteMany({ where: { setupId, stepId: { in: [...stepIds] } } })
}

/** Before a secret is asked for: its name, so that it is found again should the answer be lost. */
export async function noteAttempt(setupId: string, attemptId: string, name: string): Promise<void> {
  await database().credential.create({ data: { setupId, attemptId, name } })
}

/** Also where its attempt was let go of meanwhile: a secret that exists is never forgotten. */
export async function noteSecret(
  setupId: string,
  attemptId: string,
  known: { name: string; keyId: string; hint: string | undefined; expiresAt: Date }
): Promise<void> {
  const where = { setupId_attemptId: { setupId, attemptId } }
  await database().credential.upsert({ where, create: { setupId, attemptId, ...known }, update: known })
}

/** The person's word that this secret is stored; said twice it holds as well. False where the setup has none of this key ID. */
export async function noteStored(setupId: string, keyId: string): Promise<boolean> {
  await database().credential.updateMany({ where: { setupId, keyId, storedAt: null }, data: { storedAt: new Date() } })
  return (await database().credential.count({ where: { setupId, keyId, storedAt: { not: null } } })) > 0
}

/** Whether a secret of the setup's own that still opens something is stored, by the person's word. */
export async function hasStored(setupId: string): Promise<boolean> {
  const alive = { keyId: { not: null }, storedAt: { not: null }, expiresAt: { gt: new Date() } }
  return (await database().credential.count({ where: { setupId, ...alive } })) > 0
}

/** A secret that a person made by hand and stored: only their word is known of it. Said twice, it is kept once. */
export async function noteByHand(setupId: string, attemptId: string): Promise<void> {
  const said = await database().credential.count({ where: { setupId, keyId: null, storedAt: { not: null } } })
  if (said === 0)
    await database().credential.create({ data: { setupId, attemptId, name: 'made by hand', storedAt: new Date() } })
}

/** Secrets of one application, and what was said of them, say nothing about another's. */
export async function dropSecrets(setupId: string): Promise<void> {
  await database().credential.deleteMany({ where: { setupId } })
}

export type Entry = {
  stepId?: string
  who: string
  kind: 'answer' | 'change' | 'refused' | 'silence' | 'word' | 'note'
  says: string
  method?: string
  path?: string
  status?: number
  requestId?: string
}

export async function writeDiary(setupId: string, entry: Entry): Promise<void> {
  await database().logEntry.create({ data: { setupId, ...entry } })
}

/** The diary, newest first; `before` is the last ID of the page before. */
export function readDiary(setupId: string, take: number, before?: bigint) {
  return database().logEntry.findMany({
    where: { setupId, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take
  })
}

/** The value of this secret is lost: without its key ID it reads as an orphan. False where it does not wait any more. */
export async function loseSecret(setupId: string, keyId: string): Promise<boolean> {
  const where = { setupId, keyId, storedAt: null }
  return (await database().credential.updateMany({ where, data: { keyId: null } })).count > 0
}
