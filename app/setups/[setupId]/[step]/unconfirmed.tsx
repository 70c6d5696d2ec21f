// Hosts of a cloud that no Microsoft source confirms are marked as such.
import { Notice } from '../../../../components/notice.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'

export function Unconfirmed({ at }: { at: AtStep }) {
  const { cloud } = at.setup
  if (cloud.unconfirmed.length === 0 || at.step.id !== 'connect-your-program') return null
  return (
    <Notice kind="warning" title="Not confirmed by a Microsoft source">
      <p>
        For {cloud.title} no page of Microsoft’s names these hosts and the scope: {cloud.imap.host}, {cloud.pop.host},{' '}
        {cloud.smtp.host}, {cloud.outlookScope}. Whether app-only mail works in this cloud is not known either.
      </p>
    </Notice>
  )
}
