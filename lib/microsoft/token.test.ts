// Claims are read to be shown and compared; whatever is no token reads as nothing.
import { describe, expect, test } from 'vitest'
import { readClaims } from './token.ts'

const claims = {
  aud: 'https://outlook.office365.com',
  tid: 't',
  oid: 'o',
  appid: 'a',
  roles: ['IMAP.AccessAsApp'],
  exp: 1
}
const tokenOf = (payload: unknown) =>
  `e30.${Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64url')}.signature`

describe('the claims of a token', () => {
  test('are read as they are', () => {
    expect(readClaims(tokenOf(claims))).toEqual(claims)
  })

  test('hold no roles where the token names none', () => {
    const { roles: _, ...without } = claims
    expect(readClaims(tokenOf(without))?.roles).toEqual([])
  })

  test('are read in any language, whatever base64url makes of it', () => {
    expect(readClaims(tokenOf({ ...claims, aud: 'Zürich ÿ÷þ 日本' }))?.aud).toBe('Zürich ÿ÷þ 日本')
  })

  test('leave out what nobody asked for', () => {
    expect(readClaims(tokenOf({ ...claims, secret: 'x' }))).not.toHaveProperty('secret')
  })

  test.each([
    ['an empty text', ''],
    ['a word', 'token'],
    ['a payload that is no base64', 'a.%%%.c'],
    ['a payload that is no JSON', tokenOf('{')],
    ['a payload that is no object', tokenOf('"text"')],
    ['a token without a tenant', tokenOf({ aud: 'x', exp: 1 })],
    ['an expiry that is no number', tokenOf({ ...claims, exp: 'soon' })]
  ])('are nothing for %s', (_name, text) => {
    expect(readClaims(text)).toBeUndefined()
  })
})
