// The same step by hand: the portal's clicks, the fields for what it showed, or the person's word.
import { ActionForm } from '../../../../components/action-form.tsx'
import { ManualPath } from '../../../../components/manual.tsx'
import { Disclosure } from '../../../../components/section.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { confirm, tell } from './actions.ts'

export function ByHand({ at }: { at: AtStep }) {
  const { step, setup, row } = at
  const manual = step.manual(setup)
  if (!manual.asks && !manual.confirms) return null
  const isExchange = step.permissions.length === 0
  const body = (
    <ManualPath manual={manual}>
      <div className="grid gap-8">
        {manual.asks && (
          <ActionForm
            action={tell.bind(null, row.id, step.id)}
            fields={manual.asks.fields(setup)}
            submit={manual.asks.submit ?? 'Save'}
            variant="secondary"
          />
        )}
        {manual.confirms && (
          <ActionForm
            action={confirm.bind(null, row.id, step.id)}
            fields={[]}
            submit={isExchange ? 'Yes, it is done' : 'I have done it by hand'}
            variant={isExchange ? 'primary' : 'secondary'}
          >
            <p>{manual.confirms.says}</p>
          </ActionForm>
        )}
      </div>
    </ManualPath>
  )
  if (isExchange) return body
  return (
    <Disclosure
      summary="Do this step by hand"
      open={!at.entered && at.seen[step.id] === undefined && !at.setup.admin && by(at)}
    >
      {body}
    </Disclosure>
  )
}

/** The hand is the only way where the wizard cannot sign in. */
const by = (at: AtStep) => at.cloud.wizard === undefined
