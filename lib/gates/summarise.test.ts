// Ten thousand mailboxes in a few lines, and in well under a second.
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
      '2 mailboxes (IMAP): The right to the mailbox was given, but did not arrive.',
      '1 mailbox (IMAP): refused, and 4 gates may be shut: “The mailbox is open to the application”, “IMAP is on for the mailbox”, “The address is a mailbox in Exchange Online”, “Exchange Online has had time to notice the last change”.'
    ])
  })

  it('keeps apart two causes of one gate', () => {
    const [a = '', b = ''] = addresses(2)
    const logins = [refusedAt(a, 'SMTP', words.tenantSwitch), refusedAt(b, 'SMTP', words.mailboxSwitch)]
    expect(summary([a, b], { logins }, ['SMTP']).groups.map(({ says }) => says)).toEqual([
      '1 mailbox (SMTP): SMTP AUTH is off for the organisation.',
      '1 mailbox (SMTP): SMTP AUTH is off for this mailbox.'
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
    expect(summary([a], { logins: [refusedAt(a, 'SMTP', words.tooMany)] }, ['SMTP']).groups).toMatchObject([
      { kind: 'unexplained', count: 1, says: '1 mailbox (SMTP): refused, and no known gate explains it.' }
    ])
  })

  it('of ten thousand mailboxes and three protocols takes less than a second of a processor, however busy the machine is', () => {
    const list = addresses(10_000)
    const logins = list.flatMap((address, index) =>
      protocols.map(
        (protocol): LoginEvidence =>
          index % 2
            ? accepted(protocol, minutesAgo(2), address)
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
    expect(took).toBeLessThan(1_000)
  })
})
