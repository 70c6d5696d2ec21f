// Entering a tenant: what it leaves in the setup, by what was asked for.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import type { SignInStart } from '../microsoft/sign-in.ts'
import { createSession, findSession, type Person, renameSession, type Session } from '../session/session.ts'
import { type Entered, findEntered, noteChallenge } from '../session/token-caches.ts'
import { permissionsOf, permissionsToRead, steps } from '../steps/index.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { pickerPermission } from './directory-search.ts'
import { comeBack, goToMicrosoft, type Start } from './entrance.ts'
import { createSetup, findSetup, rememberPerson } from './store.ts'

const tenantId = 'aaaaaaaa-0000-4000-8000-000000000000'
const microsoft = vi.hoisted(() => ({ state: '', username: '' }))
vi.mock('../microsoft/sign-in.ts', async load => ({
  ...(await load<object>()),
  signInUrl: async ({ state }: SignInStart) => {
    microsoft.state = state
    return 'https://login.example'
  },
  finishSignIn: async () => {
    const { username } = microsoft
    return {
      account: { tenantId, objectId: tenantId, homeAccountId: 'h', username, name: 'A', guest: false },
      cache: '{}'
    }
  }
}))

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let person: Person
  let session: Session
  beforeAll(async () => {
    opened = await useDatabase(open)
    person = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())

  async function enter(setupId: string, username: string, purpose: Start['purpose'], scopes: readonly string[]) {
    session = (await renameSession((await createSession()).session, person.id)).session
    await enterAgain(setupId, username, purpose, scopes)
  }

  async function enterAgain(setupId: string, username: string, purpose: Start['purpose'], scopes: readonly string[]) {
    microsoft.username = username
    const way = { cloud: 'global', way: 'command-line' }
    expect(await goToMicrosoft({ session: { ...session, person }, ...way, purpose, setupId, scopes })).toMatchObject({
      ok: true
    })
    const query = new URLSearchParams({ code: 'a code', state: microsoft.state })
    const back = await comeBack({ ...session, person }, query)
    if (!back.ok) throw new Error(`Nobody has entered: ${back.problem}`)
    session = (await findSession(back.cookie)) as Session
  }

  test('whoever may change the tenant runs the scripts, and nobody who only looks or picks mailboxes', async () => {
    const { id } = await createSetup(person.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })
    const runner = async () =>
      (await findSetup(person.id, id))?.answers.find(({ stepId }) => stepId === registerInExchange.id)?.value
    await enter(id, 'picks@contoso.example', 'pick', [pickerPermission])
    await enter(id, 'looks@contoso.example', 'enter', permissionsToRead)
    expect(await runner()).toBeUndefined()
    await enter(id, 'ada@contoso.example', 'enter', permissionsOf(steps))
    expect(await runner()).toEqual({ admin: 'ada@contoso.example' })
  })

  test('what Microsoft asked of the next sign-in is met by whoever enters again, for what they enter for', async () => {
    const { id } = await createSetup(person.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })
    const claims = async () => (await findEntered(session, 'global', tenantId))?.claims
    await enter(id, 'ada@contoso.example', 'enter', permissionsOf(steps))
    await noteChallenge(session, (await findEntered(session, 'global', tenantId)) as Entered, 'asked', 'steps')
    await enterAgain(id, 'ada@contoso.example', 'pick', [pickerPermission])
    expect(await claims()).toBe('asked')
    await enterAgain(id, 'ada@contoso.example', 'enter', permissionsOf(steps))
    expect(await claims()).toBeNull()
  })
})
