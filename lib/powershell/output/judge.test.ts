import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openTestWindow, sample } from '../../../practice-tenant/exchange/testing.ts'
import { textOf } from '../quote.ts'
import { undoScript, wholeScript } from '../script.ts'
import { type Expected, judge } from './judge.ts'
import { readOutput } from './read.ts'

const sid = 'S-1-5-21-2296596059-3163960648-748778498-78282419'
const wrong = '11111111-2222-4333-8444-555555555555'
const mailbox = 'invoices@contoso.example'
const expected: Expected = sample

const file = (name: string) => readFileSync(new URL(`../../../test-data/outputs/${name}.txt`, import.meta.url), 'utf8')
const judged = async (text: string, more: Partial<Expected> = {}) =>
  (await judge(readOutput(text), { ...expected, ...more })).map(verdict => ({ ...verdict }))
const kinds = async (text: string, more: Partial<Expected> = {}) =>
  (await judged(text, more)).map(({ about, kind }) => `${about} ${kind}`)

describe('the principal', () => {
  test('is right when the whole Object ID stands beside the whole AppId', async () => {
    for (const name of [
      'table-tutorial',
      'list-tutorial',
      'list-51-several',
      'list-narrow-window',
      'mended-in-one-window'
    ])
      expect(await kinds(file(name)), name).toEqual(['principal right'])
  })

  test('is wrong with the name of the ID that stands there', async () => {
    const text = file('list-wrong-object-id')
    const at = async (id: string, more: Partial<Expected>) => (await judged(text.replace(wrong, id), more))[0]
    expect(await at(wrong, { applicationObjectId: wrong })).toMatchObject({
      kind: 'wrong',
      is: 'application-object-id',
      line: 3
    })
    expect(await at(sample.appId, {})).toMatchObject({ kind: 'wrong', is: 'client-id' })
    expect(await at(wrong, { tenantId: wrong.toUpperCase() })).toMatchObject({ kind: 'wrong', is: 'tenant-id' })
    expect(await at(wrong, {})).toMatchObject({ kind: 'wrong', is: 'another' })
  })

  test('is ambiguous when the window cut an ID, whatever it begins with', async () => {
    for (const name of ['table-51-cut', 'table-7-cut']) {
      const [first] = await judged(file(name))
      expect(first).toMatchObject({ about: 'principal', kind: 'ambiguous', line: 5 })
      expect(first?.todo).toContain('?')
    }
    const cutObjectId = `AppId : ${sample.appId}\nObjectId : bf822882-b0bf...`
    expect((await judged(cutObjectId))[0]).toMatchObject({ kind: 'ambiguous' })
    expect((await judged(cutObjectId.replace('bf82', 'cf82')))[0]).toMatchObject({ kind: 'wrong', is: 'another' })
  })

  test('is never wrong because a copy stopped in the middle of its Object ID', async () => {
    const text = `AppId    : ${sample.appId}\nObjectId : ${sample.objectId}`
    for (let cut = text.length - 36; cut < text.length; cut += 1)
      expect((await judged(text.slice(0, cut)))[0]?.kind, `${cut}`).toBe('ambiguous')
  })

  test('that stands there several times has no repair, and the wrong one is removed by hand', async () => {
    const [wrongOne, right] = [file('list-wrong-object-id'), file('list-tutorial')]
    const both = `${wrongOne.trimEnd()}\n\n${right.slice(right.indexOf('DisplayName'))}`
    const verdicts = (await judged(both)).filter(({ about }) => about === 'principal')
    expect(verdicts.map(({ kind }) => kind)).toEqual(['wrong', 'right'])
    expect(verdicts[0]).toMatchObject({ todo: expect.stringContaining(`Remove-ServicePrincipal -Identity ${wrong}`) })
    expect(verdicts[0]?.is).toBeUndefined()
  })

  test('is ambiguous without its AppId, without headings, and when Entra is shown in place of Exchange', async () => {
    for (const name of [
      'list-without-app-id',
      'table-without-headings',
      'table-of-entra',
      'table-of-graph',
      'list-of-entra'
    ])
      expect(await kinds(file(name)), name).toEqual(['principal ambiguous'])
  })

  test('is not shown by the output of others, or by none', async () => {
    const appId = '99999999-2222-4333-8444-555555555555'
    expect(await kinds(file('list-51-several'), { appId, objectId: wrong })).toEqual(['principal not-shown'])
    expect(await kinds(file('nothing'))).toEqual(['principal not-shown'])
  })

  test('is of the last output, and after a removal of none', async () => {
    const [before] = file('mended-in-one-window').split('PS C:\\> New-')
    expect((await judged(before ?? ''))[0]).toMatchObject({ kind: 'ambiguous', line: 6 })
    expect((await judged(file('mended-in-one-window')))[0]?.says).toContain('Line 3 shows another Object ID')
  })
})

