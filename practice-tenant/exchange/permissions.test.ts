import { describe, expect, it } from 'vitest'
import { openTestWindow, sample, type TestWindow } from './testing.ts'

const create = `New-ServicePrincipal -AppId ${sample.appId} -ObjectId ${sample.objectId} -DisplayName Reader | Out-Null\n`

function windowWithPrincipal(): TestWindow & { sid: string } {
  const window = openTestWindow()
  window.connected(create)
  return { ...window, sid: window.exchange.servicePrincipals[0]?.sid as string }
}

describe('Add-MailboxPermission', () => {
  it.each([
    ['AppId', sample.appId],
    ['ObjectId', sample.objectId],
    ['name', 'reader']
  ])('takes the service principal by its %s', (_, user) => {
    const window = windowWithPrincipal()
    window.connected(`Add-MailboxPermission -Identity invoices@contoso.example -User ${user} -AccessRights FullAccess`)
    expect(window.recipient('invoices@contoso.example').grants).toEqual([
      { sid: window.sid, rights: ['FullAccess'], deny: false, autoMapping: true }
    ])
  })

  it('takes it by its SID and through the pipeline of mailboxes, and -AutoMapping $false is kept', () => {
    const window = windowWithPrincipal()
    const script = `'invoices@contoso.example', 'Scanner' | Add-MailboxPermission -User ${window.sid} -AccessRights FullAccess -InheritanceType All -AutoMapping $false`
    expect(window.connected(script).failed).toBe(false)
    for (const address of ['invoices@contoso.example', 'scanner@contoso.example'])
      expect(window.recipient(address).grants).toMatchObject([{ sid: window.sid, autoMapping: false }])
  })

  it("shows the new entry in Exchange's table, the principal as its SID", () => {
    const window = windowWithPrincipal()
    const { output } = window.connected(
      `Add-MailboxPermission invoices@contoso.example -User ${sample.objectId} -AccessRights FullAccess`
    )
    expect(output.split('\n').slice(1, 4)).toEqual([
      'Identity             User                 AccessRights                                                IsInherited Deny',
      '--------             ----                 ------------                                                ----------- ----',
      `Invoices             ${window.sid.slice(0, 17)}... {FullAccess}                                                False       False`
    ])
  })

  it('a second time it changes nothing and warns', () => {
    const window = windowWithPrincipal()
    const add = `Add-MailboxPermission invoices@contoso.example -User ${sample.objectId} -AccessRights FullAccess`
    window.connected(add)
    const changes = window.changes()
    const again = window.connected(add)
    expect(again.failed).toBe(false)
    expect(again.output).toBe(
      `WARNING: The appropriate access control entry is already present on the object "CN=Invoices,OU=contosopractice.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=EURPR06A001,DC=PROD,DC=OUTLOOK,DC=COM" for account "${window.sid}".`
    )
    expect(window.changes()).toBe(changes)
  })

  it.each([
    [
      'a mailbox that is not there',
      'nobody@contoso.example',
      `The specified mailbox Identity:"nobody@contoso.example" doesn't exist.`
    ],
    [
      'a mail user, whose mailbox is elsewhere',
      'legacy@contoso.example',
      "object 'legacy@contoso.example' couldn't be found"
    ],
    ['a group', 'sales@contoso.example', "object 'sales@contoso.example' couldn't be found"]
  ])('refuses %s', (_, address, says) => {
    const window = windowWithPrincipal()
    const { output } = window.connected(
      `Add-MailboxPermission ${address} -User ${sample.appId} -AccessRights FullAccess`
    )
    expect(output).toContain('ManagementObjectNotFoundException')
    expect(output).toContain(says)
  })

  it('refuses a user that nobody is, a right that does not exist and an address with a space in the list', () => {
    const window = windowWithPrincipal()
    const add = (user: string, right: string) =>
      window.connected(`Add-MailboxPermission invoices@contoso.example -User ${user} -AccessRights ${right}`).output
    expect(add('99999999-0000-4000-8000-000000000000', 'FullAccess')).toContain(
      "wasn't found. Please make sure you've typed it correctly."
    )
    expect(add(sample.appId, 'Full')).toContain(`Cannot convert value "Full"`)
    expect(window.recipient('invoices@contoso.example').grants).toEqual([])
    const list = `Add-MailboxPermission -Identity a@b, c@d -User ${sample.appId} -AccessRights FullAccess`
    expect(window.connected(list).output).toContain('Cannot convert value "System.Object[]" to type "System.String"')
  })

  it('a string is no Boolean', () => {
    const window = windowWithPrincipal()
    const script = `Add-MailboxPermission invoices@contoso.example -User ${sample.appId} -AccessRights FullAccess -AutoMapping false`
    expect(window.connected(script).output).toContain('Boolean parameters accept only Boolean values and numbers')
  })
})

describe('errors of Exchange cmdlets', () => {
  const bad = 'Get-MailboxPermission nobody@contoso.example'

  it('do not stop a script, not even with its own preference Stop: the module does not see it', () => {
    expect(openTestWindow().connected(`$ErrorActionPreference = 'Stop'\n${bad}\n'next'`).output).toMatch(/^next$/m)
  })

  it('stop it with -ErrorAction Stop, and with the global preference', () => {
    expect(openTestWindow().connected(`${bad} -ErrorAction Stop\n'next'`).output).not.toMatch(/^next$/m)
    expect(openTestWindow().connected(`$global:ErrorActionPreference = 'Stop'\n${bad}\n'next'`).output).not.toMatch(
      /^next$/m
    )
    expect(openTestWindow().connected(`try { ${bad} -EA Stop } catch { "caught $_" }`).output).toContain(
      'caught Ex41BAF5|'
    )
  })
})

