// What a test of the connection asks of Microsoft, and a pasted receipt, stand in the diary as it is exported: who, what,
// when, and Microsoft's request ID.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { Silence } from '../microsoft/answers.ts'
import type { AppToken } from '../microsoft/app-token.ts'
import { Secret } from '../session/secret.ts'
import type { Person } from '../session/session.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import { diaryAsJsonLines } from './diary.ts'
import type { AtSetup } from './door.ts'
import { askForToken } from './mail-token.ts'
import { pastedInWords } from './receive.ts'
import { createSetup, rememberPerson } from './store.ts'

const microsoft = vi.hoisted(() => ({ answer: async (): Promise<unknown> => undefined }))
vi.mock('../microsoft/app-token.ts', () => ({ appToken: () => microsoft.answer() }))

const claims = { aud: 'https://outlook.office365.com', tid: 'T', appid: 'A', oid: 'O', roles: [], exp: 1_900_000_000 }
const given: AppToken = { ok: true, token: 'the token', claims: claims as never, requestId: 'microsoft-1' }
const problem = { id: 'x', title: 'Wrong secret', happened: 'x', todo: [] }
const refused: AppToken = {
  ok: false,
  problem: { ...problem, reference: { code: 'AADSTS7000215', requestId: 'microsoft-2' } }
}

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ada: Person
  let at: AtSetup
  beforeAll(async () => {
    opened = await useDatabase(open)
    ada = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    const row = await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })
    const setup = { tenantId: '11111111-1111-4111-8111-111111111111', found: () => ({ appId: 'A' }) }
    at = { row, setup, person: ada, entered: undefined, cloud: {} } as unknown as AtSetup
  })

  async function exported(): Promise<readonly Record<string, unknown>[]> {
    let text = ''
    for await (const part of diaryAsJsonLines(at.row.id)) text += part
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  }

  test('a token that was asked for a test is told with Microsoft’s request ID', async () => {
    microsoft.answer = async () => given
    await askForToken(at, new Secret('a secret'))
    const [entry, ...more] = await exported()
    expect(more).toEqual([])
    expect(entry).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      who: ada.username,
      step: testTheConnection.title,
      says: 'Microsoft gave a token for the application',
      requestId: 'microsoft-1'
    })
    expect(JSON.stringify(entry)).not.toMatch(/the token|a secret/)
  })

  test('a token that was refused is told with the code and the ID, and one without an answer as that', async () => {
    microsoft.answer = async () => refused
    await askForToken(at, new Secret('a secret'))
    microsoft.answer = async () => Promise.reject(new Silence('x'))
    await askForToken(at, new Secret('a secret'))
    expect(await exported()).toMatchObject([
      {
        outcome: 'refused by Microsoft',
        says: 'Microsoft gave no token for the application: AADSTS7000215',
        requestId: 'microsoft-2'
      },
      { outcome: 'no answer from Microsoft', says: 'Asked Microsoft for a token for the application' }
    ])
  })
})

test('a receipt is told by its script and when that ran', () => {
  const look = { source: 'receipt', script: 'whole', at: '2026-08-21T09:30:00Z' }
  expect(pastedInWords([look] as never)).toBe('Pasted a receipt of the script whole, run at 2026-08-21T09:30:00Z')
  expect(pastedInWords([{ source: 'output', at: 'x' }] as never)).toBe('Pasted what PowerShell printed')
})