describe('a mailbox', () => {
  const both = (name: string) => `${file('list-tutorial')}\n${file(name)}`
  const of = async (text: string, more: Partial<Expected> = {}) =>
    (await judged(text, { mailboxes: [mailbox], ...more })).find(({ about }) => about === 'mailbox')

  test('is open to the application by its SID, and by being asked for it', async () => {
    expect(await of(both('permission-list-sid'))).toMatchObject({ kind: 'right', subject: mailbox })
    expect(await of(file('permission-list-sid'), { sid })).toMatchObject({ kind: 'right' })
    expect(await of(file('permission-list-asked-for'))).toMatchObject({ kind: 'right' })
  })

  test('is ambiguous by a SID that nothing ties to the application, a cut one, or a display name', async () => {
    expect(await of(file('permission-list-sid'))).toMatchObject({ kind: 'ambiguous' })
    for (const name of ['permission-table-51', 'permission-table-7', 'permission-list-display-name'])
      expect(await of(both(name)), name).toMatchObject({ kind: 'ambiguous' })
  })

  test('is ambiguous by a display name that the window cut', async () => {
    const cut = file('permission-list-display-name').replace('Invoice reader', 'Invoice rea...')
    expect(await of(`${file('list-tutorial')}\n${cut}`)).toMatchObject({ kind: 'ambiguous' })
  })

  test('is ambiguous by any name while Exchange\u2019s entry for the application is not shown, but not by an address', async () => {
    expect(await of(file('permission-list-display-name'))).toMatchObject({ kind: 'ambiguous' })
    const person = file('permission-list-display-name').replace('Invoice reader', 'ben@contoso.example')
    expect(await of(person)).toMatchObject({ kind: 'wrong' })
  })

  test('is closed when only others are named, or when the entry denies', async () => {
    const other = both('permission-list-sid').replaceAll(/(?<=User(?:Sid)? +: )S-1-5-21-\d+/g, 'S-1-5-21-1')
    expect(await of(other)).toMatchObject({ kind: 'wrong' })
    const denied = await judged(both('permission-table-collapsed'), { mailboxes: ['invoices team'] })
    expect(denied.find(({ about }) => about === 'mailbox')).toMatchObject({
      kind: 'wrong',
      says: expect.stringMatching(/denies/)
    })
  })

  test('is ambiguous where other lines of the output could not be read, and where its rights were cut or left out', async () => {
    for (const name of [
      'permission-table-warning',
      'permission-table-empty-line',
      'permission-table-one-row-collapsed'
    ])
      expect(await of(file(name), { sid }), name).toMatchObject({
        kind: 'ambiguous',
        says: expect.stringContaining('could not be read'),
        todo: expect.stringContaining('Get-MailboxPermission')
      })
    for (const name of ['permission-table-rights-cut', 'permission-list-without-rights'])
      expect(await of(file(name), { sid }), name).toMatchObject({
        kind: 'ambiguous',
        says: expect.stringContaining('does not show all of its rights')
      })
    const whole = file('permission-table-rights-cut').replace(
      '{ReadPermission, FullAcc...',
      '{ReadPermission}           '
    )
    expect(await of(whole, { sid })).toMatchObject({ kind: 'wrong', says: expect.stringContaining('not FullAccess') })
  })

  test('is open by the SID that a receipt of the same text has', async () => {
    const text = `${file('receipt-plain')}\n${file('permission-list-sid')}`
    expect(await of(text)).toMatchObject({ kind: 'right' })
  })

  test('is asked for when Exchange calls it by another name, or by none', async () => {
    for (const text of [
      `${file('list-tutorial')}\n${file('command-over-lines').replace(/^PS.*$/m, '')}`,
      file('permission-list-without-mailbox')
    ])
      expect(await of(text)).toMatchObject({ kind: 'ambiguous', todo: expect.stringContaining('?') })
  })

  test('is not shown when nothing is said of it', async () => {
    expect(await of(both('permission-list-sid'), { mailboxes: ['sales@contoso.example'] })).toMatchObject({
      subject: 'sales@contoso.example'
    })
    expect(await of(file('list-tutorial'))).toMatchObject({ kind: 'not-shown' })
  })

  test('with a grant to an entry that has a wrong Object ID has to be opened again', async () => {
    const text = both('permission-list-sid').replaceAll(sample.objectId, wrong)
    expect(await kinds(text, { mailboxes: [mailbox] })).toEqual(['principal wrong', 'mailbox wrong'])
  })

  test('has switches that are off by name, and an empty one that follows the organization', async () => {
    expect((await judged(file('cas-table'))).at(-1)?.says).toBe('Off for this mailbox: POP, SMTP AUTH.')
    expect((await judged(file('cas-list'))).at(-1)?.says).toBe('Off for this mailbox: IMAP.')
    expect((await judged(file('cas-table-follows'))).at(-1)).toMatchObject({ about: 'switches', kind: 'ambiguous' })
  })
})

