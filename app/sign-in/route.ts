// Off to Microsoft to say who you are.
import { cookies } from 'next/headers'
import { cookieName, cookieOptions, findSession } from '../../lib/session/session.ts'
import { goToMicrosoft } from '../../lib/wizard/entrance.ts'
import { handled } from '../handled.ts'
import { offTo } from '../off-to.ts'
import { seeOther } from '../see-other.ts'

export function POST(request: Request) {
  const signIn = async (form: FormData) => {
    const jar = await cookies()
    const going = await goToMicrosoft({
      session: await findSession(jar.get(cookieName())?.value),
      cloud: String(form.get('cloud') ?? ''),
      way: String(form.get('way') ?? ''),
      purpose: 'wizard'
    })
    if (!going.ok) return seeOther(`/?problem=${going.problem}`)
    if (going.cookie) jar.set(cookieName(), going.cookie, cookieOptions())
    return offTo(going.url)
  }
  return handled(request, signIn, { open: true, limit: 'sign-in' })
}
