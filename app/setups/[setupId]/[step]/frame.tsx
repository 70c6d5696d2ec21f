// The frame of a step's page: the rail, and in which tenant all this happens.
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Shell } from '../../../../components/shell.tsx'
import { StepRail } from '../../../../components/step-rail.tsx'
import { findTheTenant } from '../../../../lib/steps/find-the-tenant.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'

export function tenantName(at: AtStep): { name: string; detail: string } | undefined {
  const tenant = at.setup.found(findTheTenant)
  const { tenantId, cloud } = at.setup
  if (!tenantId) return undefined
  return {
    name: tenant?.displayName ?? tenant?.domains[0] ?? tenantId,
    detail: `${tenant?.initialDomain ?? tenantId}, ${cloud.title}`
  }
}

export function Frame({ at, children }: { at: AtStep; children: ReactNode }) {
  const tenant = tenantName(at)
  const items = at.journey.items.map(({ step, state, open }) => ({
    id: step.id,
    title: step.title,
    state,
    href: open ? `/setups/${at.row.id}/${step.id}` : undefined,
    here: step === at.step
  }))
  return (
    <Shell
      person={at.person}
      tenant={tenant}
      rail={<StepRail setupName={at.setup.name} tenant={tenant} items={items} />}
    >
      {children}
      <p className="mt-12 text-sm">
        <Link className="link" href={`/setups/${at.row.id}/diary`}>
          What was done in this setup
        </Link>
      </p>
    </Shell>
  )
}