describe('a receipt', () => {
  const tenantId = '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11'
  const plain = file('receipt-plain')

  test('is right for its own tenant, IDs, setup and list', async () => {
    const all = { tenantId, setupId: '5f0c', mailboxes: [mailbox] }
    for (const name of ['receipt-plain', 'receipt-wrapped-prompted', 'receipt-dashes-made-long'])
      expect(await kinds(file(name), all), name).toEqual(['receipt right', 'receipt right'])
    expect((await judged(file('receipt-two-of-a-setup'), all))[0]?.says).toContain('the last of 2 receipts')
  })

  test('is wrong for another tenant, setup, application or Object ID', async () => {
    expect(await kinds(plain, { tenantId: wrong })).toEqual(['receipt wrong'])
    expect(await kinds(plain, { setupId: 'other' })).toEqual(['receipt wrong'])
    expect(await kinds(plain, { appId: wrong })).toEqual(['receipt wrong'])
    const swapped = plain.replace(`object-id: ${sample.objectId}`, `object-id: ${sample.appId}`)
    expect((await judged(swapped))[0]).toMatchObject({ kind: 'wrong', is: 'client-id' })
  })

  test('whose list was changed does not fit its checksum', async () => {
    const changed = plain.replace('send-as=- invoices@', 'send-as=- invoice@')
    expect((await judged(changed)).at(-1)?.says).toContain('checksum')
  })

  test('names a mailbox that it does not open, with what Exchange said', async () => {
    const verdicts = await judged(plain, { mailboxes: [mailbox, 'sales@contoso.example'] })
    expect(verdicts.at(-1)).toMatchObject({ about: 'mailbox', kind: 'wrong', subject: 'sales@contoso.example' })
    expect(verdicts.at(-1)?.says).toContain('Exchange refused')
  })

  test('of a mailbox that was opened and whose protocol was not turned on is not all right', async () => {
    const failing = plain.replace('smtp=on', 'smtp=?')
    expect(failing).not.toBe(plain)
    const says = failing
      .replace('failed: 1', 'failed: 2')
      .replace('failure: ', `failure: ${mailbox}: The server is too busy.\n$&`)
    for (const mailboxes of [[mailbox], []])
      expect((await judged(says, { mailboxes })).slice(-1), `${mailboxes}`).toMatchObject([
        {
          about: 'switches',
          subject: mailbox,
          kind: 'wrong',
          says: expect.stringMatching(
            /^Not turned on for this mailbox: SMTP AUTH\. Exchange says: The server is too busy/
          ),
          todo: expect.any(String)
        }
      ])
  })

  test('that only counts its mailboxes, and more failures than these explain, asks for the file', async () => {
    const counts = plain
      .replace(/^(mailbox|failure): .*\r?\n/gm, '')
      .replace('failed: 1', 'failed: 2')
      .replace(/^sha256: .*$/m, '$&\ndetails: receipt.txt')
    expect(await kinds(counts, { mailboxes: [mailbox] })).toEqual([
      'receipt right',
      'receipt right',
      'receipt not-shown'
    ])
    expect(await kinds(counts.replace('failed: 2', 'failed: 1'), { mailboxes: [mailbox] })).toEqual([
      'receipt right',
      'receipt right'
    ])
  })

  test('that was cut or is of another version is not judged', async () => {
    for (const text of [file('receipt-cut'), plain.replace('version: 1', 'version: 2')])
      expect(await kinds(text)).toEqual(['receipt ambiguous'])
  })
})

