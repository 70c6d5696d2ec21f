// One run per setup at a time, whichever server it is on: a lease is a row, and who has it and since when is told.
// The rule it keeps: only the database's clock counts, so a server whose clock is wrong neither takes a living lease nor
// keeps a dead one.
import 'server-only'
import { randomUUID } from 'node:crypto'
import { database } from '../db/client.ts'

/** Short, so that the lease of a server that died soon ends; renewed while the run lives. */
export const leaseMs = 12_000
const renewEveryMs = 4_000
/** No run takes as long: a request of the browser walks for 20 s, and ten test messages take 150 s at most. One that hangs (on a
 *  database that says nothing, say) is not held up for ever, and may not go on when it comes back. */
const runMaxMs = 5 * 60_000

const usual = { leaseMs, renewEveryMs, runMaxMs }

export type Taken = { taken: true; holder: string } | { taken: false; who: string; since: Date }

/** Takes the setup's lease, or says who has it. A lease that ran out is free; the holder renews it by taking it again.
 *  Columns hold UTC without a zone, as Prisma reads and writes them. */
export async function takeLease(
  setupId: string,
  who: string,
  forMs: number,
  holder: string = randomUUID()
): Promise<Taken> {
  const rows = await database().$queryRaw<{ holder: string }[]>`
    INSERT INTO "Lease" ("setupId", "holder", "who", "since", "until")
    SELECT ${setupId}::uuid, ${holder}, ${who}, "now", "now" + ${forMs}::int * interval '1 millisecond'
    FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS "now") AS "clock"
    ON CONFLICT ("setupId") DO UPDATE
      SET "holder" = EXCLUDED."holder", "who" = EXCLUDED."who", "until" = EXCLUDED."until",
          "since" = CASE WHEN "Lease"."holder" = EXCLUDED."holder" THEN "Lease"."since" ELSE EXCLUDED."since" END
      WHERE "Lease"."holder" = EXCLUDED."holder" OR "Lease"."until" < EXCLUDED."since"
    RETURNING "holder"`
  if (rows.length === 1) return { taken: true, holder }
  const lease = await database().lease.findUnique({ where: { setupId } })
  return lease ? { taken: false, who: lease.who, since: lease.since } : takeLease(setupId, who, forMs, holder)
}

/** Who has the setup's lease now, if anybody. */
export async function findLease(setupId: string): Promise<{ who: string; since: Date } | undefined> {
  const [lease] = await database().$queryRaw<{ who: string; since: Date }[]>`
    SELECT "who", "since" FROM "Lease"
    WHERE "setupId" = ${setupId}::uuid AND "until" > clock_timestamp() AT TIME ZONE 'UTC'`
  return lease
}

/** Keeps a lease that is still held. False when it ran out and went to somebody else, or was given back. */
export async function renewLease(setupId: string, holder: string, forMs: number): Promise<boolean> {
  const count = await database().$executeRaw`
    UPDATE "Lease" SET "until" = clock_timestamp() AT TIME ZONE 'UTC' + ${forMs}::int * interval '1 millisecond'
    WHERE "setupId" = ${setupId}::uuid AND "holder" = ${holder}`
  return count === 1
}

export async function releaseLease(setupId: string, holder: string): Promise<void> {
  await database().lease.deleteMany({ where: { setupId, holder } })
}

export type Busy = { kind: 'busy'; who: string; since: Date }
/** How a run ends that lost its lease in the middle. */
export type TakenAway = { kind: 'taken' }
export type Lease = {
  /** False when it was lost to somebody else, or held for longer than any run takes. Asked before whatever must not be done
   *  twice. */
  isStillOurs(): Promise<boolean>
}

/**
 * A run under the setup's lease, which is given back at its end, however it ends.
 * @returns what the run returned, or that somebody else's is under way
 */
export async function* underLease<Event, Ended>(
  setupId: string,
  who: string,
  run: (lease: Lease) => AsyncGenerator<Event, Ended>,
  times = usual
): AsyncGenerator<Event, Ended | Busy> {
  const held = await hold(setupId, who, times)
  if (held.kind === 'busy') return held
  try {
    return yield* run(held)
  } finally {
    await held.giveBack()
  }
}

/** An action under the setup's lease, or who is at work in place of it. */
export async function actUnderLease<Done>(
  setupId: string,
  who: string,
  act: () => Promise<Done>
): Promise<{ kind: 'done'; done: Done } | Busy> {
  const held = await hold(setupId, who, usual)
  if (held.kind === 'busy') return held
  try {
    return { kind: 'done', done: await act() }
  } finally {
    await held.giveBack()
  }
}

type Held = Lease & { kind: 'held'; giveBack(): Promise<void> }

async function hold(setupId: string, who: string, times: typeof usual): Promise<Held | Busy> {
  const taken = await takeLease(setupId, who, times.leaseMs)
  if (!taken.taken) return { kind: 'busy', who: taken.who, since: taken.since }
  const begunMs = performance.now()
  const isStillOurs = async () =>
    performance.now() - begunMs < times.runMaxMs && (await renewLease(setupId, taken.holder, times.leaseMs))
  // A renewal that fails is noticed by the run itself, before its next write.
  const renewal = setInterval(() => void isStillOurs().catch(() => undefined), times.renewEveryMs)
  const giveBack = () => {
    clearInterval(renewal)
    return releaseLease(setupId, taken.holder)
  }
  return { kind: 'held', isStillOurs, giveBack }
}

/** What somebody is told whose action has to wait for a run. */
export const atWork = ({ who, since }: Pick<Busy, 'who' | 'since'>, then: string) =>
  `A run is at work on this setup: ${who} began it at ${since.toISOString().slice(11, 19)} UTC. Wait until it has ended, then ${then}. A run that was cut off ends by itself within seconds.`
