// For actions and pages, which cannot set a status: too many tries are told where they were made, in words.
import 'server-only'
import { headers } from 'next/headers'
import { addressHeader } from '../guards/address.ts'
import { type Limited, waitSeconds, waitWords } from '../guards/limits.ts'
import type { Input, Problem } from '../steps/step.ts'
import type { Acted } from './act.ts'
import type { AtStep } from './door.ts'

/** `act`, unless this person or this address has tried too often. */
export function withinLimit(what: Limited, act: (at: AtStep, input: Input) => Promise<Acted>): typeof act {
  return async (at, input) => {
    const wait = await waitInWords(what, at.person.id)
    if (wait === undefined) return act(at, input)
    return { ok: false, problems: [{ field: Object.keys(input)[0] ?? 'form', says: wait }] }
  }
}

/** Counts one try of the request that is being answered. Gives the words when there were too many. */
export async function waitInWords(what: Limited, person?: string): Promise<string | undefined> {
  const address = (await headers()).get(addressHeader) ?? 'unknown'
  const wait = await waitSeconds(what, { person, address })
  return wait === undefined ? undefined : waitWords(wait)
}

/** Counts a look at the tenant. Gives what to show in its place when there were too many. */
export async function tooManyLooks(at: AtStep): Promise<Problem | undefined> {
  const words = await waitInWords('look', at.person.id)
  if (words === undefined) return undefined
  return {
    id: 'too-many-looks',
    couldNotLook: true,
    title: 'The wizard did not look',
    happened: 'Pages of this wizard were loaded so often that it leaves Microsoft in peace for a moment.',
    todo: [words]
  }
}
