// What a server said may be shown and kept: it is one line, of bounded length, and never gives back what was sent.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { said, saidLength, saslString } from './said.ts'

const mailbox = 'invoices@contoso.com'
const segment = (minLength: number) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
    minLength,
    maxLength: 300
  })
const tokens = fc.tuple(segment(20), segment(60), segment(40)).map(parts => parts.join('.'))

/** Ways in which a server may repeat something. */
const echoes: readonly ((text: string) => string)[] = [
  text => text,
  text => text.toUpperCase(),
  text => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  text => text.replace(/(.{20})/g, '$1\r\n '),
  text => text.replace(/(.{3})/g, '$1 '),
  text => `"${text}"`,
  text => text.slice(5, -5)
]

/** Whether so many letters and digits in a row stand in both. */
function share(one: string, other: string, length: number): boolean {
  const [short, long] = [one, other].map(text => text.replace(/[^a-z0-9]/gi, '').toLowerCase()) as [string, string]
  for (let at = 0; at + length <= short.length; at += 1) if (long.includes(short.slice(at, at + length))) return true
  return false
}

describe('what a server said', () => {
  test('never holds the token, its base64, or a piece of them, however it is repeated', () => {
    const prefix = fc.constantFrom('535 5.7.3 Authentication unsuccessful ', '-ERR unknown command AUTH XOAUTH2 ', '')
    const which = fc.constantFrom('token', 'sasl', 'base64', 'shifted')
    fc.assert(
      fc.property(tokens, prefix, which, fc.constantFrom(...echoes), (token, before, what, echo) => {
        const sent = {
          token,
          sasl: saslString(mailbox, token),
          base64: Buffer.from(token).toString('base64'),
          shifted: Buffer.from(`xy${token}`).toString('base64')
        }[what]
        const clean = said(`${before}${echo(sent)} <server.example>`, mailbox, token)
        expect(share(clean, sent, 16)).toBe(false)
        // Where a word beside it happens to go on as the secret does, it loses those letters.
        expect(clean.startsWith(before.slice(0, -8))).toBe(true)
        expect(clean.endsWith('.example>')).toBe(true)
      }),
      { numRuns: 300 }
    )
  })

  test('is otherwise left as it is', () => {
    const words = fc.constantFrom(
      '535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-08-20T10:00:00.000Z]',
      'NO AUTHENTICATE failed. AuthFailed:LogonDenied-None-OAuthLog:',
      `535 5.7.139 Authentication unsuccessful, user ${mailbox} is locked by your organization's security defaults policy.`,
      '430 4.2.0 STOREDRV; mailbox logon failure; ConnectionFailedTransientException'
    )
    fc.assert(
      fc.property(tokens, words, (token, text) => {
        expect(said(text, mailbox, token)).toBe(text)
      })
    )
  })

  test('is one line of bounded length, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), tokens, (text, token) => {
        const clean = said(text, mailbox, token)
        expect(clean).not.toMatch(/[\r\n\t\p{Cc}\u2028\u2029\u202e]/u)
        expect(clean.length).toBeLessThanOrEqual(saidLength)
        expect(clean).toBe(clean.trim())
      })
    )
  })

  test('is cut before a sign, not through it', () => {
    for (const before of ['', 'a'])
      expect(said(before + '😀'.repeat(400), mailbox, 'x'.repeat(40))).not.toMatch(/\p{Cs}/u)
  })

  test('is cut after it was cleaned, so that no half of a secret stays at the end', () => {
    const token = 'Aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj0'.repeat(3)
    const clean = said(`${'word '.repeat(98)}${token}`, mailbox, token)
    expect(clean).toContain('[removed')
    expect(share(clean, token, 4)).toBe(false)
  })
})
