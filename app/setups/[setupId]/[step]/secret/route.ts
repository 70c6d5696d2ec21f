// The person's word about the client secret. A plain form and a full load: no page that was open keeps the value.
import type { NextRequest } from 'next/server'
import { confirmStep, loseTheSecret } from '../../../../../lib/wizard/act.ts'
import { findSignedIn, isOwnRequest, requireStep } from '../../../../../lib/wizard/door.ts'
import { refused, seeOther } from '../../../../see-other.ts'

type Props = { params: Promise<{ setupId: string; step: string }> }

export async function POST(request: NextRequest, { params }: Props) {
  if (!isOwnRequest(request.headers)) return refused()
  if (!(await findSignedIn())) return seeOther('/?signed-out=1')
  const { setupId, step } = await params
  const at = await requireStep(setupId, step)
  const isStored = (await request.formData()).get('word') === 'stored'
  const acted = isStored ? await confirmStep(at) : await loseTheSecret(at)
  return seeOther(acted.ok ? acted.goTo : `/setups/${setupId}/${step}`)
}
