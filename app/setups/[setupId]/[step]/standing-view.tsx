// One standing: done with its facts, to do with its changes, blocked with its way out, or a question.
import { ChangeList } from '../../../../components/changes.tsx'
import { Facts } from '../../../../components/facts.tsx'
import { Notice } from '../../../../components/notice.tsx'
import { ProblemBox } from '../../../../components/problem.tsx'
import type { Standing } from '../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import type { Seen } from '../../../../lib/wizard/journey.ts'
import { EnterAgain } from './enter-once-more.tsx'
import { GoOn, Runs } from './go-on.tsx'

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
          {/* The first step and Exchange's own send nothing: there is nothing to carry on with. */}
          {at.step.needs.length > 0 && at.step.permissions.length > 0 && <Runs at={at} again />}
        </ProblemBox>
      )
    case 'unseen':
      return at.step.id === 'create-a-secret' ? null : <p className="font-semibold">{standing.question}</p>
  }
}

const Warnings = ({ says }: { says: readonly string[] | undefined }) =>
  says?.map(warning => (
    <Notice key={warning} kind="warning">
      <p>{warning}</p>
    </Notice>
  ))