describe('the receipt of a diagnosis', () => {
  const one = (text: string, more: Partial<Expected> = {}) => judged(text, { mailboxes: [mailbox], ...more })
  const plain = file('diagnosis-plain')
  const wrongId = file('diagnosis-wrong-object-id')

  test('is right for each mailbox that is open, with its protocols on', async () => {
    expect(await kinds(plain, { mailboxes: [mailbox] })).toEqual([
      'receipt right',
      'principal right',
      'mailbox right',
      'switches right'
    ])
  })

  test('calls a wrong Object ID by its name, and its grants the wrong entry’s', async () => {
    const is = async (id: string, more: Partial<Expected>) => (await one(wrongId.replaceAll(wrong, id), more))[1]
    expect(await is(wrong, { applicationObjectId: wrong })).toMatchObject({
      kind: 'wrong',
      is: 'application-object-id',
      todo: expect.stringContaining('repairs')
    })
    expect(await is(sample.appId, {})).toMatchObject({ is: 'client-id' })
    expect(
      await is('7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11', { tenantId: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11' })
    ).toMatchObject({ is: 'tenant-id' })
    expect(await is(wrong, {})).toMatchObject({ is: 'another' })
    expect((await one(wrongId))[2]).toMatchObject({
      about: 'mailbox',
      kind: 'wrong',
      todo: expect.stringContaining('Repair')
    })
  })

  test('says that no entry or several stand there, and offers no repair for those', async () => {
    expect((await one(file('diagnosis-absent')))[1]).toMatchObject({
      kind: 'wrong',
      says: 'Exchange does not know the application.',
      todo: expect.stringContaining('registers')
    })
    const several = (await one(file('diagnosis-several')))[1]
    expect(several).toMatchObject({ kind: 'wrong', says: expect.stringContaining('2 entries') })
    expect(several?.todo).toContain(`Remove-ServicePrincipal -Identity ${wrong}.`)
    expect(several?.is).toBeUndefined()
  })

  test('says what an address is where it is no mailbox of Exchange Online', async () => {
    const says = async (address: string) =>
      (await judged(plain, { mailboxes: [address] }))
        .slice(2)
        .map(({ about, kind, says: words }) => `${about} ${kind} ${words}`)
    expect(await says('legacy@contoso.example')).toEqual([expect.stringContaining('not in Exchange Online')])
    expect(await says('sales@contoso.example')).toEqual([expect.stringContaining('address of a group')])
    expect(await says('nobody@contoso.example')).toEqual([expect.stringContaining('knows nobody')])
    expect(await says('other@contoso.example')).toEqual([expect.stringMatching(/^mailbox not-shown/)])
  })

  test('names a missing grant, what is off, and what could not be seen, each with what to do', async () => {
    const scanner = (await judged(plain, { mailboxes: ['scanner@contoso.example'] })).slice(2)
    expect(scanner.map(({ about, kind }) => `${about} ${kind}`)).toEqual(['mailbox wrong', 'switches wrong'])
    expect(scanner[1]?.says).toBe(
      'Off for this mailbox: IMAP, SMTP AUTH. For SMTP AUTH the setting of the organization holds, which is off.'
    )
    for (const { todo } of scanner) expect(todo).toBeTruthy()
    const unseen = plain.replace('grant=no imap=off', 'grant=? imap=?').replace('smtp=follows', 'smtp=?')
    const verdicts = (await judged(unseen, { mailboxes: ['scanner@contoso.example'] })).slice(2)
    expect(verdicts.map(({ about, kind }) => `${about} ${kind}`)).toEqual(['mailbox not-shown', 'switches not-shown'])
    expect(verdicts[0]?.says).toContain('The server is too busy.')
  })

  test('judges the protocols that were asked for, and no others', async () => {
    const off = plain.replace('imap=on pop=on smtp=on', 'imap=on pop=off smtp=off')
    expect((await one(off)).at(-1)?.says).toBe('Off for this mailbox: SMTP AUTH.')
    expect((await one(off.replace('protocols: IMAP,SMTP', 'protocols: IMAP'))).at(-1)?.kind).toBe('right')
    expect((await one(off.replace('protocols: IMAP,SMTP', 'protocols: '))).at(-1)?.says).toContain('POP, SMTP AUTH')
  })

  test('counts as mended where the fix stands below it in the same window', async () => {
    const both = file('receipts-of-one-window')
    expect(await kinds(both, { mailboxes: [mailbox] })).toEqual([
      'receipt right',
      'principal right',
      'mailbox right',
      'switches right',
      'receipt right',
      'switches right'
    ])
    const before = both.slice(0, both.lastIndexOf('----- BEGIN'))
    expect((await one(before)).at(-1)).toMatchObject({ kind: 'wrong', says: 'Off for this mailbox: IMAP.' })
  })
})

describe('the receipt of a fix', () => {
  test('says for each mailbox what it did, or what Exchange said', async () => {
    const verdicts = await judged(file('receipt-send-as'))
    expect(verdicts.map(({ about, kind }) => `${about} ${kind}`)).toEqual([
      'receipt right',
      'mailbox right',
      'mailbox wrong'
    ])
    expect(verdicts[2]).toMatchObject({ says: expect.stringContaining('as a recipient'), todo: expect.any(String) })
    expect((await judged(file('receipt-send-as'), { mailboxes: ['other@contoso.example'] })).at(-1)?.kind).toBe(
      'not-shown'
    )
    const unseen = file('receipt-send-as').replace('send-as=added', 'send-as=unseen')
    expect((await judged(unseen))[1]).toMatchObject({ kind: 'ambiguous' })
  })

  test('of switches says when Exchange does not know the application besides', async () => {
    const text = file('receipts-of-one-window')
    const last = text.slice(text.lastIndexOf('----- BEGIN'))
    const absent = last
      .replace('principal: present', 'principal: absent')
      .replace(/object-id: .*\nsid: .*/, 'object-id: -\nsid: -')
    expect(await kinds(last)).toEqual(['receipt right', 'switches right'])
    expect(await kinds(absent)).toEqual(['receipt right', 'principal wrong', 'switches right'])
  })
})

describe.each(['5.1', '7.6'] as const)('what a window of PowerShell %s really prints', edition => {
  const look = `Get-ServicePrincipal | Format-List
Get-MailboxPermission -Identity ${mailbox} | Format-List
Get-CASMailbox -Identity ${mailbox} | Format-List`

  test('after the whole script is right in all that is shown, and after the undo it is not', async () => {
    const window = openTestWindow()
    const input = {
      setupId: 's',
      name: 'Invoice reader',
      tenantId: window.contoso.id,
      ...sample,
      protocols: ['IMAP', 'POP', 'SMTP'] as const,
      mailboxes: [mailbox]
    }
    const ran = window.run(textOf(wholeScript(input)), { edition }).output
    expect(await kinds(ran, { tenantId: window.contoso.id, mailboxes: [mailbox] })).toEqual([
      'receipt right',
      'receipt right'
    ])
    const shown = window.connected(look, { edition, how: 'lines' }).output
    // The output alone, with its command above each part as a window has it.
    const parts = shown.replace(/^(IsOwner|Identity) /m, `PS> Get-MailboxPermission ${mailbox}\n$&`)
    expect(await kinds(parts, { mailboxes: [mailbox] })).toEqual(['principal right', 'mailbox right', 'switches right'])
    const undone = window.run(textOf(undoScript(input)), { edition }).output
    expect(await kinds(undone)).toEqual(['receipt wrong'])
    expect((await judged(undone))[0]?.says).toContain('Exchange no longer knows the application.')
  })

  test('as tables is asked about where columns were cut, and wrong where the Object ID is', async () => {
    const window = openTestWindow()
    window.connected(`New-ServicePrincipal -AppId ${sample.appId} -ObjectId ${wrong} -DisplayName 'Invoice reader'
Add-MailboxPermission -Identity ${mailbox} -User ${wrong} -AccessRights FullAccess`)
    const principals = window.connected('Get-ServicePrincipal', { edition }).output
    expect((await judged(principals, { applicationObjectId: wrong }))[0]).toMatchObject({ is: 'application-object-id' })
    const permissions = window.connected(`Get-MailboxPermission ${mailbox}`, { edition }).output
    const verdicts = await judged(`PS> Get-MailboxPermission ${mailbox}\n${permissions}`, { mailboxes: [mailbox] })
    expect(verdicts.at(-1)).toMatchObject({ about: 'mailbox', kind: 'ambiguous' })
  })
})
