// What the manual path asks Graph about pasted IDs, against the practice tenant and Microsoft's own schema.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { network } from '../../test-data/contract/http.ts'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { type Ground, openGround, startClock } from '../../test-data/contract/tenant.ts'
import { whyNotGraph } from '../../test-data/graph-schema.ts'
import type { Tenant } from '../microsoft/graph.ts'
import { secretField } from '../steps/create-a-secret.manual.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import { permissionsToRead } from '../steps/index.ts'
import { type Registered, registerTheApplication } from '../steps/register-the-application.ts'
import { type Protocol, permissionFor, protocols, type Standing } from '../steps/step.ts'
import { tellByHand } from './by-hand.ts'
import type { AtStep } from './door.ts'

const world: { tenant: Tenant | undefined; remembered: string[]; warnings: readonly string[]; diary: object[] } = {
  tenant: undefined,
  diary: [],
  remembered: [],
  warnings: []
}

vi.mock('../microsoft/http.ts', () => import('../../test-data/contract/http.ts'))
vi.mock('../session/held-secrets.ts', () => ({ holdSecret: async () => true }))
vi.mock('./tenant.ts', () => ({ tenantOf: () => world.tenant }))
vi.mock('./sightings.ts', () => {
  const remember = async (_of: unknown, _step: unknown, source: string, standing: Standing) => {
    world.remembered.push(source)
    world.warnings = standing.kind === 'done' ? (standing.warnings ?? []) : []
    return true
  }
  return { rememberSighting: remember, rememberLook: remember }
})
vi.mock('./stand-by-evidence.ts', () => ({
  standByCheckedId: async () => {
    world.remembered.push('Exchange stands anew')
  }
}))
vi.mock('./other-application.ts', () => ({
  isOtherApplication: () => false
}))
vi.mock('./store.ts', () => ({
  saveAnswer: async () => undefined,
  noteByHand: async () => undefined,
  writeDiary: async (_setupId: string, entry: object) => {
    world.diary.push(entry)
  }
}))

type Ids = { appId: string; applicationId: string; servicePrincipalId: string }

let ground: Ground
let at: AtStep
let ids: Ids
beforeAll(async () => {
  ground = await openGround()
  const [contoso] = ground.practice.practice.state.tenants
  if (!contoso) throw new Error('There is no tenant to paste the IDs of')
  ids = ground.practice.control.seedApplication({ displayName: 'Invoice reader', servicePrincipal: true }) as Ids
  world.tenant = await ground.enter('ada@contoso.example', permissionsToRead, startClock())
  at = {
    step: registerTheApplication,
    row: { id: 'a setup' },
    cloud: ground.cloud,
    entered: {},
    person: { username: 'ada@contoso.example' },
    setup: setupOf(newMemory(), ground.cloud, contoso.id, new Date(0))
  } as unknown as AtStep
})
afterAll(() => ground.stop())
beforeEach(() => {
  world.remembered = []
  world.diary = []
})

const id = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'

/** What came of telling these IDs, and which kinds of requests were sent for it; each is one that Graph knows. */
async function told(registered: Registered) {
  network.sent = []
  const answer = await tellByHand(at, registered, {})
  const sent = network.sent
  network.sent = undefined
  expect(sent.flatMap(one => whyNotGraph(one))).toEqual([])
  return {
    says: answer.ok ? undefined : answer.problems[0]?.says,
    asked: sent.map(({ method, url }) => `${method} ${url.pathname}`.replace(new RegExp(id), 'ID')).sort()
  }
}

const byClientId = ["GET /v1.0/applications(appId='ID')", "GET /v1.0/servicePrincipals(appId='ID')"]
const byObjectId = ['GET /v1.0/applications/ID', 'GET /v1.0/servicePrincipals/ID']

