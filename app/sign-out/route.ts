// Ends the session on the server.
import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { cookieName, cookieOptions, endSession, findSession } from '../../lib/session/session.ts'
import { isOwnRequest } from '../../lib/wizard/door.ts'
import { refused, seeOther } from '../see-other.ts'

export async function POST(request: NextRequest) {
  if (!isOwnRequest(request.headers)) return refused()
  const jar = await cookies()
  const session = await findSession(jar.get(cookieName())?.value)
  if (session) await endSession(session)
  jar.set(cookieName(), '', { ...cookieOptions(), maxAge: 0 })
  return seeOther('/?signed-out=1')
}
