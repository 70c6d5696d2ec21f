// Back from Microsoft.
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { cookieName, cookieOptions, findSession } from '../../../lib/session/session.ts'
import { comeBack } from '../../../lib/wizard/entrance.ts'
import { answered } from '../../answered.ts'
import { seeOther } from '../../see-other.ts'
import { refusedForNow } from '../../too-many.ts'

export function GET(request: NextRequest) {
  return answered(request, 'page', () => backFrom(request))
}

async function backFrom(request: NextRequest): Promise<Response> {
  const jar = await cookies()
  const session = await findSession(jar.get(cookieName())?.value)
  const tooMany = await refusedForNow(request, 'sign-in', session?.person?.id)
  if (tooMany) return tooMany
  const back = await comeBack(session, request.nextUrl.searchParams)
  if (back.ok) jar.set(cookieName(), back.cookie, cookieOptions())
  const page = `${back.stepId ?? ''}${back.picks ? '/pick' : ''}`
  const place = back.setupId ? `/setups/${back.setupId}/${page}` : back.ok ? '/setups' : '/'
  if (!back.ok) return seeOther(`${place}?problem=${back.problem}`)
  return seeOther(back.setupId ? `${place}?look=now` : place)
}