describe('Get- and Remove-MailboxPermission', () => {
  it('shows SELF first, and with -User that one alone', () => {
    const window = windowWithPrincipal()
    window.connected(`Add-MailboxPermission invoices@contoso.example -User ${sample.appId} -AccessRights FullAccess`)
    const users = (more: string) =>
      window.connected(`(Get-MailboxPermission invoices@contoso.example ${more}).User -join '|'`).output
    expect(users('')).toBe(`NT AUTHORITY\\SELF|${window.sid}`)
    expect(users(`-User ${sample.objectId}`)).toBe(window.sid)
    expect(users('-User dev@contoso.example')).toBe('')
    expect(window.connected(`Get-EXOMailboxPermission invoices@contoso.example | % { $_.User }`).output).toContain(
      window.sid
    )
  })

  it('removing asks first, then takes the entry, then warns that there is none', () => {
    const window = windowWithPrincipal()
    window.connected(`Add-MailboxPermission invoices@contoso.example -User ${sample.appId} -AccessRights FullAccess`)
    const remove = `Remove-MailboxPermission invoices@contoso.example -User ${sample.appId} -AccessRights FullAccess`
    expect(window.connected(remove).failed).toBe(true)
    expect(window.recipient('invoices@contoso.example').grants).toHaveLength(1)
    expect(window.connected(`${remove} -Confirm:$false`).output).toBe('')
    expect(window.recipient('invoices@contoso.example').grants).toHaveLength(0)
    expect(window.connected(`${remove} -Confirm:$false`).output).toContain(
      "because the ACE doesn't exist on the object."
    )
  })
})

describe('RecipientPermission', () => {
  it('gives, shows and takes the right to send as somebody', () => {
    const window = windowWithPrincipal()
    const add = `Add-RecipientPermission invoices@contoso.example -Trustee ${sample.appId} -AccessRights SendAs`
    expect(window.connected(add).failed).toBe(true)
    expect(window.connected(`${add} -Confirm:$false`).output).toContain('{SendAs}')
    expect(window.recipient('invoices@contoso.example').sendAs).toEqual([window.sid])
    expect(window.connected('(Get-RecipientPermission invoices@contoso.example).Trustee').output).toContain(window.sid)
    window.connected(
      `Remove-RecipientPermission invoices@contoso.example -Trustee ${sample.appId} -AccessRights SendAs -Confirm:$false`
    )
    expect(window.recipient('invoices@contoso.example').sendAs).toEqual([])
    expect(window.connected('Get-RecipientPermission nobody').output).toContain(
      "Couldn't find 'nobody' as a recipient."
    )
  })
})

describe('protocol switches', () => {
  it('Set-CASMailbox changes what it is told and warns when that is nothing', () => {
    const window = openTestWindow()
    const box = window.recipient('scanner@contoso.example')
    window.connected(
      'Set-CASMailbox scanner@contoso.example -ImapEnabled $false -SmtpClientAuthenticationDisabled $false'
    )
    expect(box).toMatchObject({ imapEnabled: false, popEnabled: true, smtpClientAuthenticationDisabled: false })
    window.connected('Set-CASMailbox scanner@contoso.example -SmtpClientAuthenticationDisabled $null')
    expect(box.smtpClientAuthenticationDisabled).toBe(null)
    expect(window.connected('Set-CASMailbox scanner@contoso.example -PopEnabled $true').output).toContain(
      "no settings of 'Scanner' have been modified."
    )
  })

  it('parameters that exist on premises only are not found, others that this tenant lacks are refused', () => {
    const { connected } = openTestWindow()
    expect(connected('Set-CASMailbox scanner@contoso.example -ECPEnabled $true').output).toContain(
      "A parameter cannot be found that matches parameter name 'ECPEnabled'."
    )
    expect(connected('Set-CASMailbox scanner@contoso.example -OWAEnabled $true').output).toContain(
      'The practice console does not know the parameter -OWAEnabled of Set-CASMailbox.'
    )
  })

  it('SMTP AUTH is off for the organisation until it is switched on there', () => {
    const window = openTestWindow()
    expect(window.connected('(Get-TransportConfig).SmtpClientAuthenticationDisabled').output).toBe('True')
    window.connected('Set-TransportConfig -SmtpClientAuthenticationDisabled $false')
    expect(window.exchange.transport.smtpClientAuthenticationDisabled).toBe(false)
  })

  it('lists end at a thousand with a warning, unless -ResultSize says otherwise', () => {
    const { connected } = openTestWindow()
    expect(connected('Get-Mailbox -RecipientTypeDetails SharedMailbox | % { $_.PrimarySmtpAddress }').output).toContain(
      'invoices@'
    )
    expect(connected('(Get-Recipient legacy@contoso.example).RecipientType').output).toBe('MailUser')
    expect(connected('Get-Mailbox legacy@contoso.example').failed).toBe(true)
    expect(connected('@(Get-CASMailbox -ResultSize 3).Count').output).toBe('3')
  })
})
