// One run per setup at a time: who has it, and since when.
import { Notice } from '../../../../components/notice.tsx'
import { findLease } from '../../../../lib/wizard/lease.ts'

export async function Busy({ setupId }: { setupId: string }) {
  const lease = await findLease(setupId)
  return (
    <Notice kind="warning" title="Another run is at work on this setup">
      {lease ? (
        <p>
          {lease.who} began it at {lease.since.toISOString().slice(11, 19)} UTC. Wait until it has ended, then carry on.
          A run that was cut off ends by itself within seconds.
        </p>
      ) : (
        <p>It has ended meanwhile. Carry on.</p>
      )}
    </Notice>
  )
}
