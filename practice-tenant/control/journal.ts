// Counting what the journal holds. The rule it keeps: requests that overlap in time do not wait for one another, so
// the longest chain is the greatest number of requests of which none began before the former had ended.

import type { JournalEntry } from '../practice.ts'

export type JournalSummary = {
  count: number
  /** How many were sent one after another at most. */
  longestChain: number
  writes: number
}

export function summarize(entries: readonly JournalEntry[]): JournalSummary {
  const byEnd = [...entries].sort((left, right) => left.endedAt - right.endedAt)
  let freeAt = Number.NEGATIVE_INFINITY
  let longestChain = 0
  for (const { startedAt, endedAt } of byEnd) {
    if (startedAt < freeAt) continue
    longestChain += 1
    freeAt = endedAt
  }
  const writing = ({ method, path, parts = [] }: JournalEntry) =>
    path.endsWith('/$batch') ? parts.filter(part => part.method !== 'GET').length : method === 'GET' ? 0 : 1
  const writes = entries.reduce((sum, entry) => sum + writing(entry), 0)
  return { count: entries.length, longestChain, writes }
}
