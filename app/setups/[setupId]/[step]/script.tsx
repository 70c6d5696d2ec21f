// A script to copy, or to download as a file.
import { Code } from '../../../../components/code.tsx'
import type { Panel } from '../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'

export function Script({ panel, at }: { panel: Extract<Panel, { kind: 'script' }>; at: AtStep }) {
  return (
    <Code
      code={panel.code}
      language="powershell"
      label={panel.title}
      downloadHref={`/setups/${at.row.id}/${at.step.id}/scripts/${panel.id}`}
      downloadName={panel.fileName}
    />
  )
}
