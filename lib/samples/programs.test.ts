import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chinaCloud, sampleInput } from '../../test-data/sample-input.ts'
import { UnsafeText, whyUnsafe } from '../powershell/quote.ts'
import { theSecret } from './program-fields.ts'
import { programsFor } from './programs.ts'

const all = programsFor(sampleInput())
const named = (id: string, given = {}) => programsFor(sampleInput(given)).find(program => program.id === id)

describe('the programs', () => {
  test('each have a source, and an ID and a name of their own, in order of their names', () => {
    expect(all.length).toBeGreaterThan(10)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en')))
    for (const { sources } of all) expect(sources.join()).toMatch(/^https?:\/\//)
  })

  test.each(all)('$name is told the setup’s own values and never a secret', ({ fields, files }) => {
    const text = JSON.stringify([fields, files])
    expect(text).toContain('11111111-2222-4333-8444-555555555555')
    expect(text).toContain('invoices@contoso.example')
    expect(text).toMatch(/the client secret that you stored|MAIL_CLIENT_SECRET/)
    for (const { label, value } of fields) expect([label, value]).not.toContain('')
  })

  test.each(all)('$name is told values to copy one by one, all but the secret’s', ({ fields }) => {
    for (const { label, value, copy } of fields)
      expect([label, copy === true]).toEqual([label, !value.startsWith(theSecret)])
    for (const { label, value } of fields.filter(({ label }) => /port$/i.test(label)))
      expect([label, value]).toEqual([label, expect.stringMatching(/^\d+$/)])
  })

  test('that use none of the protocols chosen are not there', () => {
    const forPop = programsFor(sampleInput({ protocols: ['POP'] }))
    expect(forPop.length).toBeGreaterThan(0)
    for (const { uses } of forPop) expect(uses).toContain('POP')
  })

  test('are told the hosts of the setup’s cloud', () => {
    expect(
      JSON.stringify(programsFor(sampleInput({ cloud: chinaCloud })).map(({ fields, files }) => [fields, files]))
    ).not.toMatch(/office365|microsoftonline/)
  })
})

test('emailproxy.config is whole, and holds no secret', () => {
  expect(named('email-oauth2-proxy')?.files[0]?.code).toBe(`[Server setup]

[IMAP-1993]
server_address = outlook.office365.com
server_port = 993

[POP-1995]
server_address = outlook.office365.com
server_port = 995

[SMTP-1587]
server_address = smtp.office365.com
server_port = 587
server_starttls = True

[Account setup]

[invoices@contoso.example]
token_url = https://login.microsoftonline.com/bf822882-b0bf-4acc-a606-7da6b107a435/oauth2/v2.0/token
oauth2_scope = https://outlook.office365.com/.default
oauth2_flow = client_credentials
client_id = 11111111-2222-4333-8444-555555555555

[emailproxy]
use_login_password_as_client_credentials_secret = True
`)
})

test('sasl-xoauth2.conf is JSON with the members that its manual names', () => {
  expect(JSON.parse(named('sasl-xoauth2')?.files[0]?.code ?? '')).toEqual({
    client_id: '11111111-2222-4333-8444-555555555555',
    client_secret: 'the client secret that you stored',
    token_endpoint: 'https://login.microsoftonline.com/bf822882-b0bf-4acc-a606-7da6b107a435/oauth2/v2.0/token',
    scope: 'https://outlook.office365.com/.default',
    use_client_credentials: 'yes'
  })
})

describe('a mailbox', () => {
  const odd = fc.string({ unit: 'binary' }).filter(text => whyUnsafe(text) === undefined)
  const heads = (code: string) => code.split('\n').filter(text => text.startsWith('['))

  test('never adds a line to a file, nor a section', () => {
    fc.assert(
      fc.property(odd, mailbox => {
        for (const { id, files } of programsFor(sampleInput({ mailbox }))) {
          const usual = all.find(program => program.id === id)?.files ?? []
          files.forEach(({ code }, index) => {
            expect(code.split('\n')).toHaveLength(usual[index]?.code.split('\n').length ?? 0)
            expect(heads(code)).toHaveLength(heads(usual[index]?.code ?? '').length)
          })
        }
      })
    )
  })

  test('with a line break gets into no file', () => {
    expect(() => programsFor(sampleInput({ mailbox: 'a@contoso.example]\n[b' }))).toThrow(UnsafeText)
  })
})
