// A step's own form. Where the suggested answer suits nearly everybody it is folded.
import { ActionForm } from '../../../../components/action-form.tsx'
import { Section } from '../../../../components/section.tsx'
import { openTheMailboxes } from '../../../../lib/steps/open-the-mailboxes.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { listAsShown, shownField } from '../../../../lib/wizard/mailbox-list.ts'
import { answer } from './actions.ts'
import { PickLink } from './pick/pick-link.tsx'

export async function Asks({ at }: { at: AtStep }) {
  const { step, setup, row } = at
  if (!step.asks) return null
  const shown = step === openTheMailboxes ? await listAsShown(setup.mailboxes) : undefined
  const form = (
    <ActionForm
      action={answer.bind(null, row.id, step.id)}
      fields={step.asks.fields(setup)}
      submit={step.asks.submit ?? 'Save'}
      variant={step.asks.folded || setup.mailboxes.length > 0 ? 'secondary' : 'primary'}
      folded={step.asks.folded}
    >
      {shown && <input type="hidden" name={shownField} value={shown} />}
    </ActionForm>
  )
  if (step.asks.folded) return <div className="mt-8">{form}</div>
  return (
    <Section title="Which mailboxes">
      {form}
      <div className="mt-4">
        <PickLink at={at} />
      </div>
    </Section>
  )
}
