// The secret that the test signs in with: held for this browser, or pasted.
import { ActionForm } from '../../../../../components/action-form.tsx'
import { Section } from '../../../../../components/section.tsx'
import { SubmitButton } from '../../../../../components/submit-button.tsx'
import { secretField } from '../../../../../lib/steps/create-a-secret.manual.ts'
import type { Field } from '../../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { hold } from '../actions.ts'

const field: Field = {
  name: secretField,
  label: 'Value of the client secret',
  hint: 'The wizard asks Microsoft for a token with it, and keeps it sealed for this browser only: until everything is proved, eight hours at most.',
  kind: 'text',
  value: [],
  autoComplete: 'off',
  neverEcho: true
}

type Props = { at: AtStep; until: Date | undefined; needed: boolean }

export function SecretForTest({ at, until, needed }: Props) {
  if (until)
    return (
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
        <p>
          The client secret is sealed for this browser until {until.toISOString().slice(11, 16)} UTC at the latest, or
          until everything is proved.
        </p>
        <form method="post" action={`/setups/${at.row.id}/create-a-secret/secret`}>
          <input type="hidden" name="word" value="forget" />
          <input type="hidden" name="from" value={at.step.id} />
          <SubmitButton variant="quiet">Forget it now</SubmitButton>
        </form>
      </div>
    )
  return (
    <Section
      title={needed ? 'Paste the client secret to test' : 'The client secret'}
      id="secret"
      intro="This browser does not hold it: it was stored elsewhere, its eight hours are over, or everything was proved."
    >
      <ActionForm action={hold.bind(null, at.row.id, at.step.id)} fields={[field]} submit="Use it for the test" />
    </Section>
  )
}
