import { describe, expect, it } from 'vitest'
import { roleTemplates } from '../state.ts'
import { openTestWindow } from './testing.ts'

const where = '(Get-OrganizationConfig).Name; (Get-ConnectionInformation).TenantID'

describe('before connecting', () => {
  it('Exchange cmdlets are not recognized, and there is no connection to show', () => {
    const { output } = openTestWindow().run(
      'New-ServicePrincipal -AppId a -ObjectId b\n@(Get-ConnectionInformation).Count'
    )
    expect(output).toContain(
      "New-ServicePrincipal : The term 'New-ServicePrincipal' is not recognized as the name of a cmdlet"
    )
    expect(output).toMatch(/^0$/m)
  })

  it("the module's own cmdlets are there and ask to connect", () => {
    expect(openTestWindow().run('Get-EXOMailbox').output).toContain('You must call the Connect-ExchangeOnline cmdlet')
  })
})

describe('Connect-ExchangeOnline', () => {
  it('lands in the tenant of the person at the keyboard', () => {
    const window = openTestWindow()
    const { output } = window.connected(where)
    expect(output).toBe(`contosopractice.onmicrosoft.com\n${window.contoso.id}`)
  })

  it('signs in the person at the keyboard, whoever -UserPrincipalName suggests, and says so', () => {
    const script =
      'Connect-ExchangeOnline -UserPrincipalName ada@contoso.example -ShowBanner:$false; (Get-ConnectionInformation).UserPrincipalName'
    const result = openTestWindow().run(script, { as: 'chloe@contoso.example' })
    expect(result.lines[0]).toMatchObject({ kind: 'note' })
    expect(result.output).toMatch(/^chloe@contoso.example$/m)
  })

  it("a guest lands at home, and in the client's tenant with -DelegatedOrganization", () => {
    const window = openTestWindow()
    const noor = { as: 'noor@northwind.example' }
    expect(window.connected(where, noor).output).toContain('northwindpractice.onmicrosoft.com')
    for (const named of ['fabrikampractice.onmicrosoft.com', window.fabrikam.id]) {
      const script = `Connect-ExchangeOnline -DelegatedOrganization ${named} -ShowBanner:$false\n${where}`
      expect(window.run(script, noor).output).toBe(`fabrikampractice.onmicrosoft.com\n${window.fabrikam.id}`)
    }
  })

  it("a partner without a role in the client's tenant is not let in", () => {
    const script = 'Connect-ExchangeOnline -DelegatedOrganization contosopractice.onmicrosoft.com'
    const { output } = openTestWindow().run(script, { as: 'noor@northwind.example' })
    expect(output).toContain(`The user "noor@northwind.example" isn't assigned to any management roles.`)
  })

  it('-DelegatedOrganization takes the initial domain or the tenant ID, no other domain', () => {
    const script = 'Connect-ExchangeOnline -DelegatedOrganization fabrikam.example'
    expect(openTestWindow().run(script, { as: 'noor@northwind.example' }).failed).toBe(true)
  })

  it('-Organization is refused for a person, and so is the wrong cloud', () => {
    const { run } = openTestWindow()
    expect(run('Connect-ExchangeOnline -Organization contoso.example').output).toContain('only with a certificate')
    expect(run('Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD').output).toContain('correct cloud')
    expect(run('Connect-ExchangeOnline -ExchangeEnvironmentName Practice').output).toContain(
      'Cannot convert value "Practice"'
    )
  })

  it('-Device belongs to PowerShell 7, -DisableWAM to both', () => {
    const { run } = openTestWindow()
    expect(run('Connect-ExchangeOnline -Device').failed).toBe(true)
    expect(run('Connect-ExchangeOnline -Device', { edition: '7.6' }).failed).toBe(false)
    expect(run('Connect-ExchangeOnline -DisableWAM -SkipLoadingFormatData').failed).toBe(false)
  })

  it('loads only what -CommandName names', () => {
    const script =
      'Connect-ExchangeOnline -CommandName Get-*Principal -ShowBanner:$false; @(Get-ServicePrincipal).Count; Get-TransportConfig'
    const { output } = openTestWindow().run(script)
    expect(output).toMatch(/^0$/m)
    expect(output).toContain("The term 'Get-TransportConfig' is not recognized")
  })

  it('a second connection is a second one, and disconnecting asks first', () => {
    const { connected } = openTestWindow()
    const again = 'Connect-ExchangeOnline -ShowBanner:$false\n@(Get-ConnectionInformation).Count\n'
    expect(
      connected(`${again}Disconnect-ExchangeOnline -Confirm:$false\n@(Get-ConnectionInformation).Count`).output
    ).toBe('2\n0')
    expect(connected('Disconnect-ExchangeOnline').failed).toBe(true)
    expect(connected('Disconnect-ExchangeOnline -Confirm:$false; Get-ServicePrincipal').output).toContain(
      'is not recognized'
    )
  })

  it('a tenant without Exchange Online has nothing to connect to', () => {
    const window = openTestWindow()
    window.contoso.exchange = undefined
    expect(window.connected('').output).toContain("doesn't have Exchange Online")
  })
})

