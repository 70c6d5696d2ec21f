// A test of the mailboxes whose lease somebody else has taken meanwhile sends nothing more and logs in to nothing more.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testTheConnection } from '../steps/test-the-connection.ts'
import type { AtStep } from './door.ts'
import type { Lease } from './lease.ts'
import type { Line } from './run-lines.ts'
import { type TestAsk, testLines } from './test-lines.ts'

/** How often the lease is ours still, and what was done under it. */
const world = vi.hoisted(() => ({ oursFor: Number.POSITIVE_INFINITY, sent: [] as string[], loggedIn: [] as string[] }))

vi.mock('./lease.ts', () => ({
  async *underLease<Event, Ended>(_setup: string, _who: string, run: (lease: Lease) => AsyncGenerator<Event, Ended>) {
    return yield* run({ isStillOurs: async () => world.oursFor-- > 0 })
  }
}))
vi.mock('../session/held-secrets.ts', () => ({ findHeldSecret: async () => ({ secret: 'held' }) }))
vi.mock('./mail-token.ts', () => ({ askForToken: async () => ({ ok: true, token: 'token' }) }))
vi.mock('./hold-secret.ts', () => ({ dropOnceProved: async () => undefined }))
vi.mock('./stand-by-evidence.ts', () => ({ standByEvidence: async () => undefined }))
vi.mock('./store.ts', () => ({ writeDiary: async () => undefined }))
vi.mock('./evidence-store.ts', () => ({
  readLogins: async () => [],
  saveProof: async () => undefined,
  saveSent: async () => undefined,
  countProofs: async () => ({ accepted: 0, refused: 0, unreachable: 0 })
}))
vi.mock('../microsoft/mail/log-in.ts', () => ({
  sendTestMessage: async (_host: unknown, address: string) => {
    world.sent.push(address)
    return { kind: 'accepted', at: '2026-08-22T10:00:00.000Z', says: '250 2.0.0 OK' }
  },
  logIn: async (_protocol: string, _host: unknown, mailbox: string) => {
    world.loggedIn.push(mailbox)
    return { kind: 'accepted' }
  }
}))

const mailboxes = Array.from({ length: 40 }, (_, index) => `m${index}@contoso.example`)
const host = { host: 'localhost', port: 1, security: 'TLS' }
const at = {
  row: { id: 'S' },
  step: testTheConnection,
  setup: { name: 'Invoices', mailboxes, protocols: ['SMTP'] },
  cloud: { smtp: host, imap: host, pop: host },
  person: { username: 'ada@contoso.example' },
  session: {}
} as unknown as AtStep
const ask: TestAsk = { which: 'all', place: undefined, send: false, every: false, sinceMs: 0 }

async function linesOf(given: Partial<TestAsk>): Promise<readonly Line[]> {
  const lines: Line[] = []
  for await (const line of testLines(at, { ...ask, ...given }, new AbortController().signal)) lines.push(line)
  return lines
}
const busy = (query = '') => ({ kind: 'end', href: `/setups/S/${testTheConnection.id}?busy=1${query}` })

describe('a test of the mailboxes', () => {
  beforeEach(() => {
    Object.assign(world, { oursFor: Number.POSITIVE_INFINITY, sent: [], loggedIn: [] })
  })

  test('sends to ten, and logs in to all, while its lease is its own', async () => {
    expect((await linesOf({ send: true })).at(-1)?.kind).toBe('end')
    expect(world.sent).toEqual(mailboxes.slice(0, 10))
    await linesOf({})
    expect(world.loggedIn.toSorted()).toEqual(mailboxes.toSorted())
  })

  test.each([0, 1, 3])('sends no message more once the lease is lost, after %d', async count => {
    world.oursFor = count
    expect((await linesOf({ send: true })).at(-1)).toEqual(busy())
    expect(world.sent).toEqual(mailboxes.slice(0, count))
  })

  test('logs in nowhere where the lease is lost before the first login', async () => {
    world.oursFor = 0
    expect((await linesOf({})).at(-1)).toEqual(busy())
    expect(world.loggedIn).toEqual([])
  })

  test('begins no login more once the lease is lost; one that tests by itself goes on at its next turn', async () => {
    world.oursFor = 3
    expect((await linesOf({ every: true })).at(-1)).toEqual(busy('&every=5'))
    // Those of the first batch were under way, and one more for each result before that.
    expect(world.loggedIn.length).toBeLessThanOrEqual(8 + 2)
  })
})
