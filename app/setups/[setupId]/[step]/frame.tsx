// The frame of a step's page: a setup's, with the way to what was done in it.
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { SetupFrame } from '../setup-frame.tsx'

export function Frame({ at, children }: { at: AtStep; children: ReactNode }) {
  return (
    <SetupFrame at={at} journey={at.journey} here={at.step}>
      {children}
      <p className="mt-12 text-sm">
        <Link className="link" href={`/setups/${at.row.id}/diary`}>
          What was done in this setup
        </Link>
      </p>
    </SetupFrame>
  )
}
