// Ends the session on the server.
import { cookies } from 'next/headers'
import { cookieName, cookieOptions, endSession, findSession } from '../../lib/session/session.ts'
import { handled } from '../handled.ts'
import { seeOther } from '../see-other.ts'

export function POST(request: Request) {
  const signOut = async () => {
    const jar = await cookies()
    const session = await findSession(jar.get(cookieName())?.value)
    if (session) await endSession(session)
    jar.set(cookieName(), '', { ...cookieOptions(), maxAge: 0 })
    return seeOther('/?signed-out=1')
  }
  return handled(request, signOut, { open: true })
}
