// Hosts of a cloud that no Microsoft source confirms are marked as such on the pages that use them.
import { Notice } from '../../../../components/notice.tsx'
import { connectYourProgram } from '../../../../lib/steps/connect-your-program.ts'
import { unconfirmedValues } from '../../../../lib/steps/step.ts'
import { testTheConnection } from '../../../../lib/steps/test-the-connection.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'

export function Unconfirmed({ at }: { at: Pick<AtStep, 'setup' | 'step'> }) {
  const { cloud } = at.setup
  const values = unconfirmedValues(cloud)
  if (values.length === 0 || (at.step !== testTheConnection && at.step !== connectYourProgram)) return null
  return (
    <Notice kind="warning" title="Not confirmed by a Microsoft source">
      <p>
        For {cloud.title} no Microsoft page names {values.join(' or ')}. Whether app-only mail works in this cloud is
        not known either.
      </p>
    </Notice>
  )
}
