// What was seen before, with its age and who said so.
import { Age } from '../../../../components/age.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import type { Seen } from '../../../../lib/wizard/journey.ts'
import { StandingView } from './standing-view.tsx'

const sources = {
  graph: 'In the tenant,',
  token: 'By a token,',
  receipt: 'By what was seen of Exchange,',
  login: 'By real logins,',
  person: 'As you said,'
}

export function Shown({ at, seen, now }: { at: AtStep; seen: Seen; now: Date }) {
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">
        {sources[seen.source]} <Age at={seen.at.toISOString()} now={now.toISOString()} />
      </p>
      <StandingView at={at} standing={seen.standing} source={seen.source} />
    </div>
  )
}
