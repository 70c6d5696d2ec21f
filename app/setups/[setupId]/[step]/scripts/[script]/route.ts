// A step's script as a file to run: UTF-8, with a byte order mark only when it is not plain ASCII, CRLF.
import { notFound } from 'next/navigation'
import { noteDownload } from '../../../../../../lib/wizard/diary.ts'
import { requireStep } from '../../../../../../lib/wizard/door.ts'
import { findFixScript } from '../../../../../../lib/wizard/fix-scripts.ts'
import { attachment } from '../../../../../attachment.ts'
import { download } from '../../../../../download.ts'

type Props = { params: Promise<{ setupId: string; step: string; script: string }> }

export function GET(request: Request, { params }: Props) {
  return download(request, () => script(request, params))
}

async function script(request: Request, params: Props['params']): Promise<Response> {
  const { setupId, step, script: id } = await params
  const at = await requireStep(setupId, step)
  const own = at.step.panels?.(at.setup).find(candidate => candidate.kind === 'script' && candidate.id === id)
  const panel = own ?? (step === 'test-the-connection' ? await findFixScript(at, id) : undefined)
  if (panel?.kind !== 'script') notFound()
  await noteDownload(request, at, panel.fileName)
  return attachment(panel.fileName, panel.bytes)
}
