// What Exchange was seen to have, against an Object ID that was pasted: how it stands follows what that ID is checked by.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { createSession, type Person, type Session } from '../session/session.ts'
import { steps } from '../steps/index.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Step } from '../steps/step.ts'
import { tellStep } from './act.ts'
import type { AtStep } from './door.ts'
import { saveReceipts } from './evidence-store.ts'
import { journeyOf } from './journey.ts'
import { seenById, setupOf } from './setup.ts'
import { rememberLook } from './sightings.ts'
import { standByEvidence, standByLook } from './stand-by-evidence.ts'
import { createSetup, findSetup, nameTenant, rememberPerson, type SetupRow } from './store.ts'

const [tenantId, appId, own, enterprise] = [1, 2, 3, 4].map(
  digit => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
) as [string, string, string, string]
const cloud = { name: 'global', portal: 'https://portal.example' } as AtStep['cloud']

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let person: Person
  let session: Session
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    person = await rememberPerson(newPerson())
    session = (await createSession()).session
  })
  afterAll(() => opened.close())

  async function at(step: Step): Promise<AtStep> {
    const row = (await findSetup(person.id, setupId)) as SetupRow
    const setup = setupOf(row, cloud, { admin: undefined, wizardClientId: undefined })
    const seen = seenById(row)
    return { session, person, row, setup, cloud, seen, journey: journeyOf(steps, seen, step), step } as AtStep
  }
  const tell = async (enterpriseObjectId: string) =>
    tellStep(await at(registerTheApplication), {
      appId: [appId],
      enterpriseObjectId: [enterpriseObjectId],
      applicationObjectId: ['']
    })
  async function stands(): Promise<string | undefined> {
    const standing = (await at(registerInExchange)).seen[registerInExchange.id]?.standing
    return standing?.kind === 'blocked' ? standing.problem.id : standing?.kind
  }

  /** Exchange has the right one, and the person pasted the application's own. */
  beforeEach(async () => {
    setupId = (await createSetup(person.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
    await nameTenant(setupId, tenantId)
    await tell(own)
    const principals = [{ objectId: enterprise }]
    const when = new Date(0).toISOString()
    await saveReceipts(setupId, [
      { source: 'output', at: when, appId, principals, mailboxes: [], failures: [], changed: false }
    ])
    await standByEvidence(await at(registerInExchange), 'receipt')
    expect(await stands()).toBe('object-id-unchecked')
  })

  test('the other one pasted, Exchange stands right at once', async () => {
    expect(await tell(enterprise)).toMatchObject({ ok: true })
    expect(await stands()).toBe('done')
  })

  test.each([
    ['what Exchange has', enterprise, 'done'],
    ['what was pasted', own, 'sp-wrong-object-id']
  ])('a look at the tenant that shows %s decides', async (_name, enterpriseObjectId, is) => {
    const found = { appId, enterpriseObjectId }
    const before = await at(registerTheApplication)
    await rememberLook(before, registerTheApplication, 'graph', { kind: 'done', found, facts: [] })
    await standByLook(before, registerTheApplication)
    expect(await stands()).toBe(is)
  })
})
