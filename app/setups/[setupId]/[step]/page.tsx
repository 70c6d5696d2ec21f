// Every step's page: why, how it stands, what will happen, what to answer, what to run, how to do it by hand.
import { notFound } from 'next/navigation'
import { ActionForm } from '../../../../components/action-form.tsx'
import { Notice } from '../../../../components/notice.tsx'
import { PageHeader } from '../../../../components/page-header.tsx'
import { Section } from '../../../../components/section.tsx'
import { findStep } from '../../../../lib/steps/index.ts'
import { requireStep } from '../../../../lib/wizard/door.ts'
import { ProblemNotice } from '../../../problem-notice.tsx'
import { answer } from './actions.ts'
import { ByHand } from './by-hand.tsx'
import { Frame } from './frame.tsx'
import { Panels } from './panels.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { Stands } from './stands.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

type Query = { problem?: string; look?: string; saved?: string; busy?: string; enter?: string; 'not-yet'?: string }
type Props = { params: Promise<{ setupId: string; step: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props) {
  const step = findStep((await params).step)
  if (!step) notFound()
  return { title: step.title }
}

export default async function StepPage({ params, searchParams }: Props) {
  const { setupId, step: stepId } = await params
  const query = await searchParams
  const at = await requireStep(setupId, stepId)
  const { step, setup } = at
  const asks = step.asks
  return (
    <Frame at={at}>
      <PageHeader title={step.title} why={step.why} />
      <ProblemNotice code={query.problem} />
      {query.saved && <Notice kind="success" title="Saved" />}
      {query.enter && (
        <Notice kind="warning" title="Enter the tenant again">
          <p>The sign-in to this tenant has ended, or Microsoft wants to see you again. Nothing is lost.</p>
        </Notice>
      )}
      {query.busy && (
        <Notice kind="warning" title="Somebody is at work on this setup">
          <p>Another run changes this tenant right now. Wait until it has ended, then look again.</p>
        </Notice>
      )}
      {query['not-yet'] && (
        <Notice kind="warning" title="Microsoft does not show it yet">
          <p>
            The wizard has looked at the tenant, and this is not done there. If you just did it, look again in a minute.
          </p>
        </Notice>
      )}
      <SecretPanel at={at} />
      <Stands at={at} lookNow={query.look === 'now'} />
      {asks && (
        <Section title={step.permissions.length > 0 ? 'Choose' : 'Your answers'} id="answers">
          <ActionForm
            action={answer.bind(null, setupId, stepId)}
            fields={asks.fields(setup)}
            submit={asks.submit ?? 'Save'}
            variant="secondary"
          />
        </Section>
      )}
      <Panels at={at} />
      <Unconfirmed at={at} />
      <ByHand at={at} />
    </Frame>
  )
}
