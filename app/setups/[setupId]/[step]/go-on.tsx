// The ways on from a standing: let the wizard run, or continue to what is open next.
import { Actions, LinkButton } from '../../../../components/buttons.tsx'
import { RunLog } from '../../../../components/run-log.tsx'
import type { Standing } from '../../../../lib/steps/step.ts'
import { allInWords } from '../../../../lib/wizard/all-in-words.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { isPassed, journeyOf, nextOpen, type Seen } from '../../../../lib/wizard/journey.ts'
import { LooksOnly } from './enter-once-more.tsx'

type Props = { at: AtStep; standing: Standing; source: Seen['source'] }

export function Runs({ at, again }: { at: AtStep; again?: boolean }) {
  if (at.readOnly) return <LooksOnly at={at} />
  const action = `/setups/${at.row.id}/${at.step.id}/run`
  return (
    <div className="grid gap-4 sm:flex sm:flex-wrap sm:items-start">
      <RunLog action={action} body={{ all: 'no' }} label={again ? 'Carry on' : 'Do this step'} pendingLabel="At work" />
      <div className="grid max-w-prose gap-2">
        <RunLog
          action={action}
          body={{ all: 'yes' }}
          label="Do all of it for me"
          pendingLabel="At work"
          variant="secondary"
        />
        <p className="text-sm text-muted">All of it: {allInWords(at.setup)}.</p>
      </div>
    </div>
  )
}

function DoAll({ at }: { at: AtStep }) {
  return (
    <div className="grid max-w-prose gap-3">
      <p>
        The wizard can take the next steps in one go: {allInWords(at.setup)}. It shows each change as it lands, and
        stops where it needs you. Or continue, and see each step before it is taken.
      </p>
      <RunLog
        action={`/setups/${at.row.id}/${at.step.id}/run`}
        body={{ all: 'yes' }}
        label="Do all of it for me"
        pendingLabel="At work"
      />
    </div>
  )
}

/** What the page was rendered with may be older than this look: the journey is worked out again. */
export function GoOn({ at, standing, source }: Props) {
  const seen = { ...at.seen, [at.step.id]: { source, standing, at: new Date() } }
  const journey = journeyOf(
    at.journey.items.map(item => item.step),
    seen,
    at.step
  )
  const next = nextOpen(journey, at.step)
  if (!next) return null
  const isFirst = at.journey.items[0]?.step === at.step
  return (
    <>
      {isFirst && at.entered && !at.readOnly && !isPassed(at.seen[next.id]) && <DoAll at={at} />}
      <Actions>
        <LinkButton
          href={`/setups/${at.row.id}/${next.id}`}
          variant={isFirst && at.entered && !at.readOnly ? 'secondary' : 'primary'}
        >
          Continue
        </LinkButton>
      </Actions>
    </>
  )
}
