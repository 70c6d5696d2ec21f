// Every step's page: why, how it stands, what will happen, what to answer, what to run, how to do it by hand.
import { notFound, redirect } from 'next/navigation'
import { PageHeader } from '../../../../components/page-header.tsx'
import { findStep } from '../../../../lib/steps/index.ts'
import { testTheConnection } from '../../../../lib/steps/test-the-connection.ts'
import { requireStep } from '../../../../lib/wizard/door.ts'
import type { PageQuery } from '../../../../lib/wizard/proof-table.ts'
import { refreshSighting } from '../../../../lib/wizard/refresh.ts'
import { shownSecret } from '../../../../lib/wizard/shown-secret.ts'
import { Asks } from './asks.tsx'
import { ByHand } from './by-hand.tsx'
import { Frame } from './frame.tsx'
import { Panels } from './panels.tsx'
import { Proof } from './proof/proof.tsx'
import { Receipt } from './receipt.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { Stands } from './stands.tsx'
import { Told } from './told.tsx'
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
      <Told setupId={setupId} query={query} />
      {secret && <SecretPanel at={at} shown={secret} />}
      {!isWaiting && <Stands at={at} enterAgain={query.enter !== undefined} />}
      {!isWaiting && step.asks && !step.asks.folded && <Asks at={at} />}
      <Unconfirmed at={at} />
      {step === testTheConnection && <Proof at={at} query={query} />}
      <Panels at={at} />
      {step !== testTheConnection && <Receipt at={at} />}
      {!isWaiting && step.asks?.folded && <Asks at={at} />}
      {!isWaiting && <ByHand at={at} />}
    </Frame>
  )
}
