// What every download of a setup does first. It is a plain link that writes a line into the setup's diary, so a link or a picture
// on another site must not press it with the cookie that the browser sends along.
// The rule it keeps: the refusal comes before anything is looked up, so it does not tell whether there is anything.
import { isLinkedFromElsewhere } from '../lib/guards/own-request.ts'
import { answered } from './answered.ts'
import { refused } from './see-other.ts'

/** Runs a handler whose file is asked for from our own pages, by hand, or by a program. */
export function download(request: Request, work: () => Promise<Response>): Promise<Response> {
  return answered(request, 'text', async () => (isLinkedFromElsewhere(request.headers) ? refused() : work()))
}
