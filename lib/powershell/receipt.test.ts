import { describe, expect, test } from 'vitest'
import { diagnosisScript } from './diagnosis.ts'
import { textOf } from './quote.ts'
import {
  beginMarker,
  endMarker,
  grantedAddresses,
  grantedHash,
  mailboxFormat,
  readReceipt,
  receiptFields,
  receiptVersion
} from './receipt.ts'
import { type ScriptInput, undoScript, wholeScript } from './script.ts'
import { sendAsScript } from './send-as.ts'
import { switchesScript } from './switches.ts'

const lines = [
  beginMarker,
  'version: 1',
  'script: whole',
  'setup: 5f0c',
  'when: 2026-08-21 09:30:00Z',
  'tenant: 7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
  'organization: contoso.onmicrosoft.com',
  'app-id: 58d827e0-c69c-401f-8deb-b1224d129dc8',
  'principal: created',
  'object-id: bf822882-b0bf-4acc-a606-7da6b107a435',
  'sid: S-1-5-21-2296596059-3163960648-748778498-78282419',
  'protocols: IMAP,SMTP',
  'smtp-auth: off',
  'mailboxes: 3',
  'granted: 2',
  'failed: 1',
  'writes: 4',
  'sha256: b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
  'mailbox: is=- grant=added imap=set pop=- smtp=on send-as=- invoices@contoso.example',
  "mailbox: is=- grant=kept imap=on pop=- smtp=set send-as=- o'brien@contoso.example",
  'mailbox: is=- grant=failed imap=? pop=- smtp=? send-as=- sales@contoso.example',
  "failure: sales@contoso.example: The operation couldn't be performed because object 'sales' couldn't be found.",
  endMarker
]
const line = { is: '-', pop: '-', sendAs: '-' }
const whole = lines.join('\r\n')
const says = (text: string) => {
  const read = readReceipt(text)
  return read.ok ? 'read' : read.says
}

describe('a receipt', () => {
  test('is read with everything that it says', () => {
    expect(readReceipt(whole)).toEqual({
      ok: true,
      receipt: {
        script: 'whole',
        setupId: '5f0c',
        when: '2026-08-21T09:30:00Z',
        tenantId: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
        organization: 'contoso.onmicrosoft.com',
        appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
        principal: 'created',
        principals: [
          {
            objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
            sid: 'S-1-5-21-2296596059-3163960648-748778498-78282419'
          }
        ],
        protocols: ['IMAP', 'SMTP'],
        smtpAuth: 'off',
        mailboxes: 3,
        granted: 2,
        failed: 1,
        writes: 4,
        sha256: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
        each: [
          { ...line, address: 'invoices@contoso.example', grant: 'added', imap: 'set', smtp: 'on' },
          { ...line, address: "o'brien@contoso.example", grant: 'kept', imap: 'on', smtp: 'set' },
          { ...line, address: 'sales@contoso.example', grant: 'failed', imap: '?', smtp: '?' }
        ],
        failures: [
          "sales@contoso.example: The operation couldn't be performed because object 'sales' couldn't be found."
        ]
      }
    })
  })

  test('is found among prompts, and the last of several counts', () => {
    const earlier = whole.replace('principal: created', 'principal: present')
    const read = readReceipt(
      `PS C:\\> .\\x.ps1\r\n3 of 3: x\r\n${earlier}\r\nPS C:\\> .\\x.ps1\r\n${whole}\r\nPS C:\\> `
    )
    expect(read.ok && read.receipt.principal).toBe('created')
  })

  test('is read when a console of 60 columns wrapped its lines', () => {
    const wrapped = lines.flatMap(line => line.match(/.{1,60}/g) ?? []).map(line => line.trimEnd())
    const [plain, read] = [readReceipt(whole), readReceipt(wrapped.join('\n'))]
    expect(wrapped.length).toBeGreaterThan(lines.length)
    expect(read.ok && plain.ok && read.receipt.each).toEqual(plain.ok && plain.receipt.each)
    expect(read.ok && read.receipt.sha256).toBe(plain.ok && plain.receipt.sha256)
  })

  test('is refused, with the reason, when it is cut anywhere', () => {
    for (let cut = 0; cut < lines.length; cut += 1) {
      const without = lines.filter((_, index) => index !== cut)
      expect(readReceipt(without.join('\n')).ok, lines[cut]).toBe(false)
      expect(says(without.join('\n')), lines[cut]).toMatch(/receipt/i)
    }
    expect(says('')).toContain('There is no receipt')
    expect(says(lines.slice(0, -1).join('\n'))).toContain('The end of the receipt is missing')
  })

  test('is refused when its version, a count or an ID is not what it should be', () => {
    expect(says(whole.replace('version: 1', 'version: 2'))).toBe('This receipt has version 2, and 1 is read here.')
    expect(says(whole.replace('granted: 2', 'granted: 3'))).toContain('does not agree with itself')
    expect(says(whole.replace('mailboxes: 3', 'mailboxes: 4'))).toContain(
      'counts 4 mailboxes and 1 failures, and names 3 and 1'
    )
    expect(says(whole.replace('tenant: 7', 'tenant: '))).toContain('tenantId')
    expect(says(whole.replace('imap=set', 'imap=of'))).toContain('cannot be read')
    expect(says(whole.replace('script: whole', 'script: whole\nscript: undo'))).toContain('script missing or doubled')
  })

  test('above 200 mailboxes names the file that has the details', () => {
    const short = lines.filter(line => !/^(mailbox|failure): /.test(line))
    short.splice(-1, 0, 'details: invoices-receipt.txt')
    const read = readReceipt(short.join('\n'))
    expect(read.ok && [read.receipt.details, read.receipt.each]).toEqual(['invoices-receipt.txt', []])
  })
})

