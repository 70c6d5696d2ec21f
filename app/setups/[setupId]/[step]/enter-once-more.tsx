// Entering a tenant that was entered before: with what has changed since, or to do more than look.
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { wayInto } from '../../../../lib/wizard/ways.ts'
import { EnterButton } from './enter-button.tsx'

/** A new token after a role was activated. */
export function EnterAgain({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  if (!way) return null
  const isMe = at.entered?.username === at.person.username
  return (
    <EnterButton
      at={at}
      way={way.way}
      as={isMe ? 'me' : 'somebody'}
      label="I have activated it, try again"
      variant="secondary"
    />
  )
}

/** Entered to read: the way to let the wizard do it after all. */
export function LooksOnly({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  return (
    <div className="grid max-w-prose gap-3">
      <p>You entered this tenant to look only. Do this step by hand, below, or let the wizard change the tenant.</p>
      {way && (
        <EnterButton at={at} way={way.way} as="somebody" label="Enter to let the wizard do it" variant="secondary" />
      )}
    </div>
  )
}
