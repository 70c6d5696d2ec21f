// What is sealed opens with the cookie, the key of the app and the label together, and with nothing less.
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { idOfCookie, keyOfCookie, newCookie, open, seal } from './seal.ts'
import { Secret } from './secret.ts'

const appKey = 'a'.repeat(32)
const cookie = newCookie()
const key = keyOfCookie(appKey, cookie)

describe('a sealed text', () => {
  test('opens again with the same cookie, key and label', () => {
    for (const text of ['', 'secret', 'Zürich ÿ 日本 \u0000', 'x'.repeat(100_000)])
      expect(open(keyOfCookie(appKey, cookie), 'setup', seal(key, 'setup', text))).toBe(text)
  })

  test.each([
    ['another label', keyOfCookie(appKey, cookie), 'other'],
    ['another cookie', keyOfCookie(appKey, newCookie()), 'setup'],
    ['another key of the app', keyOfCookie('b'.repeat(32), cookie), 'setup'],
    ['the ID that the database has for the cookie', keyOfCookie(appKey, idOfCookie(cookie)), 'setup'],
    ['a part of the cookie', keyOfCookie(appKey, cookie.slice(1)), 'setup'],
    ['cookie and key cut at another place', keyOfCookie(`${appKey}.${cookie.slice(0, 1)}`, cookie.slice(1)), 'setup']
  ])('stays shut with %s', (_name, other, label) => {
    expect(open(other, label, seal(key, 'setup', 'secret'))).toBeUndefined()
  })

  test('stays shut when a single bit of it was changed', () => {
    const sealed = seal(key, 'setup', 'secret')
    for (let index = 0; index < sealed.length; index++) {
      const changed = new Uint8Array(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(open(key, 'setup', changed)).toBeUndefined()
    }
  })

  test.each([0, 1, 12, 27])('that is only %i bytes long is none', length => {
    expect(open(key, 'setup', seal(key, 'setup', 'secret').slice(0, length))).toBeUndefined()
  })

  test('is another each time, and holds the text nowhere', () => {
    const [first, second] = [seal(key, 'setup', 'secret'), seal(key, 'setup', 'secret')]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false)
    expect(Buffer.from(first).includes('secret')).toBe(false)
  })
})

describe('a cookie', () => {
  test('cannot be guessed: 32 random bytes, another each time', () => {
    expect(Buffer.from(newCookie(), 'base64url')).toHaveLength(32)
    expect(new Set(Array.from({ length: 100 }, newCookie)).size).toBe(100)
  })

  test('is not what the database knows it by', () => {
    expect(idOfCookie(cookie)).not.toContain(cookie)
    expect(idOfCookie(cookie)).toBe(idOfCookie(cookie))
  })
})

describe('a secret', () => {
  const secret = new Secret('very secret')
  test('is told only when it is asked to reveal itself', () => {
    expect(secret.reveal()).toBe('very secret')
    const told = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(secret),
      Object.values(secret),
      `${[secret]}`
    ]
    expect(JSON.stringify(told)).not.toContain('very')
    expect(told[0]).toBe('[secret]')
  })
})
