'use server'
// Forgets a setup; the tenant stays as it is.
import { redirect } from 'next/navigation'
import type { FormState } from '../../../../components/action-form.tsx'
import { requireOwnRequest, requireSetup } from '../../../../lib/wizard/door.ts'
import { forgetUnlessAtWork } from '../../../../lib/wizard/forget.ts'

export async function forget(setupId: string, _before: FormState, _data: FormData): Promise<FormState> {
  await requireOwnRequest()
  const at = await requireSetup(setupId)
  const busy = await forgetUnlessAtWork(at)
  if (busy) return { problems: [{ field: 'form', says: busy }], typed: {} }
  redirect('/setups')
}
