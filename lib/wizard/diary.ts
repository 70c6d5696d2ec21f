// The diary of a setup in words: a page at a time for people, the whole of it as files, and what is noted in it besides
// what the engine does.
import 'server-only'
import { csvOf } from '../csv.ts'
import { findStep } from '../steps/index.ts'
import { lastInDiary, readDiaryOn } from './diary-store.ts'
import type { AtSetup, AtStep } from './door.ts'
import { readDiary, writeDiary } from './store.ts'
import { whoOf } from './who.ts'

const pageSize = 50
/** Enough for few round trips, and few enough to be forgotten before the next are read. */
const filePageSize = 1_000

export type DiaryLine = {
  id: string
  at: string
  who: string
  step: string | undefined
  says: string
  outcome: string
  method: string | undefined
  path: string | undefined
  status: number | undefined
  requestId: string | undefined
}

const outcomes: Record<string, string> = {
  answer: 'answered',
  change: 'done',
  refused: 'refused by Microsoft',
  silence: 'no answer from Microsoft',
  word: 'said by a person',
  note: 'noted'
}

type Row = Awaited<ReturnType<typeof readDiary>>[number]

const lineOf = (row: Row): DiaryLine => ({
  id: String(row.id),
  at: row.at.toISOString(),
  who: row.who,
  step: row.stepId === null ? undefined : (findStep(row.stepId)?.title ?? row.stepId),
  says: row.says,
  // Whether it happened is as unknown as without an answer; but this one has Microsoft's reference.
  outcome: row.kind === 'silence' && row.status !== null ? 'fault at Microsoft' : (outcomes[row.kind] ?? row.kind),
  method: row.method ?? undefined,
  path: row.path ?? undefined,
  status: row.status ?? undefined,
  requestId: row.requestId ?? undefined
})

/** Newest first; `before` is the last ID of the page before. */
export async function diaryPage(
  setupId: string,
  before: string | readonly string[] | undefined
): Promise<{ entries: readonly DiaryLine[]; next: string | undefined }> {
  const key = typeof before === 'string' && /^\d{1,18}$/.test(before) ? BigInt(before) : undefined
  const rows = await readDiary(setupId, pageSize + 1, key)
  const entries = rows.slice(0, pageSize).map(lineOf)
  return { entries, next: rows.length > pageSize ? entries.at(-1)?.id : undefined }
}

const heading = ['When (UTC)', 'Who', 'Step', 'What', 'Outcome', 'Method', 'Path', 'Status', 'Microsoft’s request ID']

/** The whole diary for a spreadsheet, oldest first, in parts. */
export async function* diaryAsCsv(setupId: string): AsyncGenerator<string> {
  yield csvOf([heading])
  for await (const lines of pagesOf(setupId)) {
    const rows = lines.map(({ at, who, step, says, outcome, method, path, status, requestId }) =>
      [at, who, step, says, outcome, method, path, status, requestId].map(cell => String(cell ?? ''))
    )
    // The mark that says UTF-8 stands at a file's beginning only.
    yield csvOf(rows).replace(/^\uFEFF/, '')
  }
}

/** The whole diary for programs, oldest first: a line of JSON an entry, in parts. */
export async function* diaryAsJsonLines(setupId: string): AsyncGenerator<string> {
  for await (const lines of pagesOf(setupId)) yield lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

/** Up to what is the last entry now: a run that goes on writing does not keep a download from ending. */
async function* pagesOf(setupId: string): AsyncGenerator<readonly DiaryLine[]> {
  const last = await lastInDiary(setupId)
  for (let after: bigint | undefined; last !== undefined; ) {
    const rows = await readDiaryOn(setupId, filePageSize, after, last)
    if (rows.length > 0) yield rows.map(lineOf)
    after = rows.at(-1)?.id
    if (after === undefined || after >= last) return
  }
}

/** A file that the person took away, such as a script that changes the tenant. HEAD takes nothing away. */
export async function noteDownload(request: Request, at: AtSetup | AtStep, fileName: string): Promise<void> {
  if (request.method !== 'GET') return
  const stepId = 'step' in at ? at.step.id : undefined
  await writeDiary(at.row.id, {
    ...(stepId && { stepId }),
    who: whoOf(at),
    kind: 'note',
    says: `Downloaded ${fileName}`
  })
}
