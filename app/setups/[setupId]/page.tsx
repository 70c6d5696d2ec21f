// A setup: opens the first open step.
import { redirect } from 'next/navigation'
import { steps } from '../../../lib/steps/index.ts'
import { requireSetup } from '../../../lib/wizard/door.ts'
import { journeyOf } from '../../../lib/wizard/journey.ts'

type Props = { params: Promise<{ setupId: string }>; searchParams: Promise<{ problem?: string }> }

export default async function SetupPage({ params, searchParams }: Props) {
  const { row, seen } = await requireSetup((await params).setupId)
  const { problem } = await searchParams
  const { current } = journeyOf(steps, seen)
  redirect(`/setups/${row.id}/${current.id}${problem ? `?problem=${encodeURIComponent(problem)}` : ''}`)
}
