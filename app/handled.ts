// What every handler that changes something does first: whose request, how long, and where a closed door leads.
// A handler's own redirect would be a 307 and post again; here it is a 303.
import type { Limited } from '../lib/guards/limits.ts'
import { isOwnRequest } from '../lib/guards/own-request.ts'
import { Elsewhere, findSignedIn } from '../lib/wizard/door.ts'
import { answered } from './answered.ts'
import { refused, seeOther } from './see-other.ts'
import { refusedForNow } from './too-many.ts'

/** Forms of handlers hold a few words each. */
const bodyBytesMax = 10_000

export type Act = (form: FormData) => Promise<Response>

export type Options = {
  /** Lets in who is not signed in. */
  open?: boolean
  /** What is counted, where tries are limited. */
  limit?: Limited
}

/** Runs a handler for a form of our own pages. */
export function handled(request: Request, act: Act, options: Options = {}): Promise<Response> {
  return answered(request, 'page', () => admitted(request, act, options))
}

async function admitted(request: Request, act: Act, { open, limit }: Options): Promise<Response> {
  if (!isOwnRequest(request.headers)) return refused()
  const signedIn = await findSignedIn()
  if (!open && !signedIn) return seeOther('/?signed-out=1')
  const tooMany = limit && (await refusedForNow(request, limit, signedIn?.person.id))
  if (tooMany) return tooMany
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(length <= bodyBytesMax)) return new Response('This form is too long.\n', { status: 413 })
  const form = await request.formData().catch(() => undefined)
  if (!form) return new Response('This is no form of the wizard’s own pages.\n', { status: 400 })
  try {
    return await act(form)
  } catch (error) {
    if (error instanceof Elsewhere) return seeOther(error.path)
    throw error
  }
}

/** For the door: instead of Next's redirect. */
export function elsewhere(path: string): never {
  throw new Elsewhere(path)
}
