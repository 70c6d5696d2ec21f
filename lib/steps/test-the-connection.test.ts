// What the counted logins come to: not tried, not all good, proved, and proved but for sending.
import { describe, expect, test } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { ProofCount, Setup, TenantReader } from './step.ts'
import { loginsWanted, testTheConnection } from './test-the-connection.ts'

const notRead = () => Promise.reject(new Error('The tenant is not read'))
const nobody: TenantReader = { read: notRead, list: notRead }
const [ada, ben] = ['ada@contoso.example', 'ben@contoso.example']

const setupWith = (proof: Partial<ProofCount>, given: Partial<Setup> = {}): Setup => ({
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP', 'SMTP'],
  cloud: globalCloud,
  tenantId: undefined,
  findsBy: 'uniqueName',
  wizardClientId: undefined,
  admin: undefined,
  mailboxes: [ada, ben],
  secrets: [],
  exchange: [],
  proof: { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [], ...proof },
  now: new Date(0),
  nextAttemptId: 'attempt',
  answered: () => undefined,
  found: () => undefined,
  lastFound: () => undefined,
  ...given
})
const stands = (...given: Parameters<typeof setupWith>) => testTheConnection.check(nobody, setupWith(...given))
const warnings = async (...given: Parameters<typeof setupWith>) => {
  const standing = await stands(...given)
  return standing.kind === 'done' ? standing.warnings : [`It is ${standing.kind}`]
}

describe('the test of the connection', () => {
  test('wants a login for each mailbox and protocol', () => {
    expect(loginsWanted(setupWith({}))).toBe(4)
    expect(loginsWanted(setupWith({}, { mailboxes: [ada], protocols: ['POP'] }))).toBe(1)
  })

  test('is unseen before anything was tried, and while something was not', async () => {
    const unseen = { kind: 'unseen', question: 'Does every login succeed?' }
    expect(await stands({})).toEqual(unseen)
    expect(await stands({ accepted: 3 })).toEqual(unseen)
  })

  test('is never done without a mailbox', async () => {
    expect((await stands({}, { mailboxes: [] })).kind).toBe('unseen')
  })

  test.each([
    [{ refused: 1 }, 'logins-refused', '1 login of 4 is refused'],
    [{ unreachable: 1, accepted: 3 }, 'logins-not-reached', '1 login of 4 did not reach a mail server'],
    [{ refused: 2, unreachable: 2 }, 'logins-refused', '2 logins of 4 are refused'],
    [{ refused: 4 }, 'logins-refused', '4 logins of 4 are refused'],
    [{ accepted: 4, sendRefused: 1 }, 'messages-refused', '1 test message is refused'],
    [{ accepted: 4, sendRefused: 2 }, 'messages-refused', '2 test messages are refused']
  ])('with %o is blocked, and counts them in words', async (proof, id, title) => {
    const standing = await stands(proof)
    expect(standing).toMatchObject({ kind: 'blocked', problem: { id, title } })
    expect(standing.kind === 'blocked' && standing.problem.todo.length).toBeGreaterThan(0)
  })

  test('is blocked by a token that was refused, whatever was proved before', async () => {
    const noToken = { id: 'secret-expired', title: 'Expired', happened: 'It has expired.', todo: [] }
    expect(await stands({ accepted: 4, sent: 2, noToken })).toEqual({ kind: 'blocked', problem: noToken })
  })

  test('is done when every login was accepted, and says how many of what', async () => {
    expect(await stands({ accepted: 4, sent: 2 })).toEqual({
      kind: 'done',
      found: { confirmed: true },
      facts: [{ label: 'Logins that succeeded', value: '4: 2 mailboxes, IMAP, SMTP' }],
      warnings: []
    })
    expect(await stands({ accepted: 1 }, { mailboxes: [ada], protocols: ['POP'] })).toMatchObject({
      facts: [{ value: '1: 1 mailbox, POP' }]
    })
  })

  test('warns while sending is not proved, of each mailbox that sent nothing', async () => {
    expect(await warnings({ accepted: 4 })).toEqual([
      'Sending is not proved for 2 mailboxes: a missing permission shows only when a message is sent.'
    ])
    expect((await warnings({ accepted: 4, sent: 1 }))?.join()).toContain('not proved for 1 mailbox:')
    expect(await warnings({ accepted: 4, sent: 2 })).toEqual([])
  })

  test('does not warn of sending where SMTP was not chosen', async () => {
    expect(await warnings({ accepted: 4 }, { protocols: ['IMAP', 'POP'] })).toEqual([])
  })

  test('asks no permission of the tenant and does not read it', () => {
    expect(testTheConnection.permissions).toEqual([])
  })
})
