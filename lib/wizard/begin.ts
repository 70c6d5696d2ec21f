// Beginning a setup: one short form.
import 'server-only'
import { clouds } from '../microsoft/clouds.ts'
import { one, readName } from '../steps/fields.ts'
import { type Field, type FieldProblem, type Input, type Protocol, protocols } from '../steps/step.ts'
import type { SignedIn } from './door.ts'
import { createSetup } from './store.ts'

const labels: Record<Protocol, string> = {
  IMAP: 'IMAP: read mail, and file it',
  POP: 'POP: fetch mail',
  SMTP: 'SMTP: send mail'
}

/** The form, with an answer in every field: Continue is enough. */
export function beginFields(personCloud: string): readonly Field[] {
  return [
    {
      name: 'name',
      label: 'Name of the application',
      hint: 'Choose a name that the owner of the mailboxes will recognise, for example the name of the program.',
      kind: 'text',
      value: ['Mail connector'],
      autoComplete: 'off'
    },
    {
      name: 'protocol',
      label: 'What the program does',
      hint: 'Leave out what it does not need. You can run the wizard again later.',
      kind: 'some-of',
      value: [...protocols],
      choices: protocols.map(protocol => ({ value: protocol, label: labels[protocol] }))
    },
    {
      name: 'cloud',
      label: 'Microsoft cloud',
      kind: 'one-of',
      value: [personCloud],
      choices: clouds().map(cloud => ({
        value: cloud.name,
        label: cloud.title,
        hint:
          cloud.unconfirmed.length > 0 ? 'Some hosts of this cloud are not confirmed by a Microsoft source.' : undefined
      }))
    }
  ]
}

export type Begun = { ok: true; setupId: string } | { ok: false; problems: readonly FieldProblem[] }

export async function beginSetup({ person }: SignedIn, input: Input): Promise<Begun> {
  const problems: FieldProblem[] = []
  const name = readName(one(input, 'name'))
  if (typeof name !== 'string') problems.push({ field: 'name', says: name.says })
  const chosen = protocols.filter(protocol => input.protocol?.includes(protocol))
  if (chosen.length === 0) problems.push({ field: 'protocol', says: 'Choose at least one protocol.' })
  const cloud = clouds().find(row => row.name === one(input, 'cloud'))
  if (!cloud) problems.push({ field: 'cloud', says: 'Choose a cloud.' })
  if (problems.length > 0 || typeof name !== 'string' || !cloud) return { ok: false, problems }
  const setup = await createSetup(person.id, { name, protocols: chosen, cloud: cloud.name })
  return { ok: true, setupId: setup.id }
}
