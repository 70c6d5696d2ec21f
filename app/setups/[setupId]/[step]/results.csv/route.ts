// All results of the test as a table for a spreadsheet; no cell of it can run as a formula.
import { notFound } from 'next/navigation'
import { noteDownload } from '../../../../../lib/wizard/diary.ts'
import { requireStep } from '../../../../../lib/wizard/door.ts'
import { resultsFile } from '../../../../../lib/wizard/results-file.ts'
import { attachment } from '../../../../attachment.ts'
import { download } from '../../../../download.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

export function GET(request: Request, { params }: Props) {
  return download(request, async () => {
    const { setupId, step } = await params
    if (step !== 'test-the-connection') notFound()
    const at = await requireStep(setupId, step)
    const { fileName, bytes } = await resultsFile(at)
    await noteDownload(request, at, fileName)
    return attachment(fileName, bytes)
  })
}
