// What counts of several looks at Exchange: the newest, fact by fact; and when a grant counts no more.
import { describe, expect, test } from 'vitest'
import type { ExchangeEvidence, MailboxEvidence } from './evidence.ts'
import { knownOf, lastBefore, timeOf } from './known.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const tenantId = '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11'
const right = { objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435' }
const wrong = { objectId: '11111111-2222-4333-8444-555555555555' }
const sid = 'S-1-5-21-1-2-3-4'
const address = 'invoices@contoso.example'
const at = (minute: number) => `2026-08-22T10:${String(minute).padStart(2, '0')}:00Z`
const look = (minute: number, more: Partial<ExchangeEvidence> = {}): ExchangeEvidence => ({
  source: 'receipt',
  at: at(minute),
  tenantId,
  appId,
  mailboxes: [],
  failures: [],
  changed: false,
  ...more
})
const box = (facts: Omit<MailboxEvidence, 'address'>) => [{ address, ...facts }]
const known = (looks: readonly ExchangeEvidence[], changedAt?: string) => knownOf(looks, { appId, tenantId }, changedAt)
const valuesOf = (looks: readonly ExchangeEvidence[]) =>
  Object.fromEntries(Object.entries(known(looks).mailbox(address)).map(([fact, seen]) => [fact, seen.value]))

describe('the newest look', () => {
  test('wins fact by fact, in whatever order they are given, with its time and source', () => {
    const looks = [
      look(3, { mailboxes: box({ imap: true }) }),
      look(2, { source: 'output', mailboxes: box({ pop: true, smtpAuth: null }) }),
      look(1, { mailboxes: box({ imap: false, pop: false, grant: true, sendAs: true }) })
    ]
    for (const given of [looks, looks.toReversed()])
      expect(known(given).mailbox(address.toUpperCase())).toMatchObject({
        imap: { value: true, look: { at: Date.parse(at(3)), source: 'receipt' } },
        pop: { value: true, look: { at: Date.parse(at(2)), source: 'output' } },
        smtpAuth: { value: null, look: { at: Date.parse(at(2)), source: 'output' } },
        grant: { value: true, look: { at: Date.parse(at(1)), source: 'receipt' } },
        sendAs: { value: true, look: { at: Date.parse(at(1)) } }
      })
    const capitals = look(1, { mailboxes: [{ address: address.toUpperCase(), imap: true }] })
    expect(known([capitals]).mailbox(address).imap?.value).toBe(true)
    expect(known(looks).mailbox('other@contoso.example')).toEqual({})
  })

  test('is the first in the list where two have one time', () => {
    const [newer, older] = [
      look(1, { mailboxes: box({ imap: false }), smtpAuthOfOrganization: false, principals: [right] }),
      look(1, { mailboxes: box({ imap: true }), smtpAuthOfOrganization: true, principals: [wrong] })
    ]
    const found = known([newer, older])
    expect(found.mailbox(address).imap?.value).toBe(false)
    expect(found.smtpAuthOfOrganization?.value).toBe(false)
    expect(found.principals?.value).toEqual([right])
  })

  test('of the organisation and of the entries is the last that shows them', () => {
    const found = known([
      look(3),
      look(2, { smtpAuthOfOrganization: false }),
      look(1, { smtpAuthOfOrganization: true, principals: [right] })
    ])
    expect(found.smtpAuthOfOrganization).toMatchObject({ value: false, look: { at: Date.parse(at(2)) } })
    expect(found.principals).toMatchObject({ value: [right], look: { at: Date.parse(at(1)) } })
    expect(known([])).toMatchObject({ principals: undefined, smtpAuthOfOrganization: undefined, changes: [] })
  })

  test('may say that a mailbox follows the organisation, over a switch of its own, and the other way about', () => {
    const follows = (minute: number) => look(minute, { mailboxes: box({ smtpAuth: null }) })
    const own = (minute: number) => look(minute, { mailboxes: box({ smtpAuth: true }) })
    expect(known([follows(2), own(1)]).mailbox(address).smtpAuth?.value).toBeNull()
    expect(known([own(2), follows(1)]).mailbox(address).smtpAuth?.value).toBe(true)
  })

  test('with a time that cannot be read is older than every other', () => {
    const broken = { ...look(1, { mailboxes: box({ imap: false }), changed: true }), at: 'yesterday' }
    const found = known([broken, look(2, { mailboxes: box({ imap: true }) })])
    expect(found.mailbox(address).imap?.value).toBe(true)
    expect(found.changes).toEqual([])
    expect([timeOf('yesterday'), timeOf(undefined)]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])
  })

  test('that shows a permission or a switch shows a mailbox; one that denies a permission does not', () => {
    expect(valuesOf([look(1, { mailboxes: box({ grant: true }) })])).toEqual({ grant: true, recipient: 'mailbox' })
    expect(valuesOf([look(1, { mailboxes: box({ smtpAuth: null }) })])).toEqual({
      smtpAuth: null,
      recipient: 'mailbox'
    })
    expect(valuesOf([look(1, { mailboxes: box({ grant: false }) })])).toEqual({ grant: false })
    expect(valuesOf([look(1, { mailboxes: box({ recipient: 'group', grant: false }) })])).toMatchObject({
      recipient: 'group'
    })
  })
})