describe('the hash of the granted mailboxes', () => {
  test('is the SHA-256 of the addresses in lower case, each once, in code unit order, with commas between', async () => {
    // printf 'a-b@x.example,a@x.example,b@x.example' | sha256sum
    const expected = '945cc51546bd06bbbc14a4d5f0981890204f3a60b25f2d15397383887caa6198'
    expect(await grantedHash(['b@x.example', 'A@x.example', 'a-b@x.example', 'a@x.example'])).toBe(expected)
  })
  test('of nothing is that of the empty text', async () => {
    expect(await grantedHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
  test('counts the grants that were seen, and no others', () => {
    const read = readReceipt(whole)
    expect(read.ok && grantedAddresses(read.receipt)).toEqual(['invoices@contoso.example', "o'brien@contoso.example"])
  })
})

describe('the scripts', () => {
  const input: ScriptInput = {
    setupId: '5f0c',
    name: 'Invoices',
    tenantId: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
    appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
    objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
    protocols: ['IMAP', 'SMTP'],
    mailboxes: ['invoices@contoso.example']
  }
  test('print every field that is read, in this order, between the markers', () => {
    const makers = [wholeScript, undoScript, diagnosisScript, switchesScript, sendAsScript]
    for (const text of makers.map(make => textOf(make(input)))) {
      const printed = text.slice(text.indexOf('$short = @('), text.indexOf('$long ='))
      const names = [...printed.matchAll(/'([a-z0-9-]+): /g)].map(match => match[1])
      expect(names).toEqual(receiptFields.slice(0, 17))
      for (const name of ['details', 'failure']) expect(text).toContain(`'${name}: `)
      expect(text).toContain(`('${mailboxFormat}' -f `)
      expect(text).toContain(`$long = @('${beginMarker}') + $short + $mailboxLines + $failureLines + @('${endMarker}')`)
      expect(text).toContain(`'version: ${receiptVersion}'`)
      expect(text).toContain("'setup: 5f0c'")
    }
  })
})

describe('a diagnosis and a fix', () => {
  const diagnosis = [
    ...lines.slice(0, 2),
    'script: diagnosis',
    ...lines.slice(3, 8),
    'principal: present',
    ...lines.slice(9, 13),
    'mailboxes: 2',
    'granted: 1',
    'failed: 0',
    'writes: 0',
    lines[17] ?? '',
    'mailbox: is=mailbox grant=yes imap=on pop=off smtp=follows send-as=no invoices@contoso.example',
    'mailbox: is=group grant=- imap=- pop=- smtp=- send-as=- sales@contoso.example',
    endMarker
  ].join('\n')
  const changed = (from: string | RegExp, to: string) => says(diagnosis.replace(from, to))

  test('are read with the entries as they were found: one, none or several', () => {
    const read = readReceipt(diagnosis)
    expect(read.ok && read.receipt.each[0]).toEqual({
      address: 'invoices@contoso.example',
      is: 'mailbox',
      grant: 'yes',
      imap: 'on',
      pop: 'off',
      smtp: 'follows',
      sendAs: 'no'
    })
    const absent = diagnosis
      .replace(/object-id: .*\nsid: .*/, 'object-id: -\nsid: -')
      .replace('principal: present', 'principal: absent')
      .replace('grant=yes', 'grant=-')
      .replace('granted: 1', 'granted: 0')
    const none = readReceipt(absent)
    expect(none.ok && [none.receipt.principal, none.receipt.principals]).toEqual(['absent', []])
    const two = diagnosis
      .replace('principal: present', 'principal: several')
      .replace(/(object-id: .*)\n(sid: .*)/, '$1\nobject-id: 11111111-2222-4333-8444-555555555555\n$2\nsid: -')
    const several = readReceipt(two)
    expect(several.ok && several.receipt.principals).toEqual([
      { objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435', sid: 'S-1-5-21-2296596059-3163960648-748778498-78282419' },
      { objectId: '11111111-2222-4333-8444-555555555555' }
    ])
  })

  test('are refused where what they say does not go together', () => {
    expect(says(diagnosis)).toBe('read')
    expect(changed('principal: present', 'principal: absent')).toContain('with 1 Object IDs')
    expect(changed('principal: present', 'principal: several')).toContain('with 1 Object IDs')
    expect(changed('principal: present', 'principal: created')).toContain('an entry that is created')
    expect(changed(/sid: .*\n/, '')).toContain('object-id or sid missing')
    expect(changed(/sid: S-1.*/, 'sid: S-1')).toContain('sid reads S-1')
    expect(changed(/object-id: .*/, 'object-id: -')).toContain('object-id or sid missing')
    expect(changed(/object-id: b/, 'object-id: ')).toContain('object-id reads f8')
    expect(changed('writes: 0', 'writes: 1')).toContain('counts 1 writes')
    expect(changed('granted: 1', 'granted: 2')).toContain('counts 2 granted mailboxes')
    expect(changed('imap=on', 'imap=set')).toContain('prints no such line for invoices@contoso.example')
    expect(changed('is=group', 'is=-')).toContain('prints no such line for sales@contoso.example')
    expect(changed('sales@contoso', 'invoices@contoso')).toContain('names a mailbox twice')
    expect(changed('smtp-auth: off', 'smtp-auth: maybe')).toContain('smtpAuth')
    for (const script of ['register', 'switches', 'send-as', 'undo', 'whole'])
      expect(changed('script: diagnosis', `script: ${script}`), script).toMatch(/does not agree|not copied whole/)
    expect(says(whole.replace('writes: 4', 'writes: 3'))).toContain('counts 3 writes, and shows 4')
  })
})
