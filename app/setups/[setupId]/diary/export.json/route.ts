// The whole diary for programs: a line of JSON an entry.
import { diaryAsJsonLines, noteDownload } from '../../../../../lib/wizard/diary.ts'
import { requireSetup } from '../../../../../lib/wizard/door.ts'
import { attachmentInParts } from '../../../../attachment.ts'
import { download } from '../../../../download.ts'

type Props = { params: Promise<{ setupId: string }> }

export function GET(request: Request, { params }: Props) {
  return download(request, async () => {
    const at = await requireSetup((await params).setupId)
    const fileName = `diary-${at.row.id}.jsonl`
    await noteDownload(request, at, fileName)
    return attachmentInParts(fileName, 'application/x-ndjson; charset=utf-8', diaryAsJsonLines(at.row.id))
  })
}
