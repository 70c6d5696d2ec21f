// The button that leads off to Microsoft and into the tenant of a setup.
import { SubmitButton } from '../../../../components/submit-button.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'

type Props = {
  at: AtStep
  way: string
  as: string
  label: string
  variant: 'primary' | 'secondary' | 'quiet'
  /** To pick from the directory, which asks for that permission alone. */
  toPick?: boolean
}

export function EnterButton({ at, way, as, label, variant, toPick }: Props) {
  return (
    <form method="post" action={`/setups/${at.row.id}/enter`}>
      <input type="hidden" name="way" value={way} />
      <input type="hidden" name="as" value={as} />
      <input type="hidden" name="step" value={at.step.id} />
      {toPick && <input type="hidden" name="for" value="pick" />}
      <SubmitButton variant={variant}>{label}</SubmitButton>
    </form>
  )
}
