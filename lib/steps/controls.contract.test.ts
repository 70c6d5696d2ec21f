// Controls of the contract: steps made to break one rule each, to show that the contract complains of them.
// The rule it keeps: each is a real step with one thing changed, so that nothing else can be what is complained of.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Trouble } from '../../test-data/contract/faults.ts'
import {
  converges,
  copyings,
  looksWithoutWriting,
  needsWhatItDeclares,
  survives
} from '../../test-data/contract/rules.ts'
import { alone, begin, type Start } from '../../test-data/contract/subject.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { worlds } from '../../test-data/contract/worlds.ts'
import type { Tenant } from '../microsoft/graph.ts'
import { addPermissions } from './add-permissions.ts'
import { createASecret } from './create-a-secret.ts'
import type { Application } from './directory.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { steps } from './index.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Change, Setup, Standing, Step, TenantReader } from './step.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.stop())

async function beginIn(name: string, step: Step): Promise<Start> {
  const world = worlds.find(one => one.name === name)
  const start = world && (await begin(ground, alone(step, steps), world))
  if (!start) throw new Error(`${step.id} cannot begin in ${name}`)
  return start
}

/** The step, with its changes altered. */
function withChanges(step: Step, alter: (change: Change, setup: Setup) => Change): Step {
  return {
    ...step,
    async check(tenant: TenantReader, setup: Setup): Promise<Standing> {
      const standing = await step.check(tenant, setup)
      if (standing.kind !== 'todo') return standing
      const [first, ...rest] = standing.changes
      return { ...standing, changes: [alter(first, setup), ...rest.map(change => alter(change, setup))] }
    }
  }
}

const withCheck = (step: Step, check: Step['check']): Step => ({ ...step, check })
const killed: readonly Trouble[] = [{ name: 'killed', crash: 'after' }]
const answerLost: readonly Trouble[] = [{ name: 'answer lost', fault: { kind: 'lost-answer' } }]

describe('the contract complains of', () => {
  test('a create without a key', async () => {
    const keyless = withChanges(registerTheApplication, change => {
      if (change.path !== '/applications') return change
      const { uniqueName: _, ...body } = change.body as Record<string, unknown>
      return { ...change, body }
    })
    const start = await beginIn('a cloud without upsert', keyless)
    const { complaints } = await survives(ground, start, { copyings, troubles: killed })
    expect(complaints.join('\n')).toContain('there are 2 applications of this setup')
  })

  test('an application that is found by its display name', async () => {
    const byName = withCheck(registerTheApplication, async (tenant, setup) => {
      const [namesake] = await tenant.list<Application>(
        `/applications?$filter=${encodeURIComponent(`displayName eq '${setup.name}'`)}&$select=id,appId,displayName`
      )
      if (!namesake) return registerTheApplication.check(tenant, setup)
      return { kind: 'done', found: { appId: namesake.appId }, facts: [] }
    })
    const complaints = await converges(ground, await beginIn('a tenant with namesakes of the application', byName))
    expect(complaints).toContain('there are 0 applications of this setup and not 1')
  })

  test('a step that is never done', async () => {
    const restless = withCheck(registerTheApplication, async (tenant, setup) => {
      const standing = await registerTheApplication.check(tenant, setup)
      if (standing.kind !== 'done') return standing
      const path = `/applications/${(standing.found as { applicationObjectId: string }).applicationObjectId}` as const
      const change: Change = { says: 'Write the notes again', method: 'PATCH', path, body: { notes: setup.id } }
      return { kind: 'todo', changes: [change], then: [] }
    })
    const complaints = await converges(ground, await beginIn('an empty tenant', restless))
    expect(complaints.join('\n')).toContain('it is not done after')
  })

  test('a step that writes while it looks', async () => {
    const cheat = withCheck(findTheTenant, async (tenant, setup) => {
      const writer = tenant as Tenant
      const body = { displayName: 'made while looking' }
      await writer.change({ says: 'Cheat', method: 'POST', path: '/applications', body })
      return findTheTenant.check(tenant, setup)
    })
    const complaints = await looksWithoutWriting(ground, await beginIn('an empty tenant', cheat))
    expect(complaints).toContain('looking wrote: POST /v1.0/applications')
  })

  test('permissions that replace what an adopted application had', async () => {
    const narrowing = withChanges(addPermissions, change => {
      const { requiredResourceAccess } = change.body as {
        requiredResourceAccess: Application['requiredResourceAccess']
      }
      const [first] = requiredResourceAccess
      return {
        ...change,
        body: { requiredResourceAccess: [{ ...first, resourceAccess: first?.resourceAccess.slice(-2) }] }
      }
    })
    const name = 'an application to adopt, with secrets, permissions and grants of its own'
    const complaints = await converges(ground, await beginIn(name, narrowing))
    expect(complaints.join('\n')).toContain('the application Scanner on floor 3 lost something')
  })

  test('a secret whose name nobody can find again', async () => {
    const nameless = withCheck(createASecret, (tenant, setup) =>
      createASecret.check(tenant, { ...setup, secrets: setup.secrets.filter(one => one.keyId !== undefined) })
    )
    const start = await beginIn('an empty tenant', nameless)
    const { complaints } = await survives(ground, start, { copyings: copyings.slice(0, 1), troubles: answerLost })
    expect(complaints.join('\n')).toContain('there are 2 secrets of this setup')
  })

  test('a problem that does not say what to do', async () => {
    const silent = withCheck(findTheTenant, async () => ({
      kind: 'blocked',
      problem: { id: 'something', title: 'Something', happened: 'It happened.', todo: [] }
    }))
    const complaints = await looksWithoutWriting(ground, await beginIn('an empty tenant', silent))
    expect(complaints).toEqual(['find-the-tenant is blocked by something and does not say what to do'])
  })

  test('a permission that is used and not declared', async () => {
    const start = await beginIn('an empty tenant', { ...findTheTenant, permissions: ['User.Read'] })
    const complaints = await needsWhatItDeclares(ground, start)
    expect(complaints.join('\n')).toContain('find-the-tenant needs more than it declares')
  })

  test('a permission that is declared and not used', async () => {
    const permissions = [...findTheTenant.permissions, 'User.ReadBasic.All']
    const start = await beginIn('an empty tenant', { ...findTheTenant, permissions })
    expect(await needsWhatItDeclares(ground, start)).toEqual([
      'find-the-tenant declares User.ReadBasic.All and does not need it'
    ])
  })
})

test('a step that keeps the rules is not complained of', async () => {
  const start = await beginIn('an empty tenant', registerTheApplication)
  expect(await converges(ground, start)).toEqual([])
  expect((await survives(ground, start, { copyings, troubles: [...killed, ...answerLost] })).complaints).toEqual([])
})
