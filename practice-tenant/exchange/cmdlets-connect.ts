// Connect-ExchangeOnline, Disconnect-ExchangeOnline, Get-ConnectionInformation. The rule it keeps: an interactive sign-in never
// takes -Organization, which is for certificates, managed identities and access tokens.
// https://learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { connect } from './connection.ts'
import { fail } from './errors.ts'
import { confirmed } from './exchange-call.ts'
import type { Connection } from './session.ts'
import { Moment, PSObject, type Value } from './values.ts'
import { exchangeTypes } from './views.ts'

const environments = 'O365China|O365Default|O365GermanyCloud|O365USGovDoD|O365USGovGCCHigh'

const banner = [
  '',
  '----------------------------------------------------------------------------------------',
  "This V3 EXO PowerShell module contains new REST API backed Exchange Online cmdlets which doesn't require WinRM for Client-Server communication.",
  'For more information check https://aka.ms/exov3-module',
  '----------------------------------------------------------------------------------------',
  ''
]

function refuseSignIn(call: Call, message: string, id: string): never {
  fail({ message, id, category: 'InvalidArgument', type: 'System.ArgumentException', by: call.cmdlet.name }, call.place)
}

const connectExchangeOnline: Cmdlet = {
  name: 'Connect-ExchangeOnline',
  origin: 'module',
  parameters: parameters(
    `~ConnectionUri@0 ~AzureADAuthorizationEndpointUri@1 ExchangeEnvironmentName@2{${environments}} ~PSSessionOption@3:any`,
    'DelegatedOrganization@4 ~Prefix@5 CommandName@6:strings ~FormatTypeName@7:strings ~AccessToken ~AppId',
    'BypassMailboxAnchoring:switch ~Certificate:any ~CertificateFilePath ~CertificatePassword:any ~CertificateThumbprint',
    '~Credential:any Device:switch DisableWAM:switch EnableErrorReporting:switch ~EXOModuleBasePath InlineCredential:switch',
    'LoadCmdletHelp:switch ~LogDirectoryPath ~LogLevel ~ManagedIdentity:switch ~ManagedIdentityAccountId Organization PageSize:int',
    'ShowBanner:switch ShowProgress:bool ~SigningCertificate:any SkipLoadingCmdletHelp:switch SkipLoadingFormatData:switch',
    'TrackPerformance:bool UseMultithreading:bool UserPrincipalName ~UseRPSSession:switch'
  ),
  run(call) {
    const { session, edition } = call.shell
    if (call.has('Organization'))
      refuseSignIn(
        call,
        'The Organization parameter is used only with a certificate, a managed identity or an access token. Use UserPrincipalName, or DelegatedOrganization for a customer.',
        'OrganizationNotForInteractive'
      )
    for (const name of ['Device', 'InlineCredential'])
      if (call.flag(name) && edition === '5.1')
        refuseSignIn(call, `The parameter ${name} is available in PowerShell 7 only.`, 'NeedsPowerShell7')
    const environment = call.text('ExchangeEnvironmentName') || 'O365Default'
    if (environment !== 'O365Default')
      refuseSignIn(
        call,
        `AADSTS90002: Tenant '${session.tenant.id}' not found in ${environment}. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
        'TenantNotFound'
      )
    const suggested = call.text('UserPrincipalName')
    const upn = session.person.userPrincipalName
    if (suggested !== '' && suggested.toLowerCase() !== upn.toLowerCase())
      call.shell.print(
        'note',
        `(Practice) The sign-in window suggested ${suggested}; the person at the keyboard signed in as ${upn}.`
      )
    const wanted = { delegatedOrganization: call.text('DelegatedOrganization'), commandNames: call.list('CommandName') }
    const opened = connect(session, wanted, call.shell.cmdlets.values())
    if ('message' in opened) fail(opened, call.place)
    if (!call.has('ShowBanner') || call.flag('ShowBanner')) for (const line of banner) call.shell.print('host', line)
    session.connections.push(opened)
  }
}

function shown(call: Call, connection: Connection, index: number): PSObject {
  const expiry = new Date(call.shell.session.now().getTime() + 3_600_000)
  const rest: Record<string, Value> = {
    ConnectionUri: 'https://outlook.office365.com',
    AzureAdAuthorizationEndpointUri: 'https://login.microsoftonline.com/organizations',
    TokenExpiryTimeUTC: new Moment(expiry),
    CertificateAuthentication: false,
    ModuleName: 'C:\\Users\\Admin\\AppData\\Local\\Temp\\tmpEXO_practice',
    ModulePrefix: '',
    Organization: '',
    DelegatedOrganization: connection.delegatedOrganization,
    AppId: '',
    PageSize: 1000,
    TenantID: connection.tenant.id,
    TokenStatus: 'Active',
    ConnectionUsedForInbuiltCmdlets: index === call.shell.session.connections.length - 1,
    IsEopSession: false
  }
  return new PSObject(exchangeTypes.connection, {
    ConnectionId: connection.id,
    State: 'Connected',
    Id: index + 1,
    Name: `ExchangeOnline_${index + 1}`,
    UserPrincipalName: connection.userPrincipalName,
    ...rest
  })
}

const getConnectionInformation: Cmdlet = {
  name: 'Get-ConnectionInformation',
  origin: 'module',
  parameters: parameters('ConnectionId:strings ~ModulePrefix:strings'),
  run(call) {
    call.shell.session.connections.forEach((connection, index) => {
      if (!call.has('ConnectionId') || call.list('ConnectionId').includes(connection.id))
        call.emit(shown(call, connection, index))
    })
  }
}

const disconnectExchangeOnline: Cmdlet = {
  name: 'Disconnect-ExchangeOnline',
  origin: 'module',
  parameters: parameters('ConnectionId:strings ~ModulePrefix:strings Confirm:switch=cf WhatIf:switch=wi'),
  run(call) {
    const what =
      'Running this cmdlet clears all active sessions created using Connect-ExchangeOnline or Connect-IPPSSession.'
    if (!confirmed(call, true, what)) return
    const { session } = call.shell
    const ids = call.list('ConnectionId')
    session.connections = session.connections.filter(one => ids.length > 0 && !ids.includes(one.id))
  }
}

export const connectCmdlets: readonly Cmdlet[] = [
  connectExchangeOnline,
  disconnectExchangeOnline,
  getConnectionInformation
]
