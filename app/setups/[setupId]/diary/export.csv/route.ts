// The whole diary for a spreadsheet.
import { diaryAsCsv } from '../../../../../lib/wizard/diary.ts'
import { requireSetup } from '../../../../../lib/wizard/door.ts'
import { attachmentInParts } from '../../../../attachment.ts'

type Props = { params: Promise<{ setupId: string }> }

export async function GET(_request: Request, { params }: Props) {
  const { row } = await requireSetup((await params).setupId)
  return attachmentInParts(`diary-${row.id}.csv`, 'text/csv; charset=utf-8', diaryAsCsv(row.id))
}
