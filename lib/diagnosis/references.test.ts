// What Microsoft's support asks for is found in every shape that Microsoft writes it in, and nothing else comes along.
import { describe, expect, it } from 'vitest'
import { readable } from './readable.ts'
import { findReferences, referencesMax } from './references.ts'

const one = '1f6a92a9-f3a8-4071-889a-6a2ea88d9500'
const two = '0d1a5c28-3487-4767-a690-9cc680689523'
const find = (text: string) => findReferences(readable(text)).map(({ label, value }) => `${label}: ${value}`)

describe('references', () => {
  it.each([
    [
      `AADSTS7000215: Invalid client secret provided. Trace ID: ${one} Correlation ID: ${two} Timestamp: 2026-08-03 09:07:41Z`,
      [
        'Microsoft Entra code: AADSTS7000215',
        `Trace ID: ${one}`,
        `Correlation ID: ${two}`,
        'Time: 2026-08-03 09:07:41Z'
      ]
    ],
    [
      `{"error_description":"AADSTS90002: x\\r\\nTrace ID: ${one}","error_codes":[90002],"trace_id":"${one}","correlation_id":"${two}"}`,
      ['Microsoft Entra code: AADSTS90002', `Trace ID: ${one}`, `Correlation ID: ${two}`]
    ],
    [
      `{"error":{"code":"Request_BadRequest","innerError":{"date":"2026-08-03T09:13:22","request-id":"${one}","client-request-id":"${two}"}}}`,
      ['Graph code: Request_BadRequest', `Client request ID: ${two}`, `Request ID: ${one}`, 'Time: 2026-08-03T09:13:22']
    ],
    [`Trace+ID:+${one} AADSTS500011:+The+resource`, ['Microsoft Entra code: AADSTS500011', `Trace ID: ${one}`]],
    [
      '535 5.7.3 Authentication unsuccessful [LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T08:20:58.366Z 08DB5BC5D2A4B2F1]',
      [
        'SMTP code: 535 5.7.3',
        'Exchange server: LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T08:20:58.366Z 08DB5BC5D2A4B2F1'
      ]
    ],
    [`(535, b'5.7.139 Authentication unsuccessful')`, ['SMTP code: 535 5.7.139']],
    ['550-5.7.60 SMTP; x\n550 5.7.60 again', ['SMTP code: 550 5.7.60']]
  ])('of %s', (text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  it('are nothing but known shapes', () => {
    expect(find('Trace ID: aB38Q~secret, request-id: none, [SERVER], version 250 1.2, 192.168.5.7.3')).toEqual([])
  })

  it('stop at a number that anybody can read through', () => {
    const many = Array.from({ length: 200 }, (_, index) => `AADSTS${10_000 + index}`).join(' ')
    expect(find(many)).toHaveLength(referencesMax)
  })
})
