// Entering the tenant: as who you are, or with an account of that tenant.
import { CommandLineTools } from '../../../../components/command-line-tools.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { hasTenantNamed, wayInto } from '../../../../lib/wizard/ways.ts'
import { EnterButton } from './enter-button.tsx'

export function EnterTenant({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  if (!way)
    return (
      <p>The wizard has no application in this cloud, so it cannot look for itself. Do this step by hand, below.</p>
    )
  const sameCloud = at.person.cloud === at.row.cloud
  const knownTenant = at.setup.tenantId
  const mayBeMine = sameCloud && (!knownTenant || knownTenant === at.person.tenantId)
  const onlyMine = !knownTenant && hasTenantNamed(at.cloud, way.way)
  const others = knownTenant ? 'Enter this tenant' : onlyMine ? 'Enter your tenant' : undefined
  return (
    <div className="grid max-w-prose gap-4">
      <p>
        Entering the tenant asks Microsoft for the permissions that the start page names. The wizard then does only what
        each page announces, and only as you.
      </p>
      {way.way === 'command-line' && <CommandLineTools what="enter the tenant" />}
      {mayBeMine && (
        <EnterButton
          at={at}
          way={way.way}
          as="me"
          label={`Enter your tenant as ${at.person.username}`}
          variant="primary"
        />
      )}
      {(sameCloud || !onlyMine) && (
        <>
          <EnterButton
            at={at}
            way={way.way}
            as="somebody"
            label={others ? `${others} with another account` : 'Enter another tenant'}
            variant={mayBeMine ? 'secondary' : 'primary'}
          />
          <EnterButton at={at} way={way.way} as="read" label="Enter to look only" variant="quiet" />
        </>
      )}
      {!knownTenant && <LookUpFirst onlyMine={onlyMine} />}
    </div>
  )
}

function LookUpFirst({ onlyMine }: { onlyMine: boolean }) {
  const whose = onlyMine
    ? 'another tenant, such as a client’s,'
    : 'a client’s tenant that you are a guest or partner of,'
  return (
    <p className="text-sm text-muted">
      For {whose} look the tenant up by its domain first, under “Do this step by hand” below. You then enter exactly
      that tenant.
      {onlyMine && ' The wizard’s application has to be registered for multiple Entra ID tenants for that.'}
    </p>
  )
}
