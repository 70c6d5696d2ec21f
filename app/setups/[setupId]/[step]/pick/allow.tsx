// Before the directory is read: one more permission, asked for here and nowhere else.
import { CommandLineTools } from '../../../../../components/command-line-tools.tsx'
import { Card } from '../../../../../components/section.tsx'
import { pickerPermission } from '../../../../../lib/wizard/directory-search.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { wayInto } from '../../../../../lib/wizard/ways.ts'
import { EnterButton } from '../enter-button.tsx'

export function Allow({ at }: { at: AtStep }) {
  const way = wayInto(at.cloud)
  if (!way)
    return <p>The wizard has no application in this cloud, so it cannot read the directory. Paste the addresses.</p>
  const mine = at.person.cloud === at.row.cloud && at.person.tenantId === at.row.tenantId
  const known = at.entered ? 'entered' : mine ? 'me' : undefined
  const username = at.entered?.username ?? at.person.username
  return (
    <Card title="Let the wizard list the users">
      <div className="grid max-w-prose gap-4">
        <p>
          Listing them takes the delegated permission <strong className="font-semibold">{pickerPermission}</strong>: the
          names and addresses of the people in this tenant, as far as you may see them yourself. By default it needs no
          administrator. Nothing else is asked for, and this permission is used on this page only.
        </p>
        {way.way === 'command-line' && <CommandLineTools what="ask Microsoft for it" />}
        <div className="flex flex-wrap gap-3">
          {known && (
            <EnterButton at={at} way={way.way} toPick as={known} label={`Continue as ${username}`} variant="primary" />
          )}
          <EnterButton
            at={at}
            way={way.way}
            toPick
            as="somebody"
            label={known ? 'Continue with another account' : 'Continue with an account of this tenant'}
            variant={known ? 'secondary' : 'primary'}
          />
        </div>
      </div>
    </Card>
  )
}
