// Off to Microsoft to say who you are.
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { cookieName, cookieOptions, findSession } from '../../lib/session/session.ts'
import { isOwnRequest } from '../../lib/wizard/door.ts'
import { goToMicrosoft } from '../../lib/wizard/entrance.ts'
import { refused, seeOther } from '../see-other.ts'

export async function POST(request: NextRequest) {
  if (!isOwnRequest(request.headers)) return refused()
  const form = await request.formData()
  const jar = await cookies()
  const going = await goToMicrosoft({
    session: await findSession(jar.get(cookieName())?.value),
    cloud: String(form.get('cloud') ?? ''),
    way: String(form.get('way') ?? ''),
    purpose: 'wizard'
  })
  if (!going.ok) return seeOther(`/?problem=${going.problem}`)
  if (going.cookie) jar.set(cookieName(), going.cookie, cookieOptions())
  return seeOther(going.url)
}
