// What was seen of Exchange and of the logins, kept for a setup. The rule it keeps: no token, no secret and no pasted text
// gets here, only what they said.
import 'server-only'
import { database } from '../db/client.ts'
import { Prisma } from '../db/generated/client.ts'
import type { LoginEvidence, LoginResult, Sent, TokenEvidence } from '../gates/evidence.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Problem, ProofCount, Protocol } from '../steps/step.ts'

/** More receipts of one application than a person pastes while one of them still counts. */
export const receiptsRead = 20

/** What the newest token said, from the setup's row. */
export const tokenOf = (row: { token: Prisma.JsonValue }) =>
  (row.token ?? undefined) as unknown as TokenEvidence | undefined

const json = (value: unknown) => value as Prisma.InputJsonValue

/** Keeps looks at Exchange, oldest first. */
export async function saveReceipts(setupId: string, looks: readonly ExchangeEvidence[]): Promise<void> {
  await database().receipt.createMany({ data: looks.map(evidence => ({ setupId, evidence: json(evidence) })) })
}

/** The newest looks at Exchange that are about an application, newest first; none of an application that is not known. */
export async function readReceipts(setupId: string, appId: string | undefined): Promise<readonly ExchangeEvidence[]> {
  if (!appId) return []
  const rows = await database().receipt.findMany({
    where: { setupId, evidence: { path: ['appId'], equals: appId } },
    orderBy: { id: 'desc' },
    take: receiptsRead
  })
  return rows.map(({ evidence }) => evidence as unknown as ExchangeEvidence)
}

export async function saveToken(setupId: string, token: TokenEvidence): Promise<void> {
  await database().setup.update({ where: { id: setupId }, data: { token: json(token) } })
}

/** The newest login takes the place of the one before; a test message that was sent earlier stays proved. */
export async function saveProof(setupId: string, { address, protocol, at, result }: LoginEvidence): Promise<void> {
  const when = new Date(at)
  const value = {
    at: when,
    kind: result.kind,
    result: json(result),
    ...(result.kind === 'accepted' && { acceptedAt: when })
  }
  await database().proof.upsert({
    where: { setupId_address_protocol: { setupId, address, protocol } },
    create: { setupId, address, protocol, ...value },
    update: value
  })
}

/** What became of a test message. A message that was accepted or refused had a login that was accepted. */
export async function saveSent(setupId: string, address: string, sent: Sent): Promise<void> {
  const accepted: LoginResult = { kind: 'accepted' }
  const at = new Date(sent.at)
  const value = { at, kind: 'accepted', result: json(accepted), acceptedAt: at, sent: json(sent) }
  await database().proof.upsert({
    where: { setupId_address_protocol: { setupId, address, protocol: 'SMTP' } },
    create: { setupId, address, protocol: 'SMTP', ...value },
    update: value
  })
}

/** Another application or another Object ID: what was proved says nothing any more. */
export async function dropProofs(setupId: string): Promise<void> {
  await database().proof.deleteMany({ where: { setupId } })
  await database().setup.updateMany({ where: { id: setupId }, data: { token: Prisma.DbNull } })
}

/** The newest logins of the mailboxes that are in the setup's list now; `token` is the newest token's evidence. */
export async function countProofs(setupId: string, token: TokenEvidence | undefined): Promise<ProofCount> {
  const rows = await database().$queryRaw<Counted[]>`
    SELECT p."kind", max(p."at") AS "newest", count(*)::int AS "count",
           (count(*) FILTER (WHERE p."sent"->>'kind' = 'accepted'))::int AS "sent",
           (count(*) FILTER (WHERE p."sent"->>'kind' = 'refused'))::int AS "sendRefused"
    FROM "Proof" p JOIN "Mailbox" m ON m."setupId" = p."setupId" AND m."address" = p."address"
    WHERE p."setupId" = ${setupId}::uuid GROUP BY p."kind"`
  const opened = await database().$queryRaw<{ address: string; at: Date }[]>`
    SELECT p."address", max(p."acceptedAt") AS "at"
    FROM "Proof" p JOIN "Mailbox" m ON m."setupId" = p."setupId" AND m."address" = p."address"
    WHERE p."setupId" = ${setupId}::uuid AND p."acceptedAt" IS NOT NULL AND p."protocol" IN ('IMAP', 'POP')
    GROUP BY p."address"`
  return proofOf(rows, opened, token)
}

/** What there is to say before the first login. */
export const noProof = (token: TokenEvidence | undefined): ProofCount => proofOf([], [], token)

function proofOf(
  rows: readonly Counted[],
  opened: readonly { address: string; at: Date }[],
  token: TokenEvidence | undefined
): ProofCount {
  const sum = (kind: string) => rows.find(row => row.kind === kind)?.count ?? 0
  const total = (what: 'sent' | 'sendRefused') => rows.reduce((all, row) => all + row[what], 0)
  const newest = Math.max(Number.NEGATIVE_INFINITY, ...rows.map(row => row.newest.getTime()))
  return {
    accepted: sum('accepted'),
    refused: sum('refused'),
    unreachable: sum('unreachable'),
    sent: total('sent'),
    sendRefused: total('sendRefused'),
    opened: opened.map(({ address, at }) => ({ address, at: at.toISOString() })),
    noToken: token && Date.parse(token.at) > newest ? noTokenProblem(token) : undefined
  }
}

type Counted = { kind: string; newest: Date; count: number; sent: number; sendRefused: number }

/** Nothing was to be changed, so nothing can be half done. */
const noAnswer: Problem = {
  id: 'no-token-answer',
  couldNotLook: true,
  title: 'Microsoft’s token endpoint did not answer',
  happened: 'The connection broke, or the answer took too long. Without a token no mail server was asked.',
  todo: ['Test again in a moment.']
}

function noTokenProblem(token: TokenEvidence): Problem | undefined {
  if (token.kind === 'given') return undefined
  return token.kind === 'refused' ? token.problem : noAnswer
}

/** Every newest login of a setup, and the newest accepted one where that is older; by address and protocol. */
export async function readLogins(setupId: string): Promise<readonly LoginEvidence[]> {
  const rows = await database().proof.findMany({
    where: { setupId },
    orderBy: [{ address: 'asc' }, { protocol: 'asc' }]
  })
  return rows.flatMap(({ address, protocol: name, at, result, acceptedAt, sent }) => {
    const protocol = name as Protocol
    const newest: LoginEvidence = {
      address,
      protocol,
      at: at.toISOString(),
      result: withSent(result as unknown as LoginResult, sent as unknown as Sent | null)
    }
    if (!acceptedAt || acceptedAt >= at) return [newest]
    const before = withSent({ kind: 'accepted' }, sent as unknown as Sent | null)
    return [{ address, protocol, at: acceptedAt.toISOString(), result: before }, newest]
  })
}

/** When a step last changed something in the tenant, as the diary has it. */
export async function lastChangeAt(setupId: string, stepId: string): Promise<Date | undefined> {
  const entry = await database().logEntry.findFirst({
    where: { setupId, stepId, kind: 'change' },
    orderBy: { id: 'desc' }
  })
  return entry?.at
}

const withSent = (result: LoginResult, sent: Sent | null): LoginResult =>
  result.kind === 'accepted' && sent ? { ...result, sent } : result
