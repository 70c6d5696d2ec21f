// A client secret pasted into the wrong field, for every field of every step's forms: refused, and repeated nowhere.
import { describe, expect, test } from 'vitest'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { mayEcho, readName, withoutSecretWords } from './fields.ts'
import { isTenantName } from './find-the-tenant.ts'
import { steps } from './index.ts'
import type { Cloud, Field, Form, Setup } from './step.ts'

const host = { host: 'mail.example', port: 1, security: 'TLS' as const }
const cloud: Cloud = {
  name: 'global',
  title: 'Global',
  signIn: 'https://login.example',
  graph: 'https://graph.example',
  portal: 'https://portal.example',
  outlookScope: 'https://outlook.example/.default',
  imap: host,
  pop: host,
  smtp: host,
  unconfirmed: []
}
const setup: Setup = setupOf(newMemory(), cloud, '11111111-0000-4000-8000-000000000000', new Date(0))

/** In the shapes that Microsoft has given out: 40 characters with a tilde today, 44 in base64 and 34 with punctuation before. */
const secrets = [
  'Abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789a',
  'x.Y8Q~-_0aBcDeFgHiJkLmNoPqRsTuVwXyZ01234',
  'qZ3vT8mK1xW+pL5nR7bY/cD9fG2hJ4sA6eU0iO8tVwM=',
  'K.8aB_cD3eF-gH5iJ7kL9mN_oP1qR2sT4u'
]

/** As it is pasted: alone, or with what sticks to it. */
const wrappings: readonly ((secret: string) => string)[] = [
  secret => secret,
  secret => `${secret},`,
  secret => `"${secret}"`,
  secret => `secret=${secret}`,
  secret => `Value:${secret}`,
  secret => `ada@contoso.com;${secret}`,
  secret => `My secret ${secret}`
]
const pasted = secrets.flatMap(secret => wrappings.map(wrap => ({ secret, text: wrap(secret) })))

type Spot = { form: Form<unknown>; field: Field }
const spots: [name: string, spot: Spot][] = steps.flatMap(step =>
  (
    [
      ['asks', step.asks],
      ['by hand', step.manual(setup).asks]
    ] as const
  ).flatMap(([where, form]) =>
    (form?.fields(setup) ?? []).map((field): [string, Spot] => [
      `${step.id}, ${where}, ${field.name}`,
      { form: form as Form<unknown>, field }
    ])
  )
)

/** Names of the old lengths. */
const thirtyFour = 'Mail_Connector-for-Accounts_Prod-1'
const hash = 'mail/connector/of/accounts/for/invoices/and='

/** The one field that is made for it. */
const takesSecrets = /create-a-secret, by hand, /

describe('a client secret pasted into the wrong field', () => {
  test('may be pasted into many fields, and one of them is made for it', () => {
    expect(spots.length).toBeGreaterThan(8)
    expect(spots.filter(([name]) => takesSecrets.test(name)).length).toBeGreaterThan(0)
  })

  test.each(spots.filter(([name]) => !takesSecrets.test(name)))(
    'is refused and not repeated: %s',
    (_name, { form, field }) => {
      const usual = Object.fromEntries(form.fields(setup).map(one => [one.name, one.value]))
      for (const { secret, text } of pasted) {
        const parsed = form.parse({ ...usual, [field.name]: [text] }, setup)
        // A choice that is not on offer counts as none; nothing of it is kept.
        expect([text, JSON.stringify(parsed).toLowerCase().includes(secret.toLowerCase())]).toEqual([text, false])
      }
    }
  )

  test('is not a tenant’s name, which comes back where it is one', () => {
    for (const { text } of pasted) expect([text, isTenantName(text)]).toEqual([text, false])
    for (const name of ['contoso.com', 'Contoso.onmicrosoft.com', '7C1A4D3E-52F0-4F0A-9F07-0D2A5F8C6B11'])
      expect([name, isTenantName(name)]).toEqual([name, true])
  })

  test('is no name of an application, and a name that only looks odd is one', () => {
    for (const { text } of pasted) expect(JSON.stringify(readName(text))).toMatch(/looks like a client secret/)
    for (const name of ['invoice_reader_PROD_2024', 'Mail-Connector-for-Accounts-1', 'a~b', thirtyFour, hash])
      expect(readName(name)).toBe(name)
  })

  test('does not travel back in a list either', () => {
    for (const { text } of pasted)
      expect([text, mayEcho(`ada@contoso.com\n  ${text}\nben@contoso.com`)]).toEqual([text, false])
    for (const old of ['aB1cD2eF3gH4iJ5k-L6', 'secret=aB1cD2eF3gH4iJ5k-L6'])
      expect([old, mayEcho(old)]).toEqual([old, false])
    for (const old of secrets) expect(withoutSecretWords(`ada@contoso.com ${old}\n`)).toBe('ada@contoso.com \n')
    expect(mayEcho('ada@contoso.com\nInvoices@Contoso1.onmicrosoft.com')).toBe(true)
  })
})
