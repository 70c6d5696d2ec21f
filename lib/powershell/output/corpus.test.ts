// Every file of test-data/outputs as it must be read, and as it must be read still when it went through other hands.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Receipt } from '../receipt.ts'
import type { Found, Seen } from './found.ts'
import { readOutput } from './read.ts'

const folder = new URL('../../../test-data/outputs/', import.meta.url)
const files = readdirSync(folder).sort()
const textOf = (name: string) => readFileSync(new URL(`${name}.txt`, folder), 'utf8')

/** The IDs that both tutorials print, and the SID that Exchange gave. */
const A = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const O = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const S = 'S-1-5-21-2296596059-3163960648-748778498-78282419'

const ids = ({ principals }: Receipt) => principals.map(({ objectId }) => objectId).join('+') || '-'
const shown = (seen: Seen | undefined) => (seen ? `${seen.text}${seen.cut ? '~' : ''}` : '-')

/** One line a finding; it begins with the line in the text, and `~` marks what was cut. */
function summary(found: Found): string[] {
  return [
    ...found.principals.map(
      ({ line, appId, objectId, displayName, sid }) =>
        `${line} principal app=${shown(appId)} object=${shown(objectId)} name=${shown(displayName)} sid=${shown(sid)}`
    ),
    ...found.permissions.map(
      ({ line, mailbox, asked, user, userSid, rights, deny }) =>
        `${line} permission mailbox=${shown(mailbox)} asked=${asked?.mailbox ?? '-'}/${asked?.user ?? '-'} user=${shown(user)} sid=${shown(userSid)} ${rights.join('+')} deny=${deny}`
    ),
    ...found.casMailboxes.map(
      ({ line, mailbox, address, asked, imap, pop, smtpAuthDisabled }) =>
        `${line} cas mailbox=${shown(mailbox)} address=${address ?? '-'} asked=${asked?.mailbox ?? '-'} imap=${imap} pop=${pop} smtpOff=${smtpAuthDisabled}`
    ),
    ...found.receipts.map(
      ({ line, receipt, earlier }) =>
        `${line} receipt ${receipt.script} ${ids(receipt)} ${receipt.granted}/${receipt.mailboxes} after=${earlier.map(one => one.line).join('+')}`
    ),
    ...found.refusedReceipts.map(({ line, says }) => `${line} refused ${says}`),
    ...found.errors.map(({ line, text }) => `${line} error ${text}`),
    ...found.ambiguous.map(
      ({ line, what, why, ids }) => `${line} ambiguous ${what} :: ${why.slice(0, 40)} ${ids.length}`
    ),
    ...found.removals.map(line => `${line} removal`)
  ]
}

