import { describe, expect, test } from 'vitest'
import type { ExchangeEvidence, MailboxEvidence } from '../evidence.ts'
import { grantedHash } from '../receipt.ts'
import { grantsAgree, mailboxIn, organizationIn, principalsIn } from './known.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const right = { objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435' }
const wrong = { objectId: '11111111-2222-4333-8444-555555555555' }
const address = 'invoices@contoso.example'
const at = (minute: number) => `2026-08-22T10:${String(minute).padStart(2, '0')}:00Z`
const look = (minute: number, more: Partial<ExchangeEvidence> = {}): ExchangeEvidence => ({
  source: 'receipt',
  at: at(minute),
  appId,
  mailboxes: [],
  failures: [],
  changed: false,
  ...more
})
const box = (facts: Omit<MailboxEvidence, 'address'>) => [{ address, ...facts }]

describe('the newest look', () => {
  test('wins fact by fact, in whatever order they are given, with its time and source', () => {
    const looks = [
      look(3, { mailboxes: box({ imap: true }) }),
      look(1, { mailboxes: box({ imap: false, pop: false, grant: true }) }),
      look(2, { source: 'output', mailboxes: box({ pop: true, smtpAuth: null }) })
    ]
    for (const given of [looks, looks.toReversed()])
      expect(mailboxIn(given, address.toUpperCase())).toEqual({
        imap: { value: true, at: at(3), source: 'receipt' },
        pop: { value: true, at: at(2), source: 'output' },
        smtpAuth: { value: null, at: at(2), source: 'output' },
        grant: { value: true, at: at(1), source: 'receipt' }
      })
    expect(mailboxIn(looks, 'other@contoso.example')).toEqual({})
  })

  test('of the organisation and of the entries is the last that shows them', () => {
    const looks = [
      look(1, { smtpAuthOfOrganization: true, principals: [right] }),
      look(2, { smtpAuthOfOrganization: false }),
      look(3)
    ]
    expect(organizationIn(looks)).toEqual({ value: false, at: at(2), source: 'receipt' })
    expect(principalsIn(looks)).toEqual({ value: [right], at: at(1), source: 'receipt' })
    expect([organizationIn([]), principalsIn([look(1)])]).toEqual([undefined, undefined])
  })

  test('that leaves out a SID keeps it from the look before, but not from an entry that is gone', () => {
    const sid = 'S-1-5-21-1-2-3-4'
    expect(
      principalsIn([look(1, { principals: [{ ...right, sid }] }), look(2, { principals: [right] })])?.value
    ).toEqual([{ ...right, sid }])
    const between = look(2, { principals: [] })
    expect(
      principalsIn([look(1, { principals: [{ ...right, sid }] }), between, look(3, { principals: [right] })])?.value
    ).toEqual([right])
  })
})

describe('a grant', () => {
  const granted = (minute: number, principals: ExchangeEvidence['principals']) =>
    look(minute, { principals, mailboxes: box({ grant: true, sendAs: true, imap: true }) })
  const facts = (looks: readonly ExchangeEvidence[]) => Object.keys(mailboxIn(looks, address)).sort()

  test('ends with its entry: registered again, removed, another SID, or a second one', () => {
    const before = granted(1, [{ ...right, sid: 'S-1-5-21-1-2-3-4' }])
    const ends: readonly ExchangeEvidence['principals'][] = [
      [wrong],
      [],
      [{ ...right, sid: 'S-1-5-21-1-2-3-5' }],
      [right, wrong]
    ]
    for (const principals of ends) expect(facts([before, look(2, { principals })])).toEqual(['imap'])
  })

  test('lasts while its entry does, and where a look does not show the entry', () => {
    const before = granted(1, [{ ...right, sid: 'S-1-5-21-1-2-3-4' }])
    for (const principals of [[right], [{ ...right, sid: 'S-1-5-21-1-2-3-4' }], undefined])
      expect(facts([before, look(2, { principals })])).toEqual(['grant', 'imap', 'sendAs'])
    expect(facts([look(0, { mailboxes: box({ grant: true }) }), look(1, { principals: [right] })])).toEqual(['grant'])
  })

  test('that came with the new entry, or after it, counts', () => {
    expect(facts([granted(1, [wrong]), granted(2, [right])])).toEqual(['grant', 'imap', 'sendAs'])
    const later = look(3, { mailboxes: box({ grant: true }) })
    expect(mailboxIn([granted(1, [wrong]), look(2, { principals: [right] }), later], address).grant?.at).toBe(at(3))
  })

  test('does not come back with the Object ID that it was given to', () => {
    const looks = [granted(1, [right]), look(2, { principals: [] }), look(3, { principals: [right] })]
    expect(facts(looks)).toEqual(['imap'])
  })
})

describe('a list that names no mailbox', () => {
  const list = Array.from({ length: 300 }, (_, index) => `m${index}@contoso.example`)
  const opened = async (minute: number, mailboxes: readonly string[], principals: ExchangeEvidence['principals']) =>
    look(minute, { principals, granted: { count: mailboxes.length, sha256: await grantedHash(mailboxes) } })

  test('agrees with a receipt of exactly its mailboxes, in any order and letters', async () => {
    const looks = [await opened(1, list, [right])]
    expect(
      await grantsAgree(
        looks,
        list.toReversed().map(one => one.toUpperCase())
      )
    ).toEqual({
      value: true,
      at: at(1),
      source: 'receipt'
    })
    expect((await grantsAgree(looks, list.slice(1)))?.value).toBe(false)
    expect(await grantsAgree([], list)).toBeUndefined()
  })

  test('goes by the newest receipt, of the entry that is there now', async () => {
    const looks = [await opened(1, list, [right]), await opened(2, list.slice(1), [right])]
    expect(await grantsAgree(looks, list)).toMatchObject({ value: false, at: at(2) })
    expect(await grantsAgree([await opened(1, list, [wrong]), look(2, { principals: [right] })], list)).toBeUndefined()
  })

  test('does not agree where a later look shows one of them closed', async () => {
    const closed = look(2, { mailboxes: [{ address: 'm7@contoso.example', grant: false }] })
    expect(await grantsAgree([await opened(1, list, [right]), closed], list)).toMatchObject({ value: false, at: at(2) })
    const other = look(2, { mailboxes: [{ address: 'x@contoso.example', grant: false }] })
    expect((await grantsAgree([await opened(1, list, [right]), other], list))?.value).toBe(true)
  })
})
