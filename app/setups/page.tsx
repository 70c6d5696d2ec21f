// The owner's list of setups, each in its own tenant.
import Link from 'next/link'
import { Actions, LinkButton } from '../../components/buttons.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Shell } from '../../components/shell.tsx'
import { requireSignedIn } from '../../lib/wizard/door.ts'
import { setupsPage } from '../../lib/wizard/overview.ts'
import { ProblemNotice } from '../problem-notice.tsx'

export const metadata = { title: 'Your setups' }

export default async function SetupsPage({
  searchParams
}: {
  searchParams: Promise<{ before?: string | string[]; problem?: string }>
}) {
  const signedIn = await requireSignedIn()
  const { before, problem } = await searchParams
  const { setups, next } = await setupsPage(signedIn, before)
  return (
    <Shell person={signedIn.person}>
      <PageHeader
        title="Your setups"
        why="A setup is one application in one tenant. Open one to carry on where it stands."
      />
      <ProblemNotice code={problem} />
      {setups.length === 0 && <p>You have not begun a setup yet.</p>}
      <ul className="grid gap-3">
        {setups.map(setup => (
          <li key={setup.id} className="rounded-md border border-line bg-surface p-4">
            <Link href={`/setups/${setup.id}`} className="link text-lg font-semibold">
              {setup.name}
            </Link>
            <p className="text-muted">{setup.tenant}</p>
            <p className="text-sm text-muted">{setup.stands}</p>
          </li>
        ))}
      </ul>
      <Actions>
        <LinkButton href="/setups/new" variant="primary">
          Begin a setup
        </LinkButton>
        {next && <LinkButton href={`/setups?before=${next}`}>Show older ones</LinkButton>}
      </Actions>
    </Shell>
  )
}