const expected: Readonly<Record<string, readonly string[]>> = {
  'cas-table-collapsed': [
    '3 cas mailbox=invoices address=- asked=- imap=true pop=false smtpOff=true',
    '4 ambiguous scanner True True False True True :: This row of a table is broken, so its co 0'
  ],
  'cas-list': [
    '4 cas mailbox=Invoices address=invoices@contoso.example asked=invoices@contoso.example imap=false pop=true smtpOff=null'
  ],
  'cas-table-hyphen': [
    '5 cas mailbox=info-desk address=- asked=info-desk@contoso.example imap=true pop=false smtpOff=true'
  ],
  'cas-table-follows': ['3 cas mailbox=invoices address=- asked=- imap=true pop=true smtpOff=null'],
  'cas-table': ['5 cas mailbox=invoices address=- asked=invoices@contoso.example imap=true pop=false smtpOff=true'],
  'command-over-lines': [
    `6 permission mailbox=Invoices asked=invoices@contoso.example/- user=${S} sid=- FullAccess deny=false`
  ],
  'diagnosis-absent': ['1 receipt diagnosis - 0/1 after='],
  'diagnosis-cut': [
    '10 refused The end of the receipt is missing. Copy it up to the line with END MAIL OAUTH RECEIPT.'
  ],
  'diagnosis-mixed-up': ['1 refused The receipt does not agree with itself: it counts 1 granted mailboxes.'],
  'diagnosis-plain': [`1 receipt diagnosis ${O} 1/5 after=`],
  'diagnosis-prompted': [`10 receipt diagnosis ${O} 1/5 after=`],
  'diagnosis-several': [`1 receipt diagnosis 11111111-2222-4333-8444-555555555555+${O} 1/1 after=`],
  'diagnosis-wrapped': [`12 receipt diagnosis ${O} 1/5 after=`],
  'diagnosis-wrong-object-id': ['1 receipt diagnosis 11111111-2222-4333-8444-555555555555 1/1 after='],
  'error-51-between': [
    `14 principal app=${A} object=${O} name=- sid=-`,
    '2 error Write-ErrorMessage : Ex41BAF5|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The specified mailbox Identity:"nobody@contoso.example" doesn\'t exist.'
  ],
  'error-7-between': [
    `14 principal app=${A} object=${O} name=- sid=-`,
    "2 error New-ServicePrincipal: The term 'New-ServicePrincipal' is not recognized as a name of a cmdlet, function, script file, or executable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.",
    "7 error Get-MailboxPermission: Missing an argument for parameter 'Identity'. Specify a parameter of type 'MailboxIdParameter' and try again."
  ],
  'list-51-several': [
    '3 principal app=0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4 object=c5a7e0b2-9a1d-4c55-8e0e-5d5f7f0f6c11 name=Payroll mailer sid=S-1-5-21-1004336348-1177238915-682003330-512777',
    `18 principal app=${A} object=${O} name=Invoice reader sid=${S}`
  ],
  'list-7-colours-without-escape': [`3 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-7-colours': [`3 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-7-prompted': [`3 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-bom-crlf-nbsp': [
    '3 principal app=58D827E0-C69C-401F-8DEB-B1224D129DC8 object=BF822882-B0BF-4ACC-A606-7DA6B107A435 name=- sid=-'
  ],
  'list-from-chat': [`1 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-hyphen-wrapped': [`3 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-narrow-window': [`3 principal app=${A} object=${O} name=Invoice rea sid=${S}`],
  'list-of-entra': [`3 ambiguous ${A} :: This is what Microsoft Entra knows, not  1`],
  'list-tutorial': [`4 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-without-app-id': [`1 principal app=- object=${O} name=Invoice reader sid=-`],
  'list-wrapped-values': [`1 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'list-wrong-object-id': [
    `3 principal app=${A} object=11111111-2222-4333-8444-555555555555 name=Invoice reader sid=-`
  ],
  'mail-quoted': [`4 principal app=${A} object=${O} name=Invoice reader sid=${S}`],
  'mended-in-one-window': [
    `3 principal app=${A} object=11111111-2222-4333-8444-555555555555 name=- sid=-`,
    `11 principal app=${A} object=${O} name=- sid=-`,
    '6 removal'
  ],
  nothing: [],
  'permission-list-asked-for': [
    `4 permission mailbox=- asked=invoices@contoso.example/${O} user=${S} sid=- FullAccess deny=false`
  ],
  'permission-list-display-name': [
    '3 permission mailbox=invoices@contoso.example asked=invoices@contoso.example/- user=Invoice reader sid=- FullAccess deny=false'
  ],
  'permission-list-sid': [
    '4 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=S-1-5-10 FullAccess+ReadPermission deny=false',
    `15 permission mailbox=Invoices asked=invoices@contoso.example/- user=${S} sid=${S} FullAccess deny=false`
  ],
  'permission-list-torn': [
    '3 permission mailbox=- asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false'
  ],
  'permission-list-without-rights': [
    '3 permission mailbox=- asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=-  deny=false',
    `6 permission mailbox=- asked=invoices@contoso.example/- user=${S} sid=-  deny=false`
  ],
  'permission-list-without-mailbox': [`1 permission mailbox=- asked=-/- user=${O} sid=- FullAccess deny=false`],
  'permission-table-51': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    '6 permission mailbox=Invoices asked=invoices@contoso.example/- user=S-1-5-21-22965960~ sid=- FullAccess deny=false',
    '7 permission mailbox=Invoices asked=invoices@contoso.example/- user=ben@contoso.example sid=- ReadPermission deny=false'
  ],
  'permission-table-51-wrapped': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    `7 permission mailbox=Invoices asked=invoices@contoso.example/- user=${S} sid=- FullAccess deny=false`
  ],
  'permission-table-7-only-self': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false'
  ],
  'permission-table-7': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    '6 permission mailbox=Invoices asked=invoices@contoso.example/- user=S-1-5-21-2296596059~ sid=- FullAccess deny=false',
    '7 permission mailbox=Invoices asked=invoices@contoso.example/- user=ben@contoso.example sid=- ReadPermission deny=false'
  ],
  'permission-table-empty-line': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false'
  ],
  'permission-table-hyphen': [
    '5 permission mailbox=Sales-Team asked=sales-team@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    `6 permission mailbox=Sales-Team asked=sales-team@contoso.example/- user=${S} sid=- FullAccess deny=false`
  ],
  'permission-table-hyphen-like-a-command': [
    '5 permission mailbox=Test-Team asked=test-team@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    `6 permission mailbox=Test-Team asked=test-team@contoso.example/- user=${S} sid=- FullAccess deny=false`
  ],
  'permission-table-one-row-collapsed': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    '6 ambiguous Invoices Invoice reader {FullAccess} False False :: This row of a table is broken, so its co 0'
  ],
  'permission-table-rights-cut': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    `6 permission mailbox=Invoices asked=invoices@contoso.example/- user=${S} sid=- ReadPermission deny=false`
  ],
  'permission-table-warning': [
    '5 permission mailbox=Invoices asked=invoices@contoso.example/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false'
  ],
  'permission-table-collapsed': [
    '3 permission mailbox=Invoices Team asked=-/- user=NT AUTHORITY\\SELF sid=- FullAccess+ReadPermission deny=false',
    `4 permission mailbox=Invoices Team asked=-/- user=${S} sid=- FullAccess deny=true`
  ],
  'receipt-cut': ['1 refused The end of the receipt is missing. Copy it up to the line with END MAIL OAUTH RECEIPT.'],
  'receipt-dashes-made-long': [`1 receipt whole ${O} 1/2 after=`],
  'receipt-plain': [`5 receipt whole ${O} 1/2 after=`],
  'receipt-send-as': [`1 receipt send-as ${O} 0/2 after=`],
  'receipt-two-of-a-setup': [`24 receipt whole ${O} 1/2 after=1`],
  'receipt-wrapped-prompted': [`1 receipt whole ${O} 1/2 after=`],
  'receipts-of-one-window': [`23 receipt diagnosis ${O} 1/1 after=2`, `44 receipt switches ${O} 0/1 after=`],
  'table-51-cut': [
    '5 principal app=58d827e0-c69c-401f-8de~ object=bf822882-b0bf-4acc-a60~ name=Invoice reader sid=-',
    '6 principal app=0b9d43a0-7d57-4f6a-8a0~ object=c5a7e0b2-9a1d-4c55-8e0~ name=Payroll mailer sid=-',
    '5 ambiguous AppId 58d827e0-c69c-401f-8de… :: The window was too narrow and cut this I 1',
    '5 ambiguous ObjectId bf822882-b0bf-4acc-a60… :: The window was too narrow and cut this I 1',
    '6 ambiguous AppId 0b9d43a0-7d57-4f6a-8a0… :: The window was too narrow and cut this I 1',
    '6 ambiguous ObjectId c5a7e0b2-9a1d-4c55-8e0… :: The window was too narrow and cut this I 1'
  ],
  'table-7-cut': [
    '5 principal app=58d827e0-c69c-401f-8deb-~ object=bf822882-b0bf-4acc-a606-~ name=Invoice reader sid=-',
    '6 principal app=0b9d43a0-7d57-4f6a-8a0c-~ object=c5a7e0b2-9a1d-4c55-8e0e-~ name=A very long display name~ sid=-',
    '5 ambiguous AppId 58d827e0-c69c-401f-8deb-… :: The window was too narrow and cut this I 1',
    '5 ambiguous ObjectId bf822882-b0bf-4acc-a606-… :: The window was too narrow and cut this I 1',
    '6 ambiguous AppId 0b9d43a0-7d57-4f6a-8a0c-… :: The window was too narrow and cut this I 1',
    '6 ambiguous ObjectId c5a7e0b2-9a1d-4c55-8e0e-… :: The window was too narrow and cut this I 1'
  ],
  'table-collapsed-spaces': [`3 principal app=${A} object=${O} name=Invoice reader sid=-`],
  'table-format-wrap': [`5 principal app=${A} object=${O} name=Invoice reader sid=-`],
  'table-hyphen': [
    '5 principal app=0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4 object=c5a7e0b2-9a1d-4c55-8e0e-5d5f7f0f6c11 name=Payroll sid=-',
    `6 principal app=${A} object=${O} name=Zammad-Mail sid=-`
  ],
  'table-last-id-wrapped': [
    '3 principal app=0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4 object=c5a7e0b2-9a1d-4c55-8e0e-5d5f7f0f6c11 name=Payroll mailer sid=-',
    `5 principal app=${A} object=${O} name=Invoice reader sid=-`
  ],
  'table-narrow-window': [`5 principal app=${A} object=${O} name=Invoice reader sid=-`],
  'table-of-entra': [`5 ambiguous ${O} ${A} :: This is what Microsoft Entra knows, not  2`],
  'table-of-graph': [`3 ambiguous ${A} :: This is what Microsoft Entra knows, not  1`],
  'table-tabs': [`3 principal app=${A} object=${O} name=Invoice reader sid=-`],
  'table-tutorial': [`5 principal app=${A} object=${O} name=- sid=-`],
  'table-without-headings': [
    `1 ambiguous Invoice reader                          ${O}    ${A} :: This row stands without the headings of  2`
  ]
}

