// Entering the tenant: as who you are, or with an account of that tenant.
import { SubmitButton } from '../../../../components/submit-button.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { wayInto } from '../../../../lib/wizard/ways.ts'

export function EnterTenant({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  if (!way)
    return (
      <p>The wizard has no application in this cloud, so it cannot look for itself. Do this step by hand, below.</p>
    )
  const sameCloud = at.person.cloud === at.row.cloud
  const knownTenant = at.setup.tenantId
  const mayBeMine = sameCloud && (!knownTenant || knownTenant === at.person.tenantId)
  return (
    <div className="grid max-w-prose gap-4">
      <p>
        Entering the tenant asks Microsoft for the permissions that the start page names. The wizard then does only what
        each page announces, and only as you.
      </p>
      {mayBeMine && (
        <Enter at={at} way={way.way} as="me" label={`Enter your tenant as ${at.person.username}`} variant="primary" />
      )}
      <Enter
        at={at}
        way={way.way}
        as="somebody"
        label={knownTenant ? 'Enter this tenant with another account' : 'Enter another tenant'}
        variant={mayBeMine ? 'secondary' : 'primary'}
      />
      <Enter at={at} way={way.way} as="read" label="Enter to look only" variant="quiet" />
      {!knownTenant && (
        <p className="text-sm text-muted">
          For a client’s tenant that you are a guest or partner of, look the tenant up by its domain first, below. You
          then enter exactly that tenant.
        </p>
      )}
    </div>
  )
}

/** A new token after a role was activated. */
export function EnterAgain({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  if (!way) return null
  const isMe = at.entered?.username === at.person.username
  return (
    <Enter
      at={at}
      way={way.way}
      as={isMe ? 'me' : 'somebody'}
      label="I have activated it, try again"
      variant="secondary"
    />
  )
}

/** Entered to read: the way to let the wizard do it after all. */
export function LooksOnly({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  return (
    <div className="grid max-w-prose gap-3">
      <p>You entered this tenant to look only. Do this step by hand, below, or let the wizard change the tenant.</p>
      {way && <Enter at={at} way={way.way} as="somebody" label="Enter to let the wizard do it" variant="secondary" />}
    </div>
  )
}

type EnterProps = { at: AtStep; way: string; as: string; label: string; variant: 'primary' | 'secondary' | 'quiet' }

function Enter({ at, way, as, label, variant }: EnterProps) {
  return (
    <form method="post" action={`/setups/${at.row.id}/enter`}>
      <input type="hidden" name="way" value={way} />
      <input type="hidden" name="as" value={as} />
      <input type="hidden" name="step" value={at.step.id} />
      <SubmitButton variant={variant}>{label}</SubmitButton>
    </form>
  )
}
