// The files of the script maker. The two tutorials' own sample values give the commands that the tutorials ask for.
import { describe, expect, it } from 'vitest'
import { textOf } from '../powershell/quote.ts'
import { snippets } from '../powershell/script.ts'
import { isScriptName, makeFile, type ScriptName, scriptFor, scriptKinds } from './powershell-files.ts'
import { type Asked, inputOfQuery, readAsked, scriptInputOf, type ToolCloud } from './powershell-query.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const objectId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const tenantId = '0a1b2c3d-1111-4222-8333-444455556666'
const clouds: readonly ToolCloud[] = [{ name: 'global', title: 'Global', unconfirmed: [] }]

function asked(more: readonly (readonly [string, string])[] = []): Asked {
  const query = new URLSearchParams([
    ['appId', appId],
    ['objectId', objectId],
    ['tenantId', tenantId],
    ['displayName', 'Mail reader'],
    ...more.map(([name, value]) => [name, value])
  ])
  const read = readAsked(inputOfQuery(query), clouds, 'address')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.asked
}

function textOfFile(name: ScriptName, of: Asked): string {
  const made = makeFile(name, of)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(made.file.bytes)
}

const withMailboxes = asked([
  ['mailbox', 'john.smith@contoso.com'],
  ['mailbox', 'invoices@contoso.com'],
  ['protocol', 'IMAP'],
  ['protocol', 'SMTP'],
  ['admin', 'admin@contoso.com']
])

describe('the tutorials’ sample values', () => {
  const commands = snippets(scriptInputOf(withMailboxes)).map(({ code }) => textOf(code))

  it('register the application with the Object ID of the enterprise application', () => {
    expect(commands).toContain(
      `New-ServicePrincipal -AppId '${appId}' -ObjectId '${objectId}' -DisplayName 'Mail reader'`
    )
  })

  it('connect as the admin, and never with -Organization', () => {
    expect(commands.join('\n')).toMatch(/^Connect-ExchangeOnline -UserPrincipalName 'admin@contoso.com'/m)
    expect(commands.join('\n')).not.toMatch(/ -Organization\b| -ServiceId\b/)
  })

  it('open each mailbox to the application', () => {
    expect(commands.join('\n')).toContain(
      `Add-MailboxPermission -Identity 'john.smith@contoso.com' -User '${objectId}' -AccessRights FullAccess -InheritanceType All -AutoMapping $false`
    )
    expect(commands.join('\n')).toContain(
      `Get-MailboxPermission -Identity 'john.smith@contoso.com' -User '${objectId}'`
    )
  })

  it('stand in the file with both IDs and the tenant, each in single quotes', () => {
    const text = textOfFile('script.ps1', withMailboxes)
    for (const id of [appId, objectId, tenantId]) expect(text).toContain(`'${id}'`)
    expect(text).toContain('New-ServicePrincipal')
    expect(text).toContain('Add-MailboxPermission')
  })
})

describe('a file', () => {
  it('has CRLF line ends and no byte order mark while it is plain ASCII', () => {
    const text = textOfFile('script.ps1', withMailboxes)
    expect(text.startsWith('\uFEFF')).toBe(false)
    expect(text.split('\n').every((line, index, lines) => index === lines.length - 1 || line.endsWith('\r'))).toBe(true)
  })

  it('has a byte order mark when it is not plain ASCII', () => {
    expect(textOfFile('script.ps1', asked([['mailbox', 'zoë@contoso.com']])).startsWith('\uFEFF')).toBe(true)
  })

  it('is named after the application and what it does', () => {
    const names = (Object.keys(scriptKinds) as ScriptName[]).map(name => {
      const made = makeFile(name, withMailboxes)
      return made.ok && made.file.fileName
    })
    expect(names).toEqual([
      'mail-reader-exchange.ps1',
      'mail-reader-register-in-exchange.ps1',
      'mail-reader-open-the-mailboxes.ps1',
      'mail-reader-diagnosis.ps1',
      'mail-reader-repair.ps1',
      'mail-reader-undo.ps1'
    ])
  })

  it('opens no mailbox when it only registers, and none without a list', () => {
    expect(textOfFile('register.ps1', withMailboxes)).not.toContain('Add-MailboxPermission')
    expect(textOfFile('script.ps1', asked())).not.toContain('Add-MailboxPermission')
  })

  it('touches no protocol switch that was not asked for', () => {
    expect(textOfFile('script.ps1', asked([['mailbox', 'a@contoso.com']]))).not.toContain('Set-CASMailbox')
    expect(textOfFile('script.ps1', withMailboxes)).toContain('Set-CASMailbox')
    expect(textOfFile('script.ps1', withMailboxes)).not.toContain('-PopEnabled')
  })

  it('of the second half alone is refused without a mailbox', () => {
    expect(makeFile('mailboxes.ps1', asked())).toEqual({
      ok: false,
      problems: [{ parameter: 'mailbox', problem: 'Name at least one mailbox.' }]
    })
    expect(scriptFor('mailboxes.ps1', asked())).toBeUndefined()
  })

  it('takes back what the whole script did', () => {
    const text = textOfFile('undo.ps1', withMailboxes)
    expect(text).toContain('Remove-MailboxPermission')
    expect(text).toContain('Remove-ServicePrincipal')
    expect(text).not.toContain('New-ServicePrincipal')
  })

  it('that only looks has no cmdlet that writes', () => {
    const text = textOfFile('diagnosis.ps1', withMailboxes)
    expect(text).toContain('Get-RecipientPermission')
    expect(text).not.toMatch(
      /\b(?:Add|New|Set|Remove)-(?:ServicePrincipal|MailboxPermission|RecipientPermission|CASMailbox)/
    )
    expect(textOfFile('diagnosis.ps1', asked())).not.toContain('Get-MailboxPermission')
  })

  it('of ten thousand mailboxes loops over data', () => {
    const mailboxes = Array.from({ length: 10_000 }, (_, index) => `m${index}@contoso.com`)
    const text = textOfFile('script.ps1', { ...withMailboxes, mailboxes })
    expect(text.match(/Add-MailboxPermission -Identity/g)).toHaveLength(1)
  })

  it('names that it does not have are no files', () => {
    expect(isScriptName('script.ps1')).toBe(true)
    expect(['constructor', 'toString', 'script.PS1', ''].map(isScriptName)).toEqual([false, false, false, false])
  })
})