test('every file has its expected reading', () => {
  expect(files.map(name => name.replace('.txt', '')).sort()).toEqual(Object.keys(expected).sort())
})

describe.each(Object.entries(expected))('%s', (name, readings) => {
  test('is read as it is meant', () => {
    expect(summary(readOutput(textOf(name)))).toEqual(readings)
  })

  test('is read the same with CRLF, a byte order mark, hard spaces, colours, and quoted in a mail', () => {
    const text = textOf(name).replace(/\r\n/g, '\n')
    const handed: Readonly<Record<string, string>> = {
      crlf: text.replaceAll('\n', '\r\n'),
      mark: `\uFEFF${text}`,
      'hard spaces': text.replaceAll(' ', '\u00A0'),
      colours: text.replace(/^(.+)$/gm, '\u001B[32;1m$1\u001B[0m'),
      quoted: name === 'mail-quoted' ? text : text.replace(/^/gm, '> ')
    }
    for (const [how, changed] of Object.entries(handed)) expect(summary(readOutput(changed)), how).toEqual(readings)
  })

  test('gives no other pair of IDs when the copy stops anywhere', () => {
    const text = textOf(name)
    const pairsOf = (part: string) =>
      readOutput(part).principals.flatMap(({ appId, objectId }) =>
        appId && objectId && !appId.cut && !objectId.cut ? [`${appId.text} ${objectId.text}`] : []
      )
    const whole = pairsOf(text)
    for (let cut = 0; cut < text.length; cut += 3)
      for (const pair of pairsOf(text.slice(0, cut))) expect(whole, `up to ${cut}`).toContain(pair)
  })
})