describe('a look at something else', () => {
  const foreign: Partial<ExchangeEvidence> = {
    principals: [wrong],
    mailboxes: box({ imap: false }),
    smtpAuthOfOrganization: false,
    granted: { count: 1, sha256: 'x' },
    script: 'repair',
    changed: true
  }
  const nothing = {
    principals: undefined,
    smtpAuthOfOrganization: undefined,
    grantedLooks: [],
    grantsVoid: undefined,
    principalChangedAt: Number.NEGATIVE_INFINITY,
    changes: []
  }

  test('of another application says nothing at all', () => {
    const found = known([look(1, { ...foreign, appId: '99999999-c69c-401f-8deb-b1224d129dc8' })])
    expect(found).toMatchObject(nothing)
    expect(found.mailbox(address)).toEqual({})
  })

  test('of another tenant says nothing at all either', () => {
    const other = 'aaaaaaaa-3f5f-4c0d-9b80-0e0f7a5a1c11'
    const found = known([look(1, { ...foreign, tenantId: other })])
    expect(found).toMatchObject(nothing)
    expect(found.mailbox(address)).toEqual({})
  })

  test('counts where its IDs differ in their letters alone, or where it names no tenant', () => {
    const looks = [
      look(1, { principals: [right], appId: appId.toUpperCase(), tenantId: tenantId.toUpperCase() }),
      look(1, { principals: [right], source: 'output', tenantId: undefined })
    ]
    for (const one of looks) expect(known([one]).principals?.value).toEqual([right])
  })
})

describe('a grant', () => {
  const before = look(1, { principals: [{ ...right, sid }], mailboxes: box({ grant: true }) })
  /** Whether the grant that was seen last still counts. */
  const counts = (newestFirst: readonly ExchangeEvidence[]) => {
    const { grantsVoid, mailbox } = known(newestFirst)
    const { grant } = mailbox(address)
    return grant !== undefined && !(grantsVoid && grant.look.order < grantsVoid.order)
  }

  test('does not outlive a new SID, although a look between them left the SID out', () => {
    const renewed = look(3, { principals: [{ ...right, sid: 'S-1-5-21-1-2-3-5' }] })
    expect(counts([renewed, look(2, { principals: [right] }), before])).toBe(false)
  })

  test.each<[string, Partial<ExchangeEvidence>]>([
    ['another Object ID', { principals: [wrong] }],
    ['no entry any more', { principals: [] }],
    ['another SID', { principals: [{ ...right, sid: 'S-1-5-21-1-2-3-5' }] }],
    ['undo', { script: 'undo', changed: true }],
    ['repair', { script: 'repair', changed: true }]
  ])('is void after %s', (_, later) => {
    expect(counts([before])).toBe(true)
    expect(counts([look(2, later), before])).toBe(false)
  })

  test.each<[string, Partial<ExchangeEvidence>]>([
    ['the same entry without its SID', { principals: [right] }],
    ['the same entry with its SID', { principals: [{ ...right, sid }] }],
    ['the same IDs in capitals', { principals: [{ objectId: right.objectId.toUpperCase(), sid: sid.toLowerCase() }] }],
    ['a look that does not show the entry', {}],
    ['an undo that changed nothing', { script: 'undo' }],
    ['a repair that changed nothing', { script: 'repair' }],
    ['mailboxes opened again', { script: 'mailboxes', changed: true, principals: [{ ...right, sid }] }],
    ['the switches turned', { script: 'switches', changed: true }]
  ])('lasts over %s', (_, later) => {
    expect(counts([look(2, later), before])).toBe(true)
  })

  test('that was seen before anybody looked at the entry lasts', () => {
    expect(counts([look(2, { principals: [right] }), look(1, { mailboxes: box({ grant: true }) })])).toBe(true)
  })

  test('that came with the new entry, or after it, counts', () => {
    expect(counts([look(2, { principals: [wrong], mailboxes: box({ grant: true }) }), before])).toBe(true)
    const repair = look(2, { script: 'repair', changed: true, principals: [wrong], mailboxes: box({ grant: true }) })
    expect(counts([repair, before])).toBe(true)
    expect(counts([look(3, { mailboxes: box({ grant: true }) }), look(2, { principals: [] }), before])).toBe(true)
  })

  test('does not come back with the Object ID that it was given to', () => {
    expect(counts([look(3, { principals: [{ ...right, sid }] }), look(2, { principals: [] }), before])).toBe(false)
  })

  test('ends, and the switches of its mailbox stay', () => {
    const found = known([look(2, { principals: [] }), look(1, { mailboxes: box({ grant: true, imap: false }) })])
    expect(found.mailbox(address).imap?.value).toBe(false)
  })
})

