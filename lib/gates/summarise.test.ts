// Ten thousand mailboxes in a few lines, and in a moment.
import { describe, expect, it } from 'vitest'
import {
  accepted,
  evidence,
  expected,
  givenToken,
  login,
  minutesAgo,
  now,
  plain,
  receipt,
  refusedToken,
  words
} from '../../test-data/gates.ts'
import { type Protocol, protocols } from '../steps/step.ts'
import { gatesFor } from './diagnose.ts'
import type { Evidence, LoginEvidence } from './evidence.ts'
import { summarise } from './summarise.ts'

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `box${index}@contoso.com`)
const refusedAt = (address: string, protocol: Protocol, said: string) =>
  login(protocol, { kind: 'refused', said, during: 'login' }, minutesAgo(2), address)
const open = (address: string) => ({ address, recipient: 'mailbox', grant: true, imap: true }) as const
const summary = (list: readonly string[], given: Partial<Evidence>, of: readonly Protocol[] = protocols) =>
  summarise(list, of, gatesFor(expected, evidence(given), now))

describe('a summary', () => {
  it('counts by outcome and groups the failures by what causes them, the largest first', () => {
    const [a = '', b = '', c = '', d = '', e = ''] = addresses(5)
    const found = summary(
      [a, b, c, d, e],
      {
        exchange: [receipt({ mailboxes: [a, b].map(address => ({ address, grant: false })) })],
        logins: [
          refusedAt(a, 'IMAP', plain.IMAP),
          refusedAt(b, 'IMAP', plain.IMAP),
          refusedAt(c, 'IMAP', plain.IMAP),
          accepted('IMAP', minutesAgo(2), d)
        ]
      },
      ['IMAP']
    )
    expect(found.total).toBe(5)
    expect(found.outcomes).toEqual({ proved: 1, 'login-only': 0, refused: 3, unreachable: 0, 'not-tried': 1 })
    expect(found.groups).toMatchObject([
      { kind: 'shut', gates: ['mailbox-grants-access'], count: 2, mailboxes: 2, addresses: [a, b], next: 'nothing' },
      {
        kind: 'candidates',
        count: 1,
        addresses: [c],
        next: 'diagnosis-script',
        example: { address: c, said: plain.IMAP }
      }
    ])
    expect(found.lines).toEqual([
      '1 of 5 logins proved, 3 refused, 1 not tried.',
      '2 mailboxes (IMAP): The mailbox is not open to the application.',
      '1 mailbox (IMAP): refused, and 4 gates may be shut: “The mailbox is open to the application”, “IMAP is on for the mailbox”, “The address is a mailbox in Exchange Online”, “Exchange Online has had time to notice the last change”.'
    ])
  })

  it('keeps apart two causes of one gate', () => {
    const [a = '', b = ''] = addresses(2)
    const logins = [refusedAt(a, 'SMTP', words.tenantSwitch), refusedAt(b, 'SMTP', words.mailboxSwitch)]
    expect(summary([a, b], { logins }, ['SMTP']).groups.map(({ shut }) => shut[0]?.entry?.id)).toEqual([
      'smtp-auth-off-tenant',
      'smtp-auth-off-mailbox'
    ])
  })

  it('is one line where the token endpoint refused', () => {
    const found = summary(addresses(100), { token: refusedToken() })
    expect(found.groups).toHaveLength(1)
    expect(found.groups[0]).toMatchObject({ count: 300, mailboxes: 100, protocols: ['IMAP', 'POP', 'SMTP'] })
    expect(found.groups[0]?.addresses).toHaveLength(5)
  })

  it('groups what no gate explains', () => {
    const [a = ''] = addresses(1)
    const given = { changedAt: minutesAgo(200), exchange: [receipt({ mailboxes: [open(a)] })] }
    expect(summary([a], { ...given, logins: [refusedAt(a, 'IMAP', plain.IMAP)] }, ['IMAP']).groups).toMatchObject([
      {
        kind: 'unexplained',
        count: 1,
        explained: [],
        says: '1 mailbox (IMAP): refused, and no known gate explains it.'
      }
    ])
  })

  it('groups what is a limit or a fault that will pass, with what the dictionary says of it', () => {
    const [a = '', b = '', c = ''] = addresses(3)
    const later = words.tooMany.replace('08DB5BC5D2A4B2F1', '18DB5BC5D2A4B2F1')
    const logins = [refusedAt(a, 'SMTP', words.tooMany), refusedAt(b, 'SMTP', later), refusedAt(c, 'SMTP', plain.SMTP)]
    const { groups, lines } = summary([a, b, c], { logins }, ['SMTP'])
    expect(groups).toMatchObject([
      { kind: 'explained', count: 2, gates: [], shut: [], candidates: [], next: 'test-again' },
      { kind: 'candidates', count: 1, explained: [] }
    ])
    expect(groups[0]?.explained.map(({ id }) => id)).toEqual(['smtp-concurrency-limit'])
    expect(lines[1]).toBe(
      '2 mailboxes (SMTP): refused, and no gate is the cause: “Too many connections send at the same time”.'
    )
  })

  it('groups servers that were not reached by why, whatever something in between answered', () => {
    const [a = '', b = '', c = ''] = addresses(3)
    const unreachable = (address: string, protocol: Protocol, says: string) =>
      login(protocol, { kind: 'unreachable', why: 'connection', says }, minutesAgo(2), address)
    const late = 'smtp.office365.com, port 587, did not answer within 20 seconds.'
    const { groups, lines, outcomes } = summary(
      [a, b, c],
      {
        logins: [
          ...[a, b, c].map(address => unreachable(address, 'SMTP', late)),
          unreachable(a, 'IMAP', 'outlook.office365.com, port 993, answered “hello 1”.'),
          unreachable(b, 'IMAP', 'outlook.office365.com, port 993, answered “hello 2”.')
        ]
      },
      ['IMAP', 'SMTP']
    )
    expect(outcomes.unreachable).toBe(5)
    expect(groups).toMatchObject([
      { kind: 'unreachable', count: 3, protocols: ['SMTP'], unreachable: late, gates: [], shut: [], candidates: [] },
      { kind: 'unreachable', count: 2, protocols: ['IMAP'] }
    ])
    expect(lines).toContain(`3 mailboxes (SMTP): not reached. ${late}`)
  })

  it('is one line where the token endpoint did not answer', () => {
    const { groups } = summary(addresses(100), { token: { kind: 'silent', at: minutesAgo(1) } })
    expect(groups).toMatchObject([
      { kind: 'unreachable', count: 300, unreachable: 'The token endpoint did not answer.' }
    ])
  })

  it('keeps an entry that denies apart from a grant that is missing, by its own title', () => {
    const [a = '', b = ''] = addresses(2)
    const mailboxes = [
      { address: a, grant: false },
      { address: b, grant: false, denied: true as const }
    ]
    const logins = [a, b].map(address => refusedAt(address, 'IMAP', plain.IMAP))
    expect(summary([a, b], { exchange: [receipt({ mailboxes })], logins }, ['IMAP']).groups).toMatchObject([
      { addresses: [a], says: '1 mailbox (IMAP): The mailbox is not open to the application.' },
      { addresses: [b], says: '1 mailbox (IMAP): An entry denies the application.' }
    ])
  })

  it('keeps apart what one gate and one cause say of two protocols', () => {
    const [a = '', b = ''] = addresses(2)
    const mailboxes = [
      { address: a, grant: true, imap: false, pop: true },
      { address: b, grant: true, imap: true, pop: false }
    ]
    const logins = [refusedAt(a, 'IMAP', plain.IMAP), refusedAt(b, 'POP', plain.POP)]
    const { groups } = summary([a, b], { exchange: [receipt({ mailboxes })], logins }, ['IMAP', 'POP'])
    expect(groups).toMatchObject([
      { addresses: [a], protocols: ['IMAP'], says: '1 mailbox (IMAP): IMAP is off for the mailbox.' },
      { addresses: [b], protocols: ['POP'], says: '1 mailbox (POP): POP is off for the mailbox.' }
    ])
    for (const {
      shut,
      protocols: [protocol]
    } of groups)
      expect(shut[0]?.fix.says[0]).toBe(`Turn ${protocol} on for this mailbox (Set-CASMailbox).`)
  })

  it('keeps apart two things to do about one gate and one cause', () => {
    const [a = '', b = ''] = addresses(2)
    const mailboxes = [
      { address: a, recipient: 'group' as const },
      { address: b, recipient: 'none' as const }
    ]
    const logins = [a, b].map(address => refusedAt(address, 'IMAP', plain.IMAP))
    const { groups } = summary([a, b], { exchange: [receipt({ mailboxes })], logins }, ['IMAP'])
    expect(groups.map(({ addresses: named, shut }) => [named, shut[0]?.fix.says[0]])).toEqual([
      [[a], 'This address is a group, and an application cannot log in to it.'],
      [[b], 'This address does not exist in the tenant: compare its spelling.']
    ])
  })

  it('names every permission that is missing', () => {
    const [a = ''] = addresses(1)
    const given = { token: givenToken({ roles: ['SMTP.SendAsApp'] }), logins: [refusedAt(a, 'IMAP', plain.IMAP)] }
    const found = summary([a], given, ['IMAP', 'POP']).groups.map(({ shut }) => shut[0]?.fix.says[0])
    expect(found).toEqual(
      ['IMAP.AccessAsApp', 'POP.AccessAsApp'].map(role => expect.stringContaining(`Add ${role} of Office 365`))
    )
  })

  it('asks for another test where something was changed since, and lists no gates then', () => {
    const [a = '', b = ''] = addresses(2)
    const earlier = (address: string, protocol: Protocol, said: string) =>
      login(protocol, { kind: 'refused', said, during: 'login' }, minutesAgo(9), address)
    const logins = [earlier(a, 'IMAP', plain.IMAP), refusedAt(b, 'IMAP', plain.IMAP)]
    const { groups } = summary([a, b], { changedAt: minutesAgo(5), logins }, ['IMAP'])
    expect(groups).toMatchObject([
      {
        addresses: [a],
        next: 'test-again',
        changedSince: true,
        says: '1 mailbox (IMAP): refused. Changed since this test: test again.'
      },
      { addresses: [b], next: 'diagnosis-script', changedSince: false }
    ])
  })

  it('asks for another test of a shut gate only where every refusal is older than the change', () => {
    const [a = '', b = ''] = addresses(2)
    const of = (...minutes: readonly number[]) =>
      summary(
        [a, b],
        {
          changedAt: minutesAgo(5),
          logins: minutes.map((minute, index) =>
            login(
              'SMTP',
              { kind: 'refused', said: words.tenantSwitch, during: 'login' },
              minutesAgo(minute),
              [a, b][index]
            )
          )
        },
        ['SMTP']
      ).groups
    expect(of(9, 9)).toMatchObject([
      {
        count: 2,
        next: 'test-again',
        says: '2 mailboxes (SMTP): SMTP AUTH is off for the mailbox. Changed since this test: test again.'
      }
    ])
    for (const minutes of [
      [9, 2],
      [2, 9]
    ])
      expect(of(...minutes)).toMatchObject([
        {
          count: 2,
          next: 'nothing',
          changedSince: false,
          says: '2 mailboxes (SMTP): SMTP AUTH is off for the mailbox.'
        }
      ])
  })

  it('of ten thousand mailboxes and three protocols takes less than two seconds of a processor, however busy the machine is', () => {
    const list = addresses(10_000)
    const logins = list.flatMap((address, index) =>
      protocols.map(
        (protocol): LoginEvidence =>
          index % 4 === 1
            ? accepted(protocol, minutesAgo(2), address)
            : index % 4 === 3
              ? login(
                  protocol,
                  { kind: 'unreachable', why: 'time', says: `${protocol} answered “${index}”.` },
                  minutesAgo(2),
                  address
                )
              : refusedAt(
                  address,
                  protocol,
                  plain[protocol].replace('08DB5BC5D2A4B2F1', `${index}08DB5BC5D2A4B2F1`.slice(0, 16))
                )
      )
    )
    const exchange = [4, 3, 2].map(minutes =>
      receipt({
        at: minutesAgo(minutes),
        mailboxes: list.map(address => ({ address, grant: true, imap: true, smtpAuth: null }))
      })
    )
    summary(list.slice(0, 300), { token: givenToken(), logins, exchange })
    const began = process.cpuUsage()
    const found = summary(list, { token: givenToken(), logins, exchange })
    const took = process.cpuUsage(began).user / 1_000
    expect(found.total).toBe(30_000)
    expect(found.groups.length).toBeLessThan(10)
    expect(took).toBeLessThan(2_000)
  })
})
