// A step's script as a file to run: UTF-8, with a byte order mark only when it is not plain ASCII, CRLF.
import { notFound } from 'next/navigation'
import { noteDownload } from '../../../../../../lib/wizard/diary.ts'
import { requireStep } from '../../../../../../lib/wizard/door.ts'
import { findFixScript } from '../../../../../../lib/wizard/fix-scripts.ts'
import { answered } from '../../../../../answered.ts'
import { attachment } from '../../../../../attachment.ts'

type Props = { params: Promise<{ setupId: string; step: string; script: string }> }

export function GET(request: Request, { params }: Props) {
  return answered(request, 'text', () => download(request, params))
}

async function download(request: Request, params: Props['params']): Promise<Response> {
  const { setupId, step, script } = await params
  const at = await requireStep(setupId, step)
  const own = at.step.panels?.(at.setup).find(candidate => candidate.kind === 'script' && candidate.id === script)
  const panel = own ?? (step === 'test-the-connection' ? await findFixScript(at, script) : undefined)
  if (panel?.kind !== 'script') notFound()
  await noteDownload(request, at, panel.fileName)
  return attachment(panel.fileName, panel.bytes)
}
