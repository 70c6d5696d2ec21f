// From every kind of paste to evidence, and no further than the text goes.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sample } from '../../../practice-tenant/exchange/testing.ts'
import type { ExchangeEvidence } from '../evidence.ts'
import { evidenceOf } from './evidence.ts'
import { readOutput } from './read.ts'
import type { Expected } from './verdict.ts'

const folder = new URL('../../../test-data/outputs/', import.meta.url)
const file = (name: string) => readFileSync(new URL(`${name}.txt`, folder), 'utf8')
const sid = 'S-1-5-21-2296596059-3163960648-748778498-78282419'
const wrong = '11111111-2222-4333-8444-555555555555'
const tenantId = '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11'
const invoices = 'invoices@contoso.example'
const pastedAt = '2026-08-23T10:00:00.000Z'
const of = (text: string, more: Partial<Expected> = {}, at = pastedAt) =>
  evidenceOf(readOutput(text), { ...sample, ...more }, at)

describe('a receipt', () => {
  test('of a diagnosis says all that it saw and nothing that it did not, plain, wrapped or among prompts', async () => {
    for (const name of ['diagnosis-plain', 'diagnosis-wrapped', 'diagnosis-prompted'])
      expect(await of(file(name), { tenantId, setupId: '5f0c' }), name).toEqual([
        {
          source: 'receipt',
          script: 'diagnosis',
          at: '2026-08-22T10:00:00Z',
          tenantId,
          appId: sample.appId,
          principals: [{ objectId: sample.objectId, sid }],
          smtpAuthOfOrganization: false,
          mailboxes: [
            {
              address: invoices,
              recipient: 'mailbox',
              grant: true,
              imap: true,
              pop: true,
              smtpAuth: true,
              sendAs: false
            },
            { address: 'legacy@contoso.example', recipient: 'elsewhere' },
            { address: 'nobody@contoso.example', recipient: 'none' },
            { address: 'sales@contoso.example', recipient: 'group' },
            {
              address: 'scanner@contoso.example',
              recipient: 'mailbox',
              grant: false,
              imap: false,
              pop: true,
              smtpAuth: null
            }
          ],
          granted: { count: 1, sha256: '45c67f0443caa61aecb3787286734a16403532e184fd67c77470797ac868f8b4' },
          failures: ['scanner@contoso.example: The server is too busy. Try again later.'],
          changed: false
        }
      ])
  })

  test('of a diagnosis that found an entry which denies says so, and no other line does', async () => {
    const text = file('diagnosis-plain').replace('is=mailbox grant=no', 'is=mailbox grant=denied')
    const [look] = await of(text)
    expect(look?.mailboxes.filter(one => one.denied).map(({ address, grant }) => [address, grant])).toEqual([
      ['scanner@contoso.example', false]
    ])
  })

  test('tells of no entry, a wrong one and several', async () => {
    const principals = async (name: string) => (await of(file(name)))[0]?.principals
    expect(await principals('diagnosis-absent')).toEqual([])
    expect(await principals('diagnosis-wrong-object-id')).toMatchObject([{ objectId: wrong }])
    expect(await principals('diagnosis-several')).toMatchObject([{ objectId: wrong }, { objectId: sample.objectId }])
    expect((await of(file('diagnosis-absent')))[0]).toMatchObject({ smtpAuthOfOrganization: true })
  })

  test('that only counts says how many of the opened failed at a protocol', async () => {
    const counts = file('receipt-plain')
      .replace(/^(mailbox|failure): .*\r?\n/gm, '')
      .replace(/^sha256: .*$/m, '$&\ndetails: receipt.txt')
    expect((await of(counts))[0]?.granted).toEqual({ count: 1, sha256: expect.any(String) })
    expect((await of(counts.replace('failed: 1', 'failed: 2')))[0]?.granted).toMatchObject({ count: 1, failed: 1 })
  })

  test('that was cut, mixed up or changed gives none', async () => {
    for (const name of ['diagnosis-cut', 'diagnosis-mixed-up', 'receipt-cut']) expect(await of(file(name))).toEqual([])
    const changed = file('diagnosis-plain').replace('send-as=no invoices@', 'send-as=no invoice@')
    expect(await of(changed)).toEqual([])
  })

  test('of another application, tenant or setup gives none, and neither does the output in a window of that tenant', async () => {
    const text = file('diagnosis-plain')
    expect(await of(text, { appId: wrong })).toEqual([])
    expect(await of(text, { tenantId: wrong })).toEqual([])
    expect(await of(text, { setupId: 'other' })).toEqual([])
    const both = `${file('list-tutorial')}\n${text}`
    expect(await of(both)).toHaveLength(2)
    expect(await of(both, { tenantId: wrong })).toEqual([])
  })

  test('of every script in one window counts, oldest first, and says whether it wrote', async () => {
    const looks = await of(file('receipts-of-one-window'))
    expect(looks.map(({ script, changed }) => `${script} ${changed}`)).toEqual([
      'whole true',
      'diagnosis false',
      'switches true'
    ])
    expect(looks.map(({ mailboxes }) => mailboxes[0]?.imap)).toEqual([true, false, true])
    expect(looks.map(({ granted }) => granted?.count)).toEqual([1, 1, undefined])
    const [sendAs] = await of(file('receipt-send-as'))
    expect(sendAs).toMatchObject({ changed: true, mailboxes: [{ address: invoices, sendAs: true }] })
    expect(sendAs?.mailboxes).toHaveLength(1)
  })

  test('that only registers says what is registered, and an undo that nothing is', async () => {
    const whole = file('receipt-plain')
    const short = whole
      .replace(/^(mailbox|failure): .*\r?\n/gm, '')
      .replace('mailboxes: 2', 'mailboxes: 0')
      .replace('granted: 1', 'granted: 0')
      .replace('failed: 1', 'failed: 0')
      .replace(/sha256: .*/, 'sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    const [register] = await of(short.replace('script: whole', 'script: register').replace('writes: 3', 'writes: 1'))
    expect(register).toMatchObject({
      script: 'register',
      principals: [{ objectId: sample.objectId, sid }],
      changed: true
    })
    expect(register?.granted).toBeUndefined()
    const undo = short.replace('script: whole', 'script: undo')
    const [undone] = await of(undo.replace('principal: created', 'principal: removed'))
    expect(undone).toMatchObject({ script: 'undo', principals: [], changed: true })
    const [kept] = await of(undo.replace('principal: created', 'principal: present'))
    expect(kept?.principals).toMatchObject([{ objectId: sample.objectId }])
  })

  test('from a clock that runs ahead counts from when it was pasted', async () => {
    const at = '2026-08-22T09:59:59.000Z'
    expect((await of(file('diagnosis-plain'), {}, at))[0]?.at).toBe(at)
  })
})

describe('output', () => {
  test('of Get-MailboxPermission says that an entry denies, and no word of it where none does', async () => {
    const list = file('permission-list-sid').replaceAll(/(Deny *: )False/g, '$1True')
    const [look] = await of(list, { sid })
    const [without] = await of(file('permission-list-sid'), { sid })
    expect(look?.mailboxes).toMatchObject([{ grant: false, denied: true }])
    expect(without?.mailboxes).toMatchObject([{ grant: true }])
    expect(without?.mailboxes[0]?.denied).toBeUndefined()
  })

  const list = file('list-tutorial')
  test('of Get-ServicePrincipal names the entry, with its SID where it shows', async () => {
    for (const name of ['list-7-colours', 'list-7-prompted', 'list-51-several', 'list-wrapped-values'])
      expect(await of(file(name)), name).toEqual([
        {
          source: 'output',
          at: pastedAt,
          appId: sample.appId,
          principals: [{ objectId: sample.objectId, sid }],
          mailboxes: [],
          failures: [],
          changed: false
        }
      ])
    expect((await of(file('list-wrong-object-id')))[0]?.principals).toEqual([{ objectId: wrong }])
    expect((await of(file('table-tutorial')))[0]?.principals).toEqual([{ objectId: sample.objectId }])
  })

  test('that is cut, of Entra, of others or empty gives none', async () => {
    const none = ['table-51-cut', 'table-7-cut', 'list-of-entra', 'table-of-entra', 'list-without-app-id']
    for (const name of [...none, 'table-without-headings', 'nothing']) expect(await of(file(name)), name).toEqual([])
    expect(await of(file('list-51-several'), { appId: wrong })).toEqual([])
    expect(await of('PS> Get-ServicePrincipal | Where-Object AppId -eq 1\n\nPS> ')).toEqual([])
  })

  test('shows a grant by a SID that is known, by the Object ID, or where Exchange was asked for it', async () => {
    const grant = async (text: string, more: Partial<Expected> = {}) =>
      (await of(text, more))[0]?.mailboxes.find(({ address }) => address === invoices)?.grant
    expect(await grant(`${list}\n${file('permission-list-sid')}`)).toBe(true)
    expect(await grant(file('permission-list-sid'), { sid })).toBe(true)
    expect(await grant(file('permission-table-51-wrapped'), { sid })).toBe(true)
    expect(await grant(file('permission-list-asked-for'))).toBe(true)
    for (const name of ['permission-list-sid', 'permission-table-51', 'permission-list-display-name'])
      expect(await grant(file(name)), name).toBeUndefined()
    expect(await grant(`${list}\n${file('permission-table-51')}`)).toBeUndefined()
    expect(await grant(`${list}\n${file('permission-list-display-name')}`)).toBeUndefined()
  })

  test('shows that there is no grant only where all was asked for and the copy goes on', async () => {
    const only = file('permission-table-7-only-self')
    const grant = async (text: string) => (await of(text))[0]?.mailboxes[0]?.grant
    expect(await grant(only)).toBe(false)
    expect(await grant(only.replace(/\nPS[^\n]*>\s*$/, '\n'))).toBeUndefined()
    expect(await grant(only.replace('contoso.example\n', 'contoso.example | Select-Object -First 1\n'))).toBeUndefined()
    expect(await grant(only.replace('contoso.example\n', 'contoso.example -ResultSize 1\n'))).toBeUndefined()
    expect(
      await grant(only.replace('contoso.example\n', 'contoso.example -User ben@contoso.example\n'))
    ).toBeUndefined()
    expect(await grant(only.replace('NT AUTHORITY\\SELF ', 'Invoice reader    '))).toBeUndefined()
    // With the SID known, a name without one may still be the application's own.
    const named = only.replace('NT AUTHORITY\\SELF ', 'Invoice reader    ')
    expect((await of(named, { sid }))[0]).toBeUndefined()
    expect((await of(only, { sid }))[0]?.mailboxes[0]?.grant).toBe(false)
  })

  test('shows that there is no grant only where all that the command printed could be read', async () => {
    for (const name of [
      'permission-table-warning',
      'permission-table-empty-line',
      'permission-table-one-row-collapsed'
    ])
      expect(await of(file(name), { sid }), name).toEqual([])
    for (const name of ['permission-list-torn', 'permission-table-rights-cut', 'permission-list-without-rights'])
      expect(await of(file(name), { sid }), name).toEqual([])
  })

  test('of a mailbox whose name has a hyphen shows its grant, also where the name looks like a command', async () => {
    const grants = async (text: string, more: Partial<Expected>) =>
      (await of(text, more)).flatMap(({ mailboxes }) => mailboxes.map(({ address, grant }) => `${address} ${grant}`))
    const [hyphen, command] = ['permission-table-hyphen', 'permission-table-hyphen-like-a-command']
    expect(await grants(file(hyphen), { sid })).toEqual(['sales-team@contoso.example true'])
    expect(await grants(file(command), { sid })).toEqual(['test-team@contoso.example true'])
    // A copy that ends with such a row has no prompt after it.
    const open = file(hyphen)
      .replace(/S-1-5-21-\S+/, 'ben@contoso.example')
      .replace(/\nPS C:\\>\s*$/, '')
    expect(await grants(open, { sid })).toEqual([])
  })

  test('of two commands, the second without a prompt right below a row, is of the mailbox that each names', async () => {
    const [first, second] = ['permission-table-hyphen', 'permission-table-rights-cut'].map(file)
    const both = `${first?.trimEnd().replace(/\n\nPS.*$/, '')}\n${second?.replace('PS C:\\> ', '')}`
    expect((await of(both, { sid }))[0]?.mailboxes).toEqual([{ address: 'sales-team@contoso.example', grant: true }])
  })

  test('is read by the SID that a receipt of the same text has, unless the entry was removed since', async () => {
    const grant = async (text: string, more: Partial<Expected> = {}) =>
      (await of(text, more))
        .find(({ source }) => source === 'output')
        ?.mailboxes.find(({ address }) => address === invoices)?.grant
    const permissions = file('permission-list-sid')
    const diagnosis = file('diagnosis-plain').replace('grant=yes', 'grant=no').replace('granted: 1', 'granted: 0')
    const noneGranted = diagnosis.replace(
      /sha256: .*/,
      'sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    )
    expect(await grant(`${noneGranted}\n${permissions}`)).toBe(true)
    const removed = `${noneGranted}\nPS> Remove-ServicePrincipal -Identity ${sample.objectId}\n${permissions}`
    expect(await grant(removed)).toBeUndefined()
    expect(await grant(`${noneGranted.replaceAll(sample.objectId, wrong)}\n${permissions}`)).toBeUndefined()
  })

  test('shows a denial as no grant', async () => {
    const denied = `${list}\n${file('permission-list-sid').replace(/Deny( +): False(?=\n.*\nUser +: S-1)/, 'Deny$1: True')}`
    expect((await of(denied))[0]?.mailboxes[0]?.grant).toBe(false)
  })

  test('shows switches as they are printed; an empty one only where the copy goes on', async () => {
    const seen = async (text: string) => (await of(text))[0]?.mailboxes
    expect(await seen(file('cas-table'))).toEqual([{ address: invoices, imap: true, pop: false, smtpAuth: false }])
    expect(await seen(file('cas-list'))).toEqual([{ address: invoices, imap: false, pop: true }])
    expect(await seen(`${file('cas-list')}\nPS C:\\> `)).toEqual([
      { address: invoices, imap: false, pop: true, smtpAuth: null }
    ])
    // Exchange's own name for a mailbox is no address.
    expect(await seen(file('cas-table-follows'))).toBeUndefined()
  })

  test('of a mailbox whose name another bears, or whose address is cut, is nobody’s', async () => {
    const cas = (address: string) =>
      `Name : Invoices\nPrimarySmtpAddress : ${address}\nIdentity : Invoices\nImapEnabled : True\n`
    const permission = `Identity : Invoices\nUser : ${sample.objectId}\nAccessRights : {FullAccess}\nDeny : False\n`
    const grants = async (text: string) =>
      (await of(text)).flatMap(one => one.mailboxes.flatMap(({ grant }) => grant ?? []))
    expect(await grants(`${cas(invoices)}\n${permission}`)).toEqual([true])
    expect(await grants(`${cas(invoices)}\n${cas('sales@contoso.example')}\n${permission}`)).toEqual([])
    expect(await of(cas('invoices@contoso...'))).toEqual([])
  })

  test('above a removal holds no more', async () => {
    const remove = `PS> Remove-ServicePrincipal -Identity ${sample.objectId}`
    expect(await of(`${list}\n${file('permission-list-asked-for')}\n${remove}`)).toEqual([])
    expect((await of(file('mended-in-one-window')))[0]?.principals).toEqual([{ objectId: sample.objectId }])
  })

  test('above a receipt is older than the receipt, and below it newer', async () => {
    const looks = await of(`${file('permission-table-7-only-self')}\n${file('receipt-plain')}\n${list}`)
    expect(looks.map(({ source, at }) => `${source} ${at}`)).toEqual([
      'output 2026-08-21T09:29:59.000Z',
      'receipt 2026-08-21T09:30:00Z',
      `output ${pastedAt}`
    ])
  })

  test('asked for twice in one window counts as it was last', async () => {
    const before = file('permission-table-7-only-self')
    expect((await of(`${before}\n${file('permission-list-asked-for')}`))[0]?.mailboxes[0]?.grant).toBe(true)
    expect((await of(`${file('permission-list-asked-for')}\n${before}`))[0]?.mailboxes[0]?.grant).toBe(false)
  })
})

describe('a copy that stops anywhere', () => {
  const facts = (looks: readonly ExchangeEvidence[]) =>
    looks.flatMap(({ principals, mailboxes }) => [
      ...(principals ?? []).map(({ objectId }) => `principal ${objectId}`),
      ...mailboxes.flatMap(({ address, ...own }) =>
        Object.entries(own).map(([name, value]) => `${address} ${name} ${value}`)
      )
    ])
  // What was there before a removal is in no copy that goes on after it.
  const lasting = readdirSync(folder).filter(name => name !== 'mended-in-one-window.txt')
  test.each(lasting)('%s gives no fact that the whole does not give', async name => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const whole = new Set(facts(await of(text, { sid })))
    for (let cut = 1; cut < text.length; cut += 3)
      for (const fact of facts(await of(text.slice(0, cut), { sid }))) expect(whole, `up to ${cut}`).toContain(fact)
  })
})
