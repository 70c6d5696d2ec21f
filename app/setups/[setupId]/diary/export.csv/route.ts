// The whole diary for a spreadsheet.
import { diaryAsCsv } from '../../../../../lib/wizard/diary.ts'
import { requireSetup } from '../../../../../lib/wizard/door.ts'
import { answered } from '../../../../answered.ts'
import { attachmentInParts } from '../../../../attachment.ts'

type Props = { params: Promise<{ setupId: string }> }

export function GET(request: Request, { params }: Props) {
  return answered(request, 'text', async () => {
    const { row } = await requireSetup((await params).setupId)
    return attachmentInParts(`diary-${row.id}.csv`, 'text/csv; charset=utf-8', diaryAsCsv(row.id))
  })
}
