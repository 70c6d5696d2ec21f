// What no page of ours sends and a browser may: lists and objects where a text is meant, words that every object has. It is
// taken as not said.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { addToList, readBound } from '../lib/wizard/directory-picker.ts'
import { requireSetup } from '../lib/wizard/door.ts'
import { setupsPage } from '../lib/wizard/overview.ts'
import { findSetup, listSetups } from '../lib/wizard/store.ts'
import { add } from './setups/[setupId]/[step]/pick/actions.ts'
import { POST } from './setups/[setupId]/[step]/secret/route.ts'

const setupId = '11111111-0000-4000-8000-000000000000'
const said = vi.hoisted(() => ({ form: new FormData() }))

vi.mock('next/headers', () => ({ cookies: async () => new Map(), headers: async () => new Headers() }))
vi.mock('next/navigation', () => ({
  notFound: () => {
    throw new Error('not found')
  },
  redirect: (path: string) => {
    throw new Error(`on to ${path}`)
  }
}))
vi.mock('../lib/session/session.ts', async original => ({
  ...(await original<object>()),
  cookieName: () => 'session',
  findSession: async () => ({ id: 'session', person: { id: 'person' } })
}))
vi.mock('../lib/wizard/store.ts', async original => ({
  ...(await original<object>()),
  findSetup: vi.fn(),
  listSetups: vi.fn(async () => [])
}))
vi.mock('../lib/wizard/door.ts', async original => ({
  ...(await original<object>()),
  requireOwnRequest: async () => {},
  requireStep: async (id: string, step: string) => ({ row: { id }, step: { id: step } })
}))
vi.mock('../lib/wizard/directory-picker.ts', async original => ({
  ...(await original<object>()),
  addToList: vi.fn(async () => ({ ok: true, added: 1 }))
}))
vi.mock('./handled.ts', () => ({
  elsewhere: undefined,
  handled: (_request: Request, act: (form: FormData) => Promise<Response>) => act(said.form)
}))
vi.mock('./see-other.ts', () => ({ seeOther: (path: string) => path }))

beforeEach(() => {
  vi.clearAllMocks()
  said.form = new FormData()
})

describe('what is not the text that is meant', () => {
  test('is no setup', async () => {
    for (const id of [[setupId], { toString: setupId }, null, undefined, 7, '', `${setupId}x`])
      await expect(requireSetup(id as never)).rejects.toThrow('not found')
    expect(findSetup).not.toHaveBeenCalled()
    await expect(requireSetup(setupId)).rejects.toThrow('not found')
    expect(findSetup).toHaveBeenCalledOnce()
  })

  test('is no place in the list of setups', async () => {
    const signedIn = { person: { id: 'person' } } as never
    for (const before of [['1', '2'], [`1_${setupId}`, '2'], [], '1', `99999999999999_${setupId}`, '_'])
      expect(await setupsPage(signedIn, before)).toEqual({ setups: [], next: undefined })
    expect(vi.mocked(listSetups).mock.calls.map(([, , key]) => key)).toEqual(Array(6).fill(undefined))
    await setupsPage(signedIn, `1_${setupId}`)
    expect(listSetups).toHaveBeenLastCalledWith('person', 51, { touchedAt: new Date(1), id: setupId })
  })

  test('is no page of the directory, and what was ticked is added all the same', async () => {
    const unlike = { toString: 1, valueOf: 1 }
    for (const from of [null, undefined, 7, [], {}, { search: null }, { search: unlike, after: unlike }])
      await expect(add(setupId, 'open-the-mailboxes', from as never, {} as never, new FormData())).rejects.toThrow(
        `on to /setups/${setupId}/open-the-mailboxes/pick?q=&added=1`
      )
    expect(addToList).toHaveBeenCalledTimes(7)
    expect(readBound({ search: 'ada', after: 'sealed' })).toEqual({ search: 'ada', after: 'sealed' })
  })

  test('is no word about the secret', async () => {
    const params = Promise.resolve({ setupId, step: 'create-a-secret' })
    for (const word of ['__proto__', 'constructor', 'valueOf', 'toString', 'hasOwnProperty', '']) {
      said.form.set('word', word)
      const answer = await POST(new Request('https://wizard.example'), { params })
      expect([word, answer]).toEqual([word, `/setups/${setupId}/create-a-secret`])
    }
  })
})
