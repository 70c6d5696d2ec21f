// The table of the test: which rows there are, which of them fit, and what the export says.
import { describe, expect, test } from 'vitest'
import { login, words } from '../../test-data/gates.ts'
import type { DiagnosisOf } from '../gates/diagnose.ts'
import type { LoginEvidence } from '../gates/evidence.ts'
import type { Diagnosis } from '../gates/gate.ts'
import type { Protocol } from '../steps/step.ts'
import { exported, type Filter, filtered, filterOf, type ProofRow, pageOf, rowsOf, rowsOnPage } from './proof-table.ts'

const [zoe, ada] = ['zoe@contoso.example', 'ada@contoso.example']
const chosen: readonly Protocol[] = ['IMAP', 'SMTP']
const at = (minute: number) => `2026-08-22T10:0${minute}:00Z`
const logins: readonly LoginEvidence[] = [
  login('IMAP', { kind: 'accepted', inbox: { messages: 2 } }, at(1), zoe),
  login('SMTP', { kind: 'accepted' }, at(2), zoe),
  login('IMAP', { kind: 'refused', said: words.logonDenied, during: 'login' }, at(3), ada)
]
const outcomes: Readonly<Record<string, Diagnosis['outcome']>> = {
  [`IMAP ${zoe}`]: 'proved',
  [`SMTP ${zoe}`]: 'login-only',
  [`IMAP ${ada}`]: 'refused'
}
const of: DiagnosisOf = (address, protocol) => ({
  outcome: outcomes[`${protocol} ${address}`] ?? 'not-tried',
  gates: [],
  shut: [],
  candidates: [],
  next: 'nothing',
  said: undefined
})
const rows = rowsOf([zoe, ada], chosen, { logins, of, token: undefined })
const every: Filter = { show: 'all', protocol: undefined, find: '', from: 0 }
const which = (filter: Partial<Filter>) =>
  filtered(rows, { ...every, ...filter }).map(({ address, protocol }) => `${protocol} ${address}`)

describe('the rows', () => {
  test('are one for each mailbox and protocol, in the order of the list, also where nothing was tried', () => {
    expect(rows).toEqual([
      {
        place: 0,
        address: zoe,
        protocol: 'IMAP',
        outcome: 'proved',
        says: 'accepted, 2 messages in the inbox',
        at: at(1)
      },
      {
        place: 0,
        address: zoe,
        protocol: 'SMTP',
        outcome: 'login-only',
        says: 'login accepted, sending not proved',
        at: at(2)
      },
      { place: 1, address: ada, protocol: 'IMAP', outcome: 'refused', says: words.logonDenied, at: at(3) },
      { place: 1, address: ada, protocol: 'SMTP', outcome: 'not-tried', says: '', at: undefined }
    ])
  })

  test('show the newest login, which comes after the older accepted one', () => {
    const older = login('IMAP', { kind: 'accepted' }, at(1), ada)
    const [row] = rowsOf([ada], ['IMAP'], { logins: [older, ...logins], of, token: undefined })
    expect(row).toMatchObject({ says: words.logonDenied, at: at(3) })
  })

  test('say that there was no token where it was refused after the login, and what the server said where before', () => {
    const problem = { id: 'secret-expired', title: 'This client secret has expired', happened: 'X', todo: [] }
    const saysWith = (minute: number) =>
      rowsOf([zoe], ['IMAP'], { logins, of, token: { kind: 'refused', at: at(minute), problem } })[0]?.says
    expect(saysWith(9)).toBe('No token: This client secret has expired')
    expect(saysWith(0)).toBe('accepted, 2 messages in the inbox')
  })

  test('leave out logins of mailboxes that are not in the list any more', () => {
    expect(rowsOf([ada], chosen, { logins, of, token: undefined }).map(({ address }) => address)).toEqual([ada, ada])
  })
})

describe('the filter', () => {
  test('shows what failed, what was accepted, and what was not tried', () => {
    expect(which({})).toHaveLength(4)
    expect(which({ show: 'failed' })).toEqual([`IMAP ${ada}`])
    expect(which({ show: 'accepted' })).toEqual([`IMAP ${zoe}`, `SMTP ${zoe}`])
    expect(which({ show: 'not-tried' })).toEqual([`SMTP ${ada}`])
  })

  test('puts every outcome in exactly one of the three', () => {
    const all: readonly Diagnosis['outcome'][] = ['proved', 'login-only', 'refused', 'unreachable', 'not-tried']
    for (const outcome of all) {
      const given = rows.slice(0, 1).map(row => ({ ...row, outcome }))
      const fits = (['failed', 'accepted', 'not-tried'] as const).filter(
        show => filtered(given, { ...every, show }).length === 1
      )
      expect([outcome, fits.length]).toEqual([outcome, 1])
      expect(filtered(given, every)).toHaveLength(1)
    }
  })

  test('finds by protocol, by a part of the address, and by all of them together', () => {
    expect(which({ protocol: 'SMTP' })).toEqual([`SMTP ${zoe}`, `SMTP ${ada}`])
    expect(which({ find: 'ada@' })).toEqual([`IMAP ${ada}`, `SMTP ${ada}`])
    expect(which({ find: 'contoso', protocol: 'IMAP', show: 'failed' })).toEqual([`IMAP ${ada}`])
    const [capital] = rowsOf(['ADA@contoso.example'], ['IMAP'], { logins: [], of, token: undefined })
    expect(filtered(capital ? [capital] : [], { ...every, find: 'ada' })).toHaveLength(1)
  })

  test('is read from the page’s query', () => {
    expect(filterOf({ show: 'failed', protocol: 'SMTP', find: '  ADA@ ', from: '50' }, chosen)).toEqual({
      show: 'failed',
      protocol: 'SMTP',
      find: 'ada@',
      from: 50
    })
  })

  test('takes what it does not understand as not said', () => {
    expect(filterOf({}, chosen)).toEqual(every)
    for (const from of ['-1', '1.5', '1e3', '1234567', ' 5', '']) expect(filterOf({ from }, chosen).from).toBe(0)
    expect(filterOf({ show: 'everything', protocol: 'POP' }, chosen)).toEqual(every)
    expect(filterOf({ find: 'x'.repeat(5000) }, chosen).find).toHaveLength(100)
  })
})

describe('a page', () => {
  const many = Array.from({ length: rowsOnPage + 3 }, () => rows).flat()
  const places = (from: number, of: readonly ProofRow[] = many) => {
    const { begins, rows: shown, left } = pageOf(of, from)
    return [begins, shown.length, left]
  }

  test('is full until the last, and the first one where fewer rows fit by now', () => {
    expect(places(0)).toEqual([0, rowsOnPage, many.length - rowsOnPage])
    expect(places(200)).toEqual([200, many.length - 200, 0])
    expect(places(many.length)).toEqual([0, rowsOnPage, many.length - rowsOnPage])
    expect(places(50, rows)).toEqual([0, rows.length, 0])
    expect(places(50, [])).toEqual([0, 0, 0])
  })
})

describe('the export', () => {
  test('has a heading, then every row in words', () => {
    expect(exported(rows)).toEqual([
      ['Mailbox', 'Protocol', 'Result', 'What the server answered', 'Tested at'],
      [zoe, 'IMAP', 'Proved', 'accepted, 2 messages in the inbox', at(1)],
      [zoe, 'SMTP', 'Login accepted, sending not proved', 'login accepted, sending not proved', at(2)],
      [ada, 'IMAP', 'Refused', words.logonDenied, at(3)],
      [ada, 'SMTP', 'Not tested', '', '']
    ])
    expect(exported([])).toHaveLength(1)
  })
})
