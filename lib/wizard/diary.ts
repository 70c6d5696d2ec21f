// The diary of a setup, a page at a time, in words.
import 'server-only'
import { readDiary } from './store.ts'

const pageSize = 50

export type DiaryLine = {
  id: string
  at: string
  who: string
  says: string
  outcome: string
  request: string | undefined
}

const outcomes: Record<string, string> = {
  answer: 'answered',
  change: 'done',
  refused: 'refused by Microsoft',
  silence: 'no answer from Microsoft',
  word: 'said by a person',
  note: 'noted'
}

export async function diaryPage(
  setupId: string,
  before: string | undefined
): Promise<{ entries: readonly DiaryLine[]; next: string | undefined }> {
  const rows = await readDiary(setupId, pageSize + 1, before && /^\d{1,18}$/.test(before) ? BigInt(before) : undefined)
  const entries = rows.slice(0, pageSize).map(row => ({
    id: String(row.id),
    at: row.at.toISOString(),
    who: row.who,
    says: row.says,
    outcome: outcomes[row.kind] ?? row.kind,
    request: row.method
      ? [row.method, row.path, row.status, row.requestId && `request ID ${row.requestId}`].filter(Boolean).join(' ')
      : undefined
  }))
  return { entries, next: rows.length > pageSize ? entries.at(-1)?.id : undefined }
}
