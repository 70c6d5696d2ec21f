// The walks that between them send every write that the wizard knows, on the started product.
// The rule it keeps: a journey is what a person does and finds; which writes that sends is seen, not said.
import type { PracticeTenant } from '../../../practice-tenant/testing.ts'
import { wizardAppId } from '../../../practice-tenant/worlds/seed.ts'
import { matching, type Write, writesIn } from '../../../test-data/contract/faults.ts'
import { adopt, begin, carryOn, type Person, pressAll, setupName } from './person.ts'
import { wholeOf } from './whole.ts'

export type Journey = {
  name: string
  /** Makes the tenant so, and walks to where the writes begin. */
  prepare(home: string, practice: PracticeTenant): Promise<Person>
}

const done = async (person: Person) => {
  const why = await carryOn(person)
  if (why) throw new Error(`A journey could not be prepared: ${why}`)
}

const mail = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']

export const journeys: readonly Journey[] = [
  { name: 'an empty tenant', prepare: home => begin(home) },
  {
    name: 'a cloud without upsert',
    prepare(home, practice) {
      practice.control.tenantSettings({ upsert: false })
      return begin(home)
    }
  },
  {
    name: 'an application to adopt, without an enterprise application',
    async prepare(home, practice) {
      const { appId } = practice.control.seedApplication({
        displayName: 'Scanner',
        tags: ['theirs'],
        permissions: mail
      })
      const person = await begin(home)
      await adopt(person, appId)
      return person
    }
  },
  {
    name: 'an application to adopt, which the portal hides',
    async prepare(home, practice) {
      const servicePrincipal = { tags: ['kept'] }
      const { appId } = practice.control.seedApplication({
        displayName: 'Scanner',
        servicePrincipal,
        permissions: mail,
        grants: mail
      })
      const person = await begin(home)
      await adopt(person, appId)
      return person
    }
  },
  {
    name: 'an application that somebody deleted',
    async prepare(home, practice) {
      const person = await begin(home)
      await done(person)
      const made = practice.control.tenant().applications.find(({ displayName }) => displayName === setupName)
      const ada = await practice.graphAs('ada@contoso.example')
      const { status } = await ada('DELETE', `/applications/${made?.id}`)
      if (status !== 204) throw new Error(`The application could not be deleted: ${status}`)
      return person
    }
  },
  {
    name: 'a secret whose answer is lost',
    async prepare(home, practice) {
      const person = await begin(home)
      practice.control.faults([{ match: { path: 'addPassword$' }, kind: 'lost-answer' }])
      await pressAll(person)
      return person
    }
  }
]

/** What an undisturbed journey writes and leaves. */
export type Clean = { journey: Journey; writes: readonly Write[]; whole: string }

/** One write of a journey, which no earlier one sends in the same way. */
export type Place = { clean: Clean; index: number; name: string }

/** A practice tenant as new, and somebody at the place where the writes of a journey begin. */
export async function prepared(journey: Journey, home: string, practice: PracticeTenant): Promise<Person> {
  const { control } = practice
  control.reset()
  control.consent(wizardAppId, ['User.Read', 'Application.ReadWrite.All'])
  const person = await journey.prepare(home, practice)
  control.settle()
  control.clearRequests()
  return person
}

/** Walks every journey undisturbed. */
export async function walkClean(home: string, practice: PracticeTenant): Promise<readonly Clean[]> {
  const all: Clean[] = []
  for (const journey of journeys) {
    const person = await prepared(journey, home, practice)
    const why = await carryOn(person)
    if (why) throw new Error(`${journey.name} is not done when nothing disturbs it: ${why}`)
    const { control } = practice
    all.push({ journey, writes: writesIn(control.requests()), whole: wholeOf(control.tenant()) })
  }
  return all
}

/** Every write of every journey but those that an earlier journey sends too. Setups have random IDs. */
export function placesIn(all: readonly Clean[]): readonly Place[] {
  const seen = new Set<string>()
  const nameOf = ({ method, path }: Write) => `${method} ${path.replace(/mail-oauth-wizard-ID/, 'KEY')}`
  return all.flatMap(clean => {
    const places = clean.writes.map((write, index) => ({ clean, index, name: nameOf(write) }))
    const fresh = places.filter(({ name }) => !seen.has(name))
    for (const { name } of fresh) seen.add(name)
    return fresh.map(place => ({ ...place, name: `${place.name} in ${clean.journey.name}` }))
  })
}

/** A rule for faults that matches this write in another walk of the same journey. */
export const ruleAt = ({ clean, index }: Place) => matching(clean.writes, index)