describe('IDs that were pasted are looked up by requests that Microsoft Graph knows', () => {
  it('where they are right', async () => {
    const { says, asked } = await told({ appId: ids.appId, enterpriseObjectId: ids.servicePrincipalId })
    expect(says).toBeUndefined()
    expect(asked).toEqual(byClientId)
    expect(world.remembered).toEqual(['graph', 'Exchange stands anew'])
  })

  it.each([
    [
      'the Object ID of the application registration',
      () => ids.applicationId,
      /of the application registration Invoice/
    ],
    [
      'the Object ID of the enterprise application',
      () => ids.servicePrincipalId,
      /of the enterprise application Invoice/
    ],
    ['an ID of nothing here', () => '11111111-2222-4333-8444-555555555555', /^Nothing in this tenant has this ID/]
  ])('where the client ID is %s', async (_name, pasted, words) => {
    const { says, asked } = await told({ appId: pasted() })
    expect(says).toMatch(words)
    expect(asked).toEqual([...byClientId, ...byObjectId].sort())
    expect(world.remembered).toEqual([])
  })

  it('where the Object ID is one of something else', async () => {
    const enterpriseObjectId = '11111111-2222-4333-8444-555555555555'
    const { says, asked } = await told({ appId: ids.appId, enterpriseObjectId })
    expect(says).toContain(`The right one for this application is ${ids.servicePrincipalId}.`)
    expect(asked).toEqual([...byClientId, ...byObjectId].sort())
  })
})

describe('the token of a secret that was pasted', () => {
  /** What is warned of, where only these were consented to and the setup has these protocols. */
  async function warned(granted: readonly Protocol[], chosen: readonly Protocol[]): Promise<readonly string[]> {
    const { told, warnings } = await pasted(granted, chosen)
    expect(told).toEqual({ ok: true })
    // The token names the right Object ID: what Exchange was seen to have is compared with that one from now on.
    expect(world.remembered).toEqual(['token', 'Exchange stands anew', 'token'])
    return warnings
  }

  async function pasted(granted: readonly Protocol[], chosen: readonly Protocol[], value?: string) {
    const { appId, secrets } = ground.practice.control.seedApplication({
      displayName: 'Invoice reader',
      servicePrincipal: true,
      permissions: granted.map(protocol => permissionFor[protocol]),
      grants: granted.map(protocol => permissionFor[protocol]),
      secrets: [{ displayName: 'By hand' }]
    })
    const { tenantId = '' } = at.setup
    const memory = newMemory({ protocols: chosen })
    memory.sightings[registerTheApplication.id] = {
      source: 'person',
      standing: { kind: 'done', found: { appId }, facts: [] }
    }
    const setup = setupOf(memory, ground.cloud, tenantId, new Date(0))
    const told = await tellByHand(
      { ...at, step: createASecret, setup },
      {},
      { [secretField]: [value ?? secrets[0]?.secretText ?? ''] }
    )
    return { told, warnings: world.warnings }
  }

  const inTheDiary = {
    stepId: createASecret.id,
    who: 'ada@contoso.example',
    requestId: expect.stringMatching(/^[\w-]{36}$/)
  }

  it('is in the diary with Microsoft’s reference, given or refused', async () => {
    await pasted(['IMAP'], ['IMAP'])
    expect(world.diary).toEqual([{ ...inTheDiary, kind: 'note', says: expect.stringContaining('gave a token') }])
    world.diary = []
    const wrong = 'wrong~in-every-way-and-long-enough-to-be-one'
    expect((await pasted(['IMAP'], ['IMAP'], wrong)).told).toMatchObject({ ok: false })
    const says = expect.stringMatching(/^Microsoft gave no token with the pasted client secret: AADSTS7000215$/)
    expect(world.diary).toEqual([{ ...inTheDiary, kind: 'refused', says }])
  })

  it('says which permissions of the chosen protocols it lacks, and how they are granted', async () => {
    const [says = '', ...more] = await warned(['IMAP'], protocols)
    expect(more).toEqual([])
    expect(says).toContain('does not hold POP.AccessAsApp, SMTP.SendAsApp. Check on the page Add the permissions')
    expect(says).toMatch(/choose Grant admin consent.* takes some minutes to show in a token/)
  })

  it('says so also where it holds none', async () => {
    expect((await warned([], ['IMAP']))[0]).toContain('does not hold IMAP.AccessAsApp.')
  })

  it('warns of nothing where it holds them all, nor of protocols that were not chosen', async () => {
    expect(await warned(protocols, protocols)).toEqual([])
    world.remembered = []
    expect(await warned(['IMAP'], ['IMAP'])).toEqual([])
  })
})
