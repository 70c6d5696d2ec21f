// Somebody at a step of a setup of theirs, as the door lets them in, for tests of acts on the store.
import { createSession } from '../lib/session/session.ts'
import { steps } from '../lib/steps/index.ts'
import type { Step } from '../lib/steps/step.ts'
import type { AtStep } from '../lib/wizard/door.ts'
import { journeyOf } from '../lib/wizard/journey.ts'
import { seenById, setupOf } from '../lib/wizard/setup.ts'
import { createSetup, findSetup, rememberPerson, type SetupRow } from '../lib/wizard/store.ts'
import { newPerson } from './databases.ts'
import { globalCloud } from './sample-input.ts'

export type Owner = Pick<AtStep, 'person' | 'session'>

/** Somebody new, in a browser of their own. */
export const newOwner = async (): Promise<Owner> => ({
  person: await rememberPerson(newPerson()),
  session: (await createSession()).session
})

/** A new setup of theirs, for IMAP. */
export const newSetup = async ({ person }: Pick<Owner, 'person'>): Promise<string> =>
  (await createSetup(person.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id

/** At this step, as the setup is now. */
export async function atStep({ person, session }: Owner, setupId: string, step: Step): Promise<AtStep> {
  const cloud = globalCloud as AtStep['cloud']
  const row = (await findSetup(person.id, setupId)) as SetupRow
  const setup = setupOf(row, cloud, { admin: undefined, wizardClientId: undefined })
  const seen = seenById(row)
  return { session, person, row, setup, cloud, seen, journey: journeyOf(steps, seen, step), step } as AtStep
}
