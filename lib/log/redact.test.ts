// What must not stand in a log is taken out by its value, whatever it looks like, or by its shape; the rest stays.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from './redact.ts'

const b64url = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'

describe('a value that is known to be secret', () => {
  test.each([
    ['as it is', (secret: string) => `before ${secret} after`],
    ['in a URL', (secret: string) => `https://x.example/?a=${encodeURIComponent(secret)}&b=1`],
    ['in a form', (secret: string) => new URLSearchParams({ a: secret }).toString()],
    ['in JSON', (secret: string) => JSON.stringify({ deep: [{ a: secret }] })],
    ['in the middle of a word', (secret: string) => `x${secret}x`],
    ['twice', (secret: string) => `${secret}${secret}`]
  ])('is covered %s', (_how, around) => {
    const secrets = [
      'correct horse battery',
      'hunter2hunter2',
      'a"b\\c/d+e=f~',
      'all-in-small-letters',
      '12345678',
      '$&$1$`ab'
    ]
    for (const secret of secrets) {
      const said = redact(around(secret), [secret])
      expect(said).not.toContain(secret)
      expect(said).toContain('[secret]')
    }
  })

  test('is covered whatever characters it is made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'binary' }), fc.string(), (secret, rest) => {
        fc.pre(!'[secret][address]'.includes(secret))
        expect(redact(`${rest}${secret}${rest}`, [secret]).includes(secret)).toBe(false)
      })
    )
  })

  test('leaves no rest when another begins with it', () => {
    expect(redact('x abcdefgh-ijklmnop x', ['abcdefgh', 'abcdefgh-ijklmnop'])).toBe('x [secret] x')
  })

  test('is not looked for when it is a word that stands anywhere', () => {
    expect(redact('an answer', ['an'])).toBe('an answer')
  })
})

describe('what only looks like a secret', () => {
  test.each([
    ['a client secret of today', 'abc8Q~K3n.xY_z-0123456789abcdefghijABCDEF'],
    ['a client secret of long ago', 'dGhpcyBpcyBhIHNlY3JldDEyMzQ1Njc4OTAxMjM0NTY='],
    ['a token', `eyJ0eXAiOiJKV1QifQ.${'eyJhdWQiOiJ4In0'}.${'c2lnbmF0dXJl'.repeat(4)}`],
    ['a token that broke off', 'eyJ0eXAiOiJKV1QiLCJhbGciOi'],
    ['a cookie or a key', 'Zx8Jq2LwP0sVbN4mTfR6yUeI1oA9dCgHkXzQ7vBtM3w'],
    ['an authorization code', '1.AQYAAbcdEFGH0123456789_ijkl-MNOPqrstuvwx.AgABBAIAAAADcd9BNc4pYbZ0aFGt7xYd'],
    ['a name and its value', 'client_secret=short1'],
    ['a name and its value in JSON', '"refresh_token": "short1"'],
    ['a name and its value as Node prints objects', "verifier: 'short-one'"],
    ['a header', 'Authorization: Bearer short1'],
    ['a redirect', '/auth/callback?code=short1&state=other1'],
    ['a key in PEM', '-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----']
  ])('is covered: %s', (_what, text) => {
    const said = redact(`before ${text} after`, [])
    for (const part of text.match(/[A-Za-z0-9~]{6,}/g) ?? [])
      if (!/^(client|secret|refresh|token|verifier|Authorization|Bearer|callback|BEGIN|PRIVATE)/i.test(part))
        expect(said).not.toContain(part)
    expect(said).toMatch(/^before .* after$/s)
  })

  test('is covered when it is random, of every length that cookies and keys have', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 43, maxLength: 90, unit: fc.constantFrom(...b64url) }), text => {
        fc.pre(/[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text))
        expect(redact(`x ${text} x`, [])).toBe('x [secret] x')
      })
    )
  })

  test.each(['a', 'aA1', 'a@', 'a.', '~', '-----BEGIN PRIVATE KEY-----', 'eyJ', 'a='])(
    'a long run of %s does not hold anybody up',
    part => {
      const begun = performance.now()
      redact(`${part.repeat(200_000 / part.length)}@`, ['some secret'])
      expect(performance.now() - begun).toBeLessThan(5_000)
    }
  )

  test('somebody’s address is covered', () => {
    expect(redact("users/o'neil@contoso.example did ada@mail.contoso.example, x", [])).not.toMatch(/neil|ada/)
  })

  test.each([
    'Authorization_RequestDenied',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    '2026-11-28T04:52:01.123Z',
    '    at walk (file:///srv/wizard/node_modules/@prisma/client/runtime/library.js:121:7404)',
    '    at async requireSetup (/srv/.next/server/chunks/ssr/lib_wizard_door_ts.js:1:2345)',
    'The column `Setup.findsBy` does not exist in the current database.',
    '/node_modules/.pnpm/pino@10.3.1/node_modules/pino'
  ])('what tells of a fault stays: %s', text => {
    expect(redact(text, [])).toBe(text)
  })
})
