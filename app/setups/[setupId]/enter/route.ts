// Off to Microsoft to enter the tenant of a setup.
import type { NextRequest } from 'next/server'
import { findSignedIn, isOwnRequest, requireSetup } from '../../../../lib/wizard/door.ts'
import { enterTenant } from '../../../../lib/wizard/enter.ts'
import { refused, seeOther } from '../../../see-other.ts'

export async function POST(request: NextRequest, { params }: { params: Promise<{ setupId: string }> }) {
  if (!isOwnRequest(request.headers)) return refused()
  // A handler's own redirect would post again.
  if (!(await findSignedIn())) return seeOther('/?signed-out=1')
  const at = await requireSetup((await params).setupId)
  const form = await request.formData()
  const going = await enterTenant(at, {
    way: String(form.get('way') ?? ''),
    as: String(form.get('as') ?? ''),
    step: String(form.get('step') ?? ''),
    for: String(form.get('for') ?? '')
  })
  return seeOther(going.ok ? going.url : `/setups/${at.row.id}?problem=${going.problem}`)
}
