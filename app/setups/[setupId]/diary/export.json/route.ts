// The whole diary for programs: a line of JSON an entry.
import { diaryAsJsonLines } from '../../../../../lib/wizard/diary.ts'
import { requireSetup } from '../../../../../lib/wizard/door.ts'
import { answered } from '../../../../answered.ts'
import { attachmentInParts } from '../../../../attachment.ts'

type Props = { params: Promise<{ setupId: string }> }

export function GET(request: Request, { params }: Props) {
  return answered(request, 'text', async () => {
    const { row } = await requireSetup((await params).setupId)
    return attachmentInParts(`diary-${row.id}.jsonl`, 'application/x-ndjson; charset=utf-8', diaryAsJsonLines(row.id))
  })
}
