// What was done in a setup: who, what, when, and Microsoft's request ID.
import { ActionForm } from '../../../../components/action-form.tsx'
import { Actions, LinkButton } from '../../../../components/buttons.tsx'
import { PageHeader } from '../../../../components/page-header.tsx'
import { Section } from '../../../../components/section.tsx'
import { steps } from '../../../../lib/steps/index.ts'
import { diaryPage } from '../../../../lib/wizard/diary.ts'
import { requireSetup } from '../../../../lib/wizard/door.ts'
import { journeyOf } from '../../../../lib/wizard/journey.ts'
import { SetupFrame } from '../setup-frame.tsx'
import { forget } from './actions.ts'

export const metadata = { title: 'What was done' }

type Props = { params: Promise<{ setupId: string }>; searchParams: Promise<{ before?: string | string[] }> }

export default async function DiaryPage({ params, searchParams }: Props) {
  const at = await requireSetup((await params).setupId)
  const { entries, next } = await diaryPage(at.row.id, (await searchParams).before)
  const diary = `/setups/${at.row.id}/diary`
  return (
    <SetupFrame at={at} journey={journeyOf(steps, at.seen)}>
      <PageHeader title="What was done" why={`Everything that this wizard did for ${at.setup.name}, newest first.`} />
      {entries.length === 0 && <p>Nothing yet.</p>}
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {entries.map(entry => (
          <li key={entry.id} className="p-4">
            <p className="font-semibold wrap-anywhere">{entry.says}</p>
            <p className="text-sm wrap-anywhere text-muted">
              <time dateTime={entry.at}>{entry.at.slice(0, 19).replace('T', ' ')} UTC</time>, {entry.who},{' '}
              {entry.step && `${entry.step}, `}
              {entry.outcome}
            </p>
            {(entry.method || entry.requestId) && (
              <p className="font-mono text-sm wrap-anywhere text-muted">
                {entry.method} {entry.path} {entry.status} {entry.requestId && `request ID ${entry.requestId}`}
              </p>
            )}
          </li>
        ))}
      </ol>
      <Actions>
        <LinkButton href={`/setups/${at.row.id}`} variant="primary">
          Back to the setup
        </LinkButton>
        {next && <LinkButton href={`${diary}?before=${next}`}>Show older entries</LinkButton>}
      </Actions>
      {entries.length > 0 && (
        <Section title="Take it with you" intro="All entries, oldest first. No secret is among them.">
          <p>
            <a href={`${diary}/export.csv`} download className="link">
              Download as CSV
            </a>{' '}
            for a spreadsheet, or{' '}
            <a href={`${diary}/export.json`} download className="link">
              download as lines of JSON
            </a>{' '}
            for programs.
          </p>
        </Section>
      )}
      <Section
        title="Forget this setup"
        intro="Removes the setup and this list from the wizard. Nothing changes in the tenant: the application, its secret and the mailbox permissions stay."
      >
        <ActionForm action={forget.bind(null, at.row.id)} fields={[]} submit="Forget this setup" variant="secondary" />
      </Section>
    </SetupFrame>
  )
}
