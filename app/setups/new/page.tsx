// Begin a setup: one short form.
import { ActionForm } from '../../../components/action-form.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Shell } from '../../../components/shell.tsx'
import { beginFields } from '../../../lib/wizard/begin.ts'
import { requireSignedIn } from '../../../lib/wizard/door.ts'
import { begin } from './actions.ts'

export const metadata = { title: 'Begin a setup' }

export default async function NewSetupPage() {
  const { person } = await requireSignedIn()
  return (
    <Shell person={person}>
      <PageHeader
        title="Begin a setup"
        why="Every later page has a sensible answer filled in. Nothing is changed in any tenant yet."
      />
      <ActionForm action={begin} fields={beginFields(person.cloud)} submit="Continue" />
    </Shell>
  )
}
