// Picking mailboxes from the directory: search, tick, add to the list, as often as one likes.
// The rule it keeps: it reads only when it was opened, and says what Graph cannot tell.
import { notFound } from 'next/navigation'
import { LinkButton } from '../../../../../components/buttons.tsx'
import { Notice } from '../../../../../components/notice.tsx'
import { PageHeader } from '../../../../../components/page-header.tsx'
import { openTheMailboxes } from '../../../../../lib/steps/open-the-mailboxes.ts'
import { readWanted } from '../../../../../lib/wizard/directory-picker.ts'
import { requireStep } from '../../../../../lib/wizard/door.ts'
import { ProblemNotice } from '../../../../problem-notice.tsx'
import { Frame } from '../frame.tsx'
import { Directory } from './directory.tsx'

export const metadata = { title: 'Pick mailboxes from the directory' }

type Query = { q?: string | string[]; after?: string | string[]; added?: string; problem?: string }
type Props = { params: Promise<{ setupId: string; step: string }>; searchParams: Promise<Query> }

export default async function PickPage({ params, searchParams }: Props) {
  const { setupId, step } = await params
  if (step !== openTheMailboxes.id) notFound()
  const at = await requireStep(setupId, step)
  const query = await searchParams
  const added = Number(query.added)
  return (
    <Frame at={at}>
      <PageHeader
        title="Pick mailboxes from the directory"
        why="Microsoft Graph has no list of mailboxes, so this is the list of users. Shared mailboxes are users too; groups do not show. Whether an address has a mailbox, Exchange Online says when the script runs."
      />
      <ProblemNotice code={query.problem} />
      {added > 0 && (
        <Notice kind="success" title={added === 1 ? 'One address was added' : `${added} addresses were added`} />
      )}
      <p className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <span>{onYourList(at.setup.mailboxes.length)}</span>
        <LinkButton href={`/setups/${setupId}/${step}`}>Back to Open the mailboxes</LinkButton>
      </p>
      <Directory at={at} wanted={readWanted(query)} />
    </Frame>
  )
}

function onYourList(count: number): string {
  if (count === 0) return 'Your list is still empty.'
  return count === 1 ? 'One mailbox is on your list.' : `${count} mailboxes are on your list.`
}
