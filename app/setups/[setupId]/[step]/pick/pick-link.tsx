// The way to the picker, for the page that asks for mailboxes.
import { LinkButton } from '../../../../../components/buttons.tsx'
import { openTheMailboxes } from '../../../../../lib/steps/open-the-mailboxes.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { wayInto } from '../../../../../lib/wizard/ways.ts'

/** Nothing on other steps, and nothing where the wizard cannot sign in. */
export function PickLink({ at }: { at: AtStep }) {
  if (at.step.id !== openTheMailboxes.id || !wayInto(at.cloud)) return null
  return <LinkButton href={`/setups/${at.row.id}/${at.step.id}/pick`}>Pick them from the directory</LinkButton>
}
