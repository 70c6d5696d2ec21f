// What may be a secret does not come back, whatever it stands in; what support needs does.
import { describe, expect, it } from 'vitest'
import { maskSecrets } from './mask.ts'

const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'
const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL291dGxvb2sifQ.c2lnbmF0dXJl-_x'
const xoauth2 = Buffer.from(`user=a@contoso.com\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')

describe('a pasted text', () => {
  it.each([
    [secret, secret],
    [`AADSTS7000215: Invalid client secret provided. I sent ${secret}.`, secret],
    [`client_id=x&client_secret=short-1&scope=y`, 'short-1'],
    [`{"client_secret": "Hunter2Hunter2"}`, 'Hunter2'],
    [`password=correct-horse`, 'correct-horse'],
    [`Authorization: Bearer ${token}`, token.slice(0, 20)],
    [token, token.slice(-20)],
    [`A01 AUTHENTICATE XOAUTH2 ${xoauth2}`, xoauth2.slice(0, 20)],
    [xoauth2, xoauth2.slice(0, 20)],
    ['a token that broke off: eyJ0eXAiOiJKV1QiLCJ', 'eyJ0eXAi'],
    ['"refresh_token":"0.AXoAabcdefghijklmnop"', '0.AXoA'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nabc=\n-----END PRIVATE KEY-----', 'MIIEvQ'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBg\nabc', 'MIIEvQ']
  ])('does not come back with what may be a secret: %s', (text, part) => {
    expect(text).toContain(part)
    expect(maskSecrets(text)).not.toContain(part)
  })

  it.each([
    'AADSTS700016: Application with identifier 58d827e0-c69c-401f-8deb-b1224d129dc8 was not found in the directory',
    'Trace ID: 1f6a92a9-f3a8-4071-889a-6a2ea88d9500 Timestamp: 2026-08-03 09:07:41Z',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    '554 5.2.252 SendAsDenied; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
    '{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}',
    'A01 NO AUTHENTICATE failed. AuthFailed:LogonDenied-None-OAuthLog:'
  ])('comes back whole without one: %s', text => {
    expect(maskSecrets(text)).toBe(text)
  })

  it.each(['a', 'A1a', '-----BEGIN PRIVATE KEY-----', 'password=', 'Bearer ', 'client_secret ', '~', '\n'])(
    'of a megabyte of %j is read within a second',
    piece => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const began = process.cpuUsage()
      maskSecrets(text)
      expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
    }
  )
})
