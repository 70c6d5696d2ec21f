// The frame of every page of a setup: the rail, and in which tenant all this happens.
import type { ReactNode } from 'react'
import { Shell } from '../../../components/shell.tsx'
import { StepRail } from '../../../components/step-rail.tsx'
import { findTheTenant } from '../../../lib/steps/find-the-tenant.ts'
import type { Step } from '../../../lib/steps/step.ts'
import type { AtSetup } from '../../../lib/wizard/door.ts'
import type { Journey } from '../../../lib/wizard/journey.ts'

function tenantName({ setup }: AtSetup): { name: string; detail: string } | undefined {
  const tenant = setup.found(findTheTenant)
  const { tenantId, cloud } = setup
  if (!tenantId) return undefined
  return {
    name: tenant?.displayName ?? tenant?.domains[0] ?? tenantId,
    detail: `${tenant?.initialDomain ?? tenantId}, ${cloud.title}`
  }
}

/** @param here the step whose page this is; none for a page that belongs to no step */
type Props = { at: AtSetup; journey: Journey; here?: Step; children: ReactNode }

export function SetupFrame({ at, journey, here, children }: Props) {
  const tenant = tenantName(at)
  const items = journey.items.map(({ step, state, open }) => ({
    id: step.id,
    title: step.title,
    // The next step is where one is only on its own page.
    state: state === 'current' && step !== here ? 'open' : state,
    href: open ? `/setups/${at.row.id}/${step.id}` : undefined,
    here: step === here
  }))
  return (
    <Shell
      person={at.person}
      tenant={tenant}
      rail={<StepRail setupName={at.setup.name} tenant={tenant} items={items} />}
    >
      {children}
    </Shell>
  )
}
