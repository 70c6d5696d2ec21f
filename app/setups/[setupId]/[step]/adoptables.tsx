// Offers the applications that the wizard made before in this tenant.
import { ActionForm } from '../../../../components/action-form.tsx'
import { Card } from '../../../../components/section.tsx'
import { listAdoptable } from '../../../../lib/wizard/adoptable.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { answer } from './actions.ts'

export async function Adoptables({ at }: { at: AtStep }) {
  const found = await listAdoptable(at)
  if (found.length === 0) return null
  return (
    <Card title="The wizard made applications in this tenant before">
      <p className="mb-4 text-muted">Use one of them again instead of making a new one. What it already has is kept.</p>
      <ul className="grid gap-4">
        {found.map(({ appId, displayName, createdDateTime }) => (
          <li key={appId} className="grid gap-2">
            <p className="wrap-anywhere">
              <strong>{displayName}</strong>, made {createdDateTime.slice(0, 10)}, client ID {appId}
            </p>
            <ActionForm
              action={answer.bind(null, at.row.id, at.step.id)}
              fields={[]}
              submit={`Use ${displayName}`}
              variant="secondary"
            >
              <input type="hidden" name="which" value="adopt" />
              <input type="hidden" name="clientId" value={appId} />
            </ActionForm>
          </li>
        ))}
      </ul>
    </Card>
  )
}
