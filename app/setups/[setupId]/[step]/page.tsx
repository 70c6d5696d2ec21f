// Every step's page: why, how it stands, what will happen, what to answer, what to run, how to do it by hand.
import { notFound, redirect } from 'next/navigation'
import { Notice } from '../../../../components/notice.tsx'
import { PageHeader } from '../../../../components/page-header.tsx'
import { findStep } from '../../../../lib/steps/index.ts'
import { testTheConnection } from '../../../../lib/steps/test-the-connection.ts'
import { requireStep } from '../../../../lib/wizard/door.ts'
import { firstOf, type PageQuery } from '../../../../lib/wizard/proof-table.ts'
import { refreshSighting } from '../../../../lib/wizard/refresh.ts'
import { shownSecret } from '../../../../lib/wizard/shown-secret.ts'
import { ProblemNotice } from '../../../problem-notice.tsx'
import { Asks } from './asks.tsx'
import { Busy } from './busy.tsx'
import { ByHand } from './by-hand.tsx'
import { Frame } from './frame.tsx'
import { Panels } from './panels.tsx'
import { Proof } from './proof/proof.tsx'
import { Receipt } from './receipt.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { Stands } from './stands.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

type Props = { params: Promise<{ setupId: string; step: string }>; searchParams: Promise<PageQuery> }

export async function generateMetadata({ params }: Props) {
  const step = findStep((await params).step)
  if (!step) notFound()
  return { title: step.title }
}

export default async function StepPage({ params, searchParams }: Props) {
  const { setupId, step: stepId } = await params
  const query = await searchParams
  let at = await requireStep(setupId, stepId)
  if (query.look === 'now' && at.entered) {
    const standing = await refreshSighting(at)
    if (!standing) redirect(`/setups/${setupId}/${stepId}?enter=1`)
    at = await requireStep(setupId, stepId)
  }
  const { step } = at
  const secret = await shownSecret(at)
  const isWaiting = secret !== undefined && secret.kind !== 'held'
  return (
    <Frame at={at}>
      <PageHeader title={step.title} why={step.why} />
      <ProblemNotice code={firstOf(query.problem)} />
      {query.saved && <Notice kind="success" title="Saved" />}
      {query.enter && (
        <Notice kind="warning" title="Enter the tenant again">
          <p>The sign-in to this tenant has ended, or Microsoft wants to see you again. Nothing is lost.</p>
        </Notice>
      )}
      <ToldToWait seconds={firstOf(query.wait)} />
      {query.busy && <Busy setupId={setupId} />}
      {query['not-yet'] && (
        <Notice kind="warning" title="Microsoft does not show it yet">
          <p>
            The wizard has looked at the tenant, and this is not done there. If you just did it, look again in a minute.
          </p>
        </Notice>
      )}
      {secret && <SecretPanel at={at} shown={secret} />}
      {!isWaiting && <Stands at={at} enterAgain={query.enter !== undefined} />}
      {!isWaiting && step.asks && !step.asks.folded && <Asks at={at} />}
      {step === testTheConnection && <Proof at={at} query={query} />}
      <Panels at={at} />
      {step !== testTheConnection && <Receipt at={at} />}
      <Unconfirmed at={at} />
      {!isWaiting && step.asks?.folded && <Asks at={at} />}
      {!isWaiting && <ByHand at={at} />}
    </Frame>
  )
}

/** Without JavaScript the page does not go on by itself. The address is anybody's to write: only a number is shown. */
function ToldToWait({ seconds }: { seconds: string | undefined }) {
  if (!seconds || !/^\d{1,3}$/.test(seconds)) return null
  return (
    <Notice kind="warning" title="Microsoft asks to slow down">
      <p>Wait {seconds} seconds, then carry on. Nothing is lost.</p>
    </Notice>
  )
}
