// How the step stands in the tenant. What was last seen is shown at once with its age; the fresh look streams in.
// "Look again" is a plain link that renders whole.
import { Suspense } from 'react'
import { LinkButton } from '../../../../components/buttons.tsx'
import { Disclosure, Section } from '../../../../components/section.tsx'
import { findTheTenant } from '../../../../lib/steps/find-the-tenant.ts'
import { registerTheApplication } from '../../../../lib/steps/register-the-application.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { isPassed } from '../../../../lib/wizard/journey.ts'
import { freshForMs, refreshSighting } from '../../../../lib/wizard/refresh.ts'
import { Adoptables } from './adoptables.tsx'
import { EnterTenant } from './enter-tenant.tsx'
import { RefreshOnce } from './refresh-once.tsx'
import { Shown } from './shown.tsx'
import { StandingView } from './standing-view.tsx'

export function Stands({ at, enterAgain }: { at: AtStep; enterAgain: boolean }) {
  const { step, seen } = at
  const entered = at.entered && !enterAgain
  if (step.permissions.length === 0) return <Unseeable at={at} />
  const before = seen[step.id]
  const now = new Date()
  const isFresh = before !== undefined && now.getTime() - before.at.getTime() < freshForMs
  return (
    <Section title="How it stands" id="stands">
      {!entered && (
        <>
          {before && <Shown at={at} seen={before} now={now} />}
          {isPassed(before) && step !== findTheTenant ? (
            <Disclosure summary="Let the wizard look for itself" className="mt-6">
              <EnterTenant at={at} />
            </Disclosure>
          ) : (
            <EnterTenant at={at} />
          )}
        </>
      )}
      {entered && isFresh && <Shown at={at} seen={before} now={now} />}
      {entered && !isFresh && (
        <Suspense
          fallback={before ? <Shown at={at} seen={before} now={now} /> : <p role="status">Looking at the tenant …</p>}
        >
          <Fresh at={at} />
        </Suspense>
      )}
      {entered && step === registerTheApplication && !isPassed(before) && (
        <Suspense fallback={null}>
          <Adoptables at={at} />
        </Suspense>
      )}
      {entered && (
        <LinkButton href={`/setups/${at.row.id}/${step.id}?look=now`} variant="quiet" plain>
          Look again
        </LinkButton>
      )}
    </Section>
  )
}

async function Fresh({ at }: { at: AtStep }) {
  const standing = await refreshSighting(at)
  if (!standing) return <EnterTenant at={at} />
  return (
    <>
      <StandingView at={at} standing={standing} source="graph" />
      {at.seen[at.step.id]?.standing.kind !== standing.kind && <RefreshOnce />}
    </>
  )
}

/** No API can tell: what was said before, else nothing. */
function Unseeable({ at }: { at: AtStep }) {
  const before = at.seen[at.step.id]
  if (!before) return null
  return (
    <Section title="How it stands" id="stands">
      <Shown at={at} seen={before} now={new Date()} />
    </Section>
  )
}
