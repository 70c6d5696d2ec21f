// One standing: done with its facts, to do with its changes, blocked with its way out, or a question.
import { Actions, LinkButton } from '../../../../components/buttons.tsx'
import { ChangeList } from '../../../../components/changes.tsx'
import { Facts } from '../../../../components/facts.tsx'
import { Notice } from '../../../../components/notice.tsx'
import { ProblemBox } from '../../../../components/problem.tsx'
import { RunLog } from '../../../../components/run-log.tsx'
import type { Standing } from '../../../../lib/steps/step.ts'
import { allInWords } from '../../../../lib/wizard/all-in-words.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { isPassed, journeyOf, nextOpen, type Seen } from '../../../../lib/wizard/journey.ts'
import { EnterAgain, LooksOnly } from './enter-tenant.tsx'

type Props = { at: AtStep; standing: Standing; source: Seen['source'] }

export function StandingView({ at, standing, source }: Props) {
  switch (standing.kind) {
    case 'done':
      return (
        <div className="grid gap-4">
          <Warnings says={standing.warnings} />
          <Facts facts={standing.facts} />
          <GoOn at={at} standing={standing} source={source} />
        </div>
      )
    case 'todo':
      return (
        <div className="grid gap-4">
          <Warnings says={standing.warnings} />
          <ChangeList changes={standing.changes} then={standing.then} />
          <Runs at={at} />
        </div>
      )
    case 'blocked':
      return (
        <ProblemBox problem={standing.problem}>
          {standing.problem.mayActivateRole && <EnterAgain at={at} />}
          <Runs at={at} again />
        </ProblemBox>
      )
    case 'unseen':
      return at.step.id === 'create-a-secret' ? null : <p className="font-semibold">{standing.question}</p>
  }
}

function Runs({ at, again }: { at: AtStep; again?: boolean }) {
  if (at.readOnly) return <LooksOnly at={at} />
  const action = `/setups/${at.row.id}/${at.step.id}/run`
  return (
    <div className="grid gap-4 sm:flex sm:flex-wrap sm:items-start">
      <RunLog action={action} body={{ all: 'no' }} label={again ? 'Carry on' : 'Do this step'} pendingLabel="At work" />
      <RunLog
        action={action}
        body={{ all: 'yes' }}
        label="Do all of it for me"
        pendingLabel="At work"
        variant="secondary"
      />
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
function GoOn({ at, standing, source }: Props) {
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

const Warnings = ({ says }: { says: readonly string[] | undefined }) =>
  says?.map(warning => (
    <Notice key={warning} kind="warning">
      <p>{warning}</p>
    </Notice>
  ))
