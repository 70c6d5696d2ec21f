// For actions that ask Microsoft for something: too many tries are told at the form, in words.
import 'server-only'
import { headers } from 'next/headers'
import { addressHeader } from '../guards/address.ts'
import { type Limited, waitSeconds, waitWords } from '../guards/limits.ts'
import type { Input } from '../steps/step.ts'
import type { Acted } from './act.ts'
import type { AtStep } from './door.ts'

/** `act`, unless this person or this address has tried too often. */
export function withinLimit(what: Limited, act: (at: AtStep, input: Input) => Promise<Acted>): typeof act {
  return async (at, input) => {
    const address = (await headers()).get(addressHeader) ?? 'unknown'
    const wait = await waitSeconds(what, { person: at.person.id, address })
    if (wait === undefined) return act(at, input)
    return { ok: false, problems: [{ field: Object.keys(input)[0] ?? 'form', says: waitWords(wait) }] }
  }
}
