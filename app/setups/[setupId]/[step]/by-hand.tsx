// The same step by hand: the portal's clicks, the fields for what it showed, or the person's word.
import { ActionForm } from '../../../../components/action-form.tsx'
import { ManualPath } from '../../../../components/manual.tsx'
import { Disclosure, Section } from '../../../../components/section.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { confirm, tell } from './actions.ts'

const summary = 'Do this step by hand'

export function ByHand({ at }: { at: AtStep }) {
  const { step, setup, row } = at
  const manual = step.manual(setup)
  const word = manual.confirms && <Word at={at} says={manual.confirms.says} />
  if (step.permissions.length === 0) return word ? <Section title="When it is done">{word}</Section> : null
  const clicks = <ManualPath manual={manual} />
  if (!manual.asks)
    return (
      <Disclosure summary={summary} className="mt-8" open={goesByHand(at)}>
        <div className="grid gap-6 pt-2">
          {clicks}
          {word}
        </div>
      </Disclosure>
    )
  return (
    <div className="mt-8">
      <ActionForm
        action={tell.bind(null, row.id, step.id)}
        fields={manual.asks.fields(setup)}
        submit={manual.asks.submit ?? 'Save'}
        variant="secondary"
        folded={summary}
        open={goesByHand(at)}
        before={clicks}
        after={word}
      />
    </div>
  )
}

/** Who has told a step by hand and has not entered the tenant goes on by hand. */
const goesByHand = (at: AtStep) =>
  !at.entered && at.row.sightings.some(sighting => sighting.source !== 'graph' && sighting.stepId !== at.step.id)

function Word({ at, says }: { at: AtStep; says: string }) {
  const isExchange = at.step.permissions.length === 0
  return (
    <ActionForm
      action={confirm.bind(null, at.row.id, at.step.id)}
      fields={[]}
      submit={isExchange ? 'Yes, it is done' : 'I have done it by hand'}
      variant={isExchange ? 'primary' : 'secondary'}
    >
      <p className="max-w-prose">{says}</p>
    </ActionForm>
  )
}