describe('counted mailboxes', () => {
  const opened = (minute: number, count: number, more: Partial<ExchangeEvidence> = {}) =>
    look(minute, { script: 'mailboxes', granted: { count, sha256: `hash of ${count}` }, ...more })

  test('are those of every script that saw any, the newest first, so that a run for a few loses nothing', () => {
    const found = known([look(3), opened(2, 2), opened(1, 300)])
    expect(found.grantedLooks.map(({ value, look: { at } }) => [value.count, at])).toEqual([
      [2, Date.parse(at(2))],
      [300, Date.parse(at(1))]
    ])
    expect(found.unnamed?.value).toBe(2)
  })

  test.each<[string, Partial<ExchangeEvidence>]>([
    ['replaced', { principals: [wrong] }],
    ['removed', { principals: [] }],
    ['undone', { script: 'undo', changed: true }],
    ['repaired', { script: 'repair', changed: true }]
  ])('count no more once the entry was %s', (_, later) => {
    const first = opened(1, 300, { principals: [right] })
    expect(known([first]).grantedLooks.map(({ value }) => value.count)).toEqual([300])
    expect(known([look(2, later), first]).grantedLooks).toEqual([])
  })

  test('of the script that replaced the entry are of the new one', () => {
    const repaired = opened(2, 298, { script: 'repair', changed: true, principals: [right] })
    const { grantedLooks } = known([repaired, opened(1, 300, { principals: [wrong] })])
    expect(grantedLooks.map(({ value }) => value.count)).toEqual([298])
  })

  test('that a receipt names, or that are none, are not without names', () => {
    expect(known([opened(1, 1, { mailboxes: box({ grant: true }) })]).unnamed).toBeUndefined()
    expect(known([opened(1, 0)]).unnamed).toBeUndefined()
  })
})

describe('an entry that denies', () => {
  const denied = (minute: number) =>
    look(minute, { script: 'diagnosis', mailboxes: box({ grant: false, denied: true }) })
  const isDenied = (...looks: readonly ExchangeEvidence[]) => known(looks).mailbox(address).denied?.value === true

  test('is known until a look at all entries shows none', () => {
    expect(isDenied(denied(1))).toBe(true)
    expect(isDenied(look(2, { script: 'diagnosis', mailboxes: box({ grant: true }) }), denied(1))).toBe(false)
    expect(isDenied(look(2, { script: 'diagnosis', mailboxes: box({ grant: false }) }), denied(1))).toBe(false)
    expect(isDenied(look(2, { source: 'output', mailboxes: box({ grant: true }) }), denied(1))).toBe(false)
    expect(isDenied(denied(2), look(1, { script: 'diagnosis', mailboxes: box({ grant: true }) }))).toBe(true)
  })

  test('stays where a script granted beside it, or only the switches were seen', () => {
    expect(isDenied(look(2, { script: 'mailboxes', mailboxes: box({ grant: true }) }), denied(1))).toBe(true)
    expect(isDenied(look(2, { source: 'output', mailboxes: box({ imap: true }) }), denied(1))).toBe(true)
  })
})

describe('the clock of what was changed', () => {
  test.each(['switches', 'send-as', 'mailboxes', 'diagnosis'] as const)(
    'of the entry is not moved by %s, which leaves it alone',
    script => {
      expect(known([look(1, { script, changed: true })]).principalChangedAt).toBe(Number.NEGATIVE_INFINITY)
    }
  )

  test.each(['register', 'whole', 'repair', 'undo'] as const)('of the entry is moved by %s', script => {
    expect(known([look(1, { script, changed: true })]).principalChangedAt).toBe(Date.parse(at(1)))
    expect(known([look(1, { script })]).principalChangedAt).toBe(Number.NEGATIVE_INFINITY)
  })

  test('is of every script that wrote, and of the entry where a script may have touched it', () => {
    const found = known(
      [
        look(4, { script: 'mailboxes', changed: true }),
        look(3, { script: 'diagnosis' }),
        look(2, { script: 'register', changed: true }),
        look(1, { script: 'mailboxes', changed: true })
      ],
      at(3)
    )
    expect(found.changes).toEqual([at(1), at(2), at(3), at(4)].map(one => Date.parse(one)))
    expect(found.principalChangedAt).toBe(Date.parse(at(2)))
  })

  test('gives the newest change that is not later than a time', () => {
    expect(lastBefore([1, 3, 5], 4)).toBe(3)
    expect(lastBefore([1, 3, 5], 5)).toBe(5)
    expect(lastBefore([1, 3, 5], 0)).toBeUndefined()
  })
})
