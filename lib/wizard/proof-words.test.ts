// What a login came to, in a sentence: the server's own words where it refused, and no more than was proved.
import { describe, expect, test } from 'vitest'
import type { LoginResult } from '../gates/evidence.ts'
import { answerInWords, linesMax, loginInWords, sizeInWords, triedLine } from './proof-words.ts'

const address = 'invoices@contoso.example'
const at = '2026-08-22T10:00:00Z'
const said = '535 5.7.3 Authentication unsuccessful'
const refused: LoginResult = { kind: 'refused', said, during: 'login' }
const unreachable: LoginResult = { kind: 'unreachable', why: 'time', says: 'No answer within 15 seconds.' }

describe('an accepted login', () => {
  test('of IMAP or POP tells the size of the inbox as far as the server told it', () => {
    const words = (inbox?: { messages: number; bytes?: number }) => answerInWords('IMAP', { kind: 'accepted', inbox })
    expect(words()).toBe('accepted')
    expect(words({ messages: 0 })).toBe('accepted, 0 messages in the inbox')
    expect(words({ messages: 1 })).toBe('accepted, 1 message in the inbox')
    expect(words({ messages: 3, bytes: 12_345 })).toBe('accepted, 3 messages in the inbox, 12 kB')
  })

  test('of SMTP does not prove sending until a message was accepted', () => {
    const words = (sent?: Extract<LoginResult, { kind: 'accepted' }>['sent']) =>
      answerInWords('SMTP', { kind: 'accepted', sent })
    expect(words()).toBe('login accepted, sending not proved')
    expect(words({ kind: 'accepted', at, said: '250 2.0.0 OK' })).toBe('login and message accepted')
    expect(words({ kind: 'refused', at, said: '554 5.2.252 SendAsDenied' })).toBe(
      'login accepted, message refused: 554 5.2.252 SendAsDenied'
    )
  })
})

describe('a login that did not succeed', () => {
  test('is told in the server’s own words, or why there are none', () => {
    expect(answerInWords('SMTP', refused)).toBe(said)
    expect(answerInWords('POP', unreachable)).toBe('No answer within 15 seconds.')
  })
})

test('a line of a run names the protocol, the mailbox, and a refusal as one', () => {
  const line = (protocol: 'IMAP' | 'SMTP', result: LoginResult) => loginInWords({ address, protocol, result })
  expect(line('IMAP', { kind: 'accepted', inbox: { messages: 3 } })).toBe(
    `IMAP ${address}: accepted, 3 messages in the inbox`
  )
  expect(line('SMTP', refused)).toBe(`SMTP ${address}: refused: ${said}`)
  expect(line('SMTP', unreachable)).toBe(`SMTP ${address}: No answer within 15 seconds.`)
  expect(line('SMTP', { kind: 'accepted' })).toBe(`SMTP ${address}: login accepted, sending not proved`)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [9_960, '10 kB'],
  [999_999, '1.0 MB'],
  [1000, '1.0 kB'],
  [3_449_999, '3.4 MB'],
  [12_345, '12 kB'],
  [50_000_000_000, '50 GB'],
  [2_000_000_000_000, '2.0 TB'],
  [7_000_000_000_000_000, '7000 TB']
])('%i bytes are read as %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})

describe('a run', () => {
  const accepted: LoginResult = { kind: 'accepted', inbox: { messages: 1 } }
  const line = (result: LoginResult, done: number, failed: number, wanted: number) =>
    triedLine({ address, protocol: 'IMAP', result }, { done, failed, wanted })

  test('of a few names every login', () => {
    expect(line(accepted, 1, 0, linesMax)).toEqual({
      kind: 'landed',
      says: `IMAP ${address}: accepted, 1 message in the inbox`
    })
    expect(line(refused, 2, 1, linesMax)).toEqual({ kind: 'note', says: `IMAP ${address}: refused: ${said}` })
  })

  test('of many counts what was accepted, and names what failed whenever it comes', () => {
    expect(line(accepted, 1_200, 3, 30_000)).toEqual({
      kind: 'waiting',
      says: '1,200 of 30,000 tried: 1,197 accepted, 3 failed'
    })
    expect(line(refused, 1_201, 4, 30_000)).toEqual({ kind: 'note', says: `IMAP ${address}: refused: ${said}` })
    expect(line(unreachable, 29_999, linesMax, 30_000).kind).toBe('note')
  })

  test('of many that fail counts them too, and says where they will be named', () => {
    expect(line(refused, 900, linesMax + 1, 30_000)).toEqual({
      kind: 'waiting',
      says: '900 of 30,000 tried: 839 accepted, 61 failed. When the test ends, the table names each of them.'
    })
  })
})
