// What Exchange was seen to have, against an Object ID that was pasted: how it stands follows what that ID is checked by.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { atStep, newOwner, newSetup, type Owner } from '../../test-data/at-step.ts'
import { databases, useDatabase } from '../../test-data/databases.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Step } from '../steps/step.ts'
import { tellStep } from './act.ts'
import { saveReceipts } from './evidence-store.ts'
import { rememberLook } from './sightings.ts'
import { standByEvidence, standByLook } from './stand-by-evidence.ts'
import { nameTenant } from './store.ts'

const [tenantId, appId, own, enterprise] = [1, 2, 3, 4].map(
  digit => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
) as [string, string, string, string]

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let owner: Owner
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    owner = await newOwner()
  })
  afterAll(() => opened.close())

  const at = (step: Step) => atStep(owner, setupId, step)
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
    setupId = await newSetup(owner)
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
