// The rows of a diary from its beginning on, for who takes all of them.
import 'server-only'
import { database } from '../db/client.ts'

/** Onward from its beginning: what comes after `after`, up to `last`. */
export function readDiaryOn(setupId: string, take: number, after: bigint | undefined, last: bigint) {
  const id = { lte: last, ...(after === undefined ? {} : { gt: after }) }
  return database().logEntry.findMany({ where: { setupId, id }, orderBy: { id: 'asc' }, take })
}

export async function lastInDiary(setupId: string): Promise<bigint | undefined> {
  const row = await database().logEntry.findFirst({ where: { setupId }, orderBy: { id: 'desc' }, select: { id: true } })
  return row?.id
}