describe('roles', () => {
  const script =
    "New-ServicePrincipal -AppId a -ObjectId b; Get-Command Get-ServicePrincipal -ErrorAction SilentlyContinue | % { 'may look' }"

  it.each(['ada@contoso.example', 'chloe@contoso.example'])('%s has the cmdlets', as => {
    expect(openTestWindow().connected(script, { as }).output).toContain('Guid should contain 32 digits')
  })

  it.each(['ben@contoso.example', 'dev@contoso.example'])('%s is connected, and the cmdlets are not recognized', as => {
    const { output } = openTestWindow().connected(`@(Get-ConnectionInformation).Count\n${script}`, { as })
    expect(output).toMatch(/^1$/m)
    expect(output).toContain("The term 'New-ServicePrincipal' is not recognized")
    expect(output).not.toContain('may look')
  })

  it('a Global Reader may look and not write', () => {
    const window = openTestWindow()
    const dev = window.contoso.people.find(person => person.userPrincipalName === 'dev@contoso.example')
    dev?.roles.push(roleTemplates.globalReader)
    const { output } = window.connected(script, { as: 'dev@contoso.example' })
    expect(output).toContain("The term 'New-ServicePrincipal' is not recognized")
    expect(output).toContain('may look')
  })
})

describe('the machine', () => {
  const connect = 'Connect-ExchangeOnline -ShowBanner:$false; "in"'

  it('module 3.10 needs PowerShell 7.6; 3.9.2 runs in 7.4, and Windows PowerShell runs both', () => {
    const { run } = openTestWindow()
    expect(run(connect, { edition: '7.4' }).output).toContain("minimum PowerShell version of '7.6.0'")
    expect(run(connect, { edition: '7.4', machine: { module: '3.9.2' } }).output).toBe('in')
    expect(run(connect, { edition: '5.1' }).output).toBe('in')
  })

  it('without the module nothing connects until it is installed', () => {
    const { run } = openTestWindow()
    const machine = { module: undefined }
    expect(run(connect, { machine }).output).toContain("The term 'Connect-ExchangeOnline' is not recognized")
    expect(run(`Install-Module ExchangeOnlineManagement -Scope CurrentUser; ${connect}`, { machine }).output).toBe('in')
    expect(run('@(Get-Module ExchangeOnlineManagement -ListAvailable).Count', { machine }).output).toBe('0')
  })

  it('the execution policy Restricted keeps the module out', () => {
    const machine = { executionPolicy: 'Restricted' }
    const { run } = openTestWindow()
    expect(run(connect, { machine }).output).toContain('running scripts is disabled on this system')
    expect(run(`Set-ExecutionPolicy RemoteSigned -Scope Process -Force; ${connect}`, { machine }).output).toBe('in')
  })
})
