import { describe, expect, it } from 'vitest'
import { openTestWindow, sample } from './testing.ts'

const create = `New-ServicePrincipal -AppId ${sample.appId} -ObjectId ${sample.objectId}`
const other = { appId: '0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4', objectId: 'c5a7e0b2-9a1d-4c55-8e0e-5d5f7f0f6c11' }

describe('New-ServicePrincipal', () => {
  it('registers what it is told and shows DisplayName, ObjectId and AppId', () => {
    const window = openTestWindow()
    const { output, failed } = window.connected(`${create} -DisplayName 'Invoice reader'`)
    expect(failed).toBe(false)
    expect(output.split('\n')[1]).toMatch(/^DisplayName +ObjectId +AppId$/)
    expect(output).toContain(`Invoice reader                          ${sample.objectId}    ${sample.appId}`)
    expect(window.exchange.servicePrincipals).toMatchObject([{ ...sample, displayName: 'Invoice reader' }])
    expect(window.changes()).toBe(1)
  })

  it('does not ask Entra: any Object ID is taken, the wrong one too', () => {
    const window = openTestWindow()
    const applicationsOwn = '11111111-2222-4333-8444-555555555555'
    expect(window.connected(`New-ServicePrincipal -AppId ${sample.appId} -ObjectId ${applicationsOwn}`).failed).toBe(
      false
    )
    expect(window.exchange.servicePrincipals[0]?.objectId).toBe(applicationsOwn)
  })

  it('without a display name it is known by its Object ID', () => {
    const window = openTestWindow()
    const script = `${create} | Out-Null; $p = Get-ServicePrincipal; "[$($p.DisplayName)] $($p.Identity) $($p.Name) $p"`
    expect(window.connected(script).output).toBe(`[] ${sample.objectId} ${sample.objectId} ${sample.objectId}`)
  })

  it.each([
    ['the same pair', sample.appId, sample.objectId],
    ['the same AppId', sample.appId, other.objectId],
    ['the same ObjectId', other.appId, sample.objectId]
  ])('refuses %s', (_, appId, objectId) => {
    const window = openTestWindow()
    const { output } = window.connected(
      `${create} | Out-Null; New-ServicePrincipal -AppId ${appId} -ObjectId ${objectId}`
    )
    expect(output).toContain('ADObjectAlreadyExistsException')
    expect(output).toContain('already exists')
    expect(window.exchange.servicePrincipals).toHaveLength(1)
  })

  it('-ServiceId still works and says that it is on its way out; -Organization is not for admins', () => {
    const window = openTestWindow()
    const { output } = window.connected(`New-ServicePrincipal -AppId ${sample.appId} -ServiceId ${sample.objectId}`)
    expect(output).toContain('WARNING: The ServiceId parameter is being depreciated')
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
    expect(window.connected(`New-ServicePrincipal -Organization x -AppId ${other.appId}`).output).toContain(
      "A parameter cannot be found that matches parameter name 'Organization'."
    )
  })

  it('parameters may be shortened while they stay unambiguous, and the mandatory ones are asked for', () => {
    const window = openTestWindow()
    expect(window.connected(`New-ServicePrincipal -App ${sample.appId} -Obj ${sample.objectId}`).failed).toBe(false)
    expect(window.connected('New-ServicePrincipal').output).toContain('missing mandatory parameters: AppId.')
    expect(window.connected(`New-ServicePrincipal -AppId ${other.appId}`).output).toContain(
      'mandatory parameters: ObjectId.'
    )
    expect(window.connected('New-ServicePrincipal -D x').output).toContain("parameter name 'D' is ambiguous")
    expect(window.connected('New-ServicePrincipal -AppId $null -ObjectId x').output).toContain(
      "Cannot bind argument to parameter 'AppId' because it is null."
    )
  })

  it("the tutorials' commands work unquoted as they stand", () => {
    const window = openTestWindow()
    const { failed } = window.connected(
      `New-ServicePrincipal -AppId 58d827e0-c69c-401f-8deb-b1224d129dc8 -ObjectId bf822882-b0bf-4acc-a606-7da6b107a435
Add-MailboxPermission -Identity "invoices@contoso.example" -User bf822882-b0bf-4acc-a606-7da6b107a435 -AccessRights FullAccess`
    )
    expect(failed).toBe(false)
    expect(window.recipient('invoices@contoso.example').grants).toMatchObject([{ rights: ['FullAccess'], deny: false }])
  })
})

describe('Get-ServicePrincipal', () => {
  const two = `${create} -DisplayName one | Out-Null; New-ServicePrincipal -AppId ${other.appId} -ObjectId ${other.objectId} | Out-Null\n`

  it.each(['$null', "''", "'nobody'", '-Identity 99999999-0000-4000-8000-000000000000'])(
    'gives all of them for %s, as documented',
    identity => {
      expect(openTestWindow().connected(`${two}@(Get-ServicePrincipal ${identity}).Count`).output).toBe('2')
    }
  )

  it.each([sample.appId, sample.objectId, 'ONE'])('gives the one that is known as %s', identity => {
    expect(openTestWindow().connected(`${two}(Get-ServicePrincipal ${identity}).AppId`).output).toBe(sample.appId)
  })

  it('Format-List shows every property, the SID among them', () => {
    const { output } = openTestWindow().connected(`${create} | Out-Null; Get-ServicePrincipal | fl`)
    expect(output).toMatch(/^AppId {13}: 58d827e0-c69c-401f-8deb-b1224d129dc8$/m)
    expect(output).toMatch(/^Sid {15}: S-1-5-21-\d+-\d+-\d+-\d+$/m)
  })
})

describe('Set- and Remove-ServicePrincipal', () => {
  it('only the display name can be mended', () => {
    const window = openTestWindow()
    window.connected(`${create} | Out-Null; Set-ServicePrincipal -Identity ${sample.appId} -DisplayName New`)
    expect(window.exchange.servicePrincipals[0]?.displayName).toBe('New')
    expect(
      window.connected(`Set-ServicePrincipal -Identity ${sample.appId} -ObjectId ${other.objectId}`).output
    ).toContain("A parameter cannot be found that matches parameter name 'ObjectId'.")
  })

  it('removing asks first, and then leaves the grants behind as SIDs', () => {
    const window = openTestWindow()
    const grant = `Add-MailboxPermission invoices@contoso.example -User ${sample.appId} -AccessRights FullAccess | Out-Null`
    const asked = window.connected(`${create} | Out-Null; ${grant}; Remove-ServicePrincipal ${sample.appId}; 'next'`)
    expect(asked.output).toContain('Are you sure you want to perform this action?')
    expect(asked.output).not.toMatch(/^next$/m)
    expect(window.exchange.servicePrincipals).toHaveLength(1)
    const sid = window.exchange.servicePrincipals[0]?.sid
    window.connected(`Remove-ServicePrincipal ${sample.appId} -Confirm:$false`)
    expect(window.exchange.servicePrincipals).toHaveLength(0)
    expect(window.recipient('invoices@contoso.example').grants).toMatchObject([{ sid }])
    expect(window.connected('(Get-MailboxPermission invoices@contoso.example).User').output).toContain(sid)
  })

  it('an unknown one is not found', () => {
    const { output } = openTestWindow().connected('Remove-ServicePrincipal nobody -Confirm:$false')
    expect(output).toContain(
      "Write-ErrorMessage : Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody' couldn't be found on"
    )
  })
})
