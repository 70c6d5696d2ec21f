// What stands before the first write: the right PowerShell, the module, one connection, the right organisation.
// The rule: whatever is not as it must be stops the script with a sentence that says what to do.

import { type PowerShell, ps, psJoin } from './quote.ts'
import type { ScriptInput } from './script-input.ts'

/** The versions that go together: ExchangeOnlineManagement 3.10 and later want PowerShell 7.6, 3.5 to 3.9.2 want 7.4, Windows
 *  PowerShell 5.1 runs all. https://learn.microsoft.com/powershell/exchange/exchange-online-powershell-v2 */
export function findTheModule(): PowerShell {
  return ps`
    # Versions: module 3.10 and later need PowerShell 7.6, older ones 7.4; Windows PowerShell 5.1 runs them all.
    $major = $PSVersionTable.PSVersion.Major
    $minor = $PSVersionTable.PSVersion.Minor
    if (($major -lt 5) -or ($major -eq 5 -and $minor -lt 1) -or ($major -eq 6) -or ($major -eq 7 -and $minor -lt 4)) {
      throw (${sentences.powershellTooOld} -f $major, $minor)
    }
    $anyModule = ($major -eq 5) -or ($major -gt 7) -or ($major -eq 7 -and $minor -ge 6)
    function Find-UsableModule {
      $found = @(Get-Module -Name ExchangeOnlineManagement -ListAvailable -ErrorAction SilentlyContinue)
      $fits = @($found | Where-Object { ($_.Version.Major -ge 3) -and ($anyModule -or ($_.Version.Major -eq 3 -and $_.Version.Minor -lt 10)) })
      $fits | Sort-Object -Property Version -Descending | Select-Object -First 1
    }
    if (@(Get-Module -Name ExchangeOnlineManagement).Count -eq 0) {
      if (@(Get-Module -Name ${['Az.Accounts', 'AzureAD', 'Microsoft.Graph.Authentication']}).Count -gt 0) {
        Write-Warning ${sentences.otherModules}
      }
      $module = @(Find-UsableModule)
      if ($module.Count -eq 0) {
        Write-Host ${sentences.installing}
        if ($anyModule) {
          Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser -ErrorAction Stop
        } else {
          Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser -RequiredVersion ${newestForOlderPowerShell} -ErrorAction Stop
        }
        $module = @(Find-UsableModule)
      }
      if ($module.Count -eq 0) {
        throw ${sentences.noModule}
      }
      Import-Module -Name ExchangeOnlineManagement -RequiredVersion $module[0].Version -ErrorAction Stop
    }
  `
}

const newestForOlderPowerShell = '3.9.2'

/** Uses the connection that is there, else makes one. `$connectedHere` says which, so that only our own is closed. */
export function connect(input: ScriptInput): PowerShell {
  return ps`
    $connectedHere = $false
    $connections = @(Get-ConnectionInformation -ErrorAction Stop)
    if ($connections.Count -eq 0) {
      Write-Host ${sentences.signingIn}
      ${connectCommand(input)} -ErrorAction Stop
      $connectedHere = $true
      $connections = @(Get-ConnectionInformation -ErrorAction Stop)
    }
  `
}

/** Never -Organization, which is for certificates and managed identities only.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline */
export function connectCommand(input: ScriptInput): PowerShell {
  const admin = input.admin ? ps` -UserPrincipalName ${input.admin}` : ps``
  const delegated = input.delegatedOrganization ? ps` -DelegatedOrganization ${input.delegatedOrganization}` : ps``
  const environment = input.exchangeEnvironmentName
    ? ps` -ExchangeEnvironmentName ${input.exchangeEnvironmentName}`
    : ps``
  return ps`Connect-ExchangeOnline${admin}${delegated}${environment} -ShowBanner:$false`
}

/** Exactly one connection, to this tenant, able to do what follows; and Exchange's own name for the organisation, because
 *  Get-ConnectionInformation was seen to name a customer while the cmdlets acted on the partner. That the name is the initial
 *  domain is expected, and promised nowhere: another one is only told where the script itself signed in to the tenant with no
 *  -DelegatedOrganization, as the tenant ID is proof enough there.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-connectioninformation
 *  https://github.com/MicrosoftDocs/office-docs-powershell/issues/10378 */
export function assertTheTenant(input: ScriptInput, cmdlets: readonly string[]): PowerShell {
  const { initialDomain: name, delegatedOrganization } = input
  const isProvedByItsId = delegatedOrganization ? ps`$false` : ps`$connectedHere`
  const organization = name
    ? ps`
        if ([string]$organization.Name -ne ${name}) {
          if (-not ${isProvedByItsId}) {
            throw (${sentences.wrongOrganization} -f $organization.Name, ${name})
          }
          Write-Warning (${sentences.otherName} -f $organization.Name, ${name})
        }
      `
    : ps``
  return psJoin([
    ps`
      if ($connections.Count -ne 1) {
        throw (${sentences.notOneConnection} -f $connections.Count)
      }
      $connection = $connections[0] | Select-Object -Property ${['Name', 'TenantID', 'UserPrincipalName']}
      if ($connection.Name -like 'ExchangeOnlineProtection*') {
        throw ${sentences.complianceConnection}
      }
      if ([string]$connection.TenantID -ne $tenantId) {
        throw (${sentences.wrongTenant} -f $connection.TenantID, $tenantId)
      }
      foreach ($cmdlet in ${cmdlets}) {
        if (-not (Get-Command -Name $cmdlet -ErrorAction SilentlyContinue)) {
          throw (${sentences.noCmdlet} -f $cmdlet)
        }
      }
      $organization = Get-OrganizationConfig -ErrorAction Stop | Select-Object -Property ${['Name', 'EnforceExoAppRbacPermissions']}
    `,
    organization,
    ps`
      if ($organization.EnforceExoAppRbacPermissions -eq $true) {
        Write-Warning ${sentences.rbacEnforced}
      }
      Write-Host ('Connected to {0} as {1}.' -f $organization.Name, $connection.UserPrincipalName)
    `
  ])
}

const disconnectAndAgain =
  'Run: Disconnect-ExchangeOnline -Confirm:$false - then run this script again in a fresh window'

const sentences = {
  signingIn:
    'Signing in to Exchange Online; the sign-in window may be behind this one. If it hangs, open a fresh window, connect there with -DisableWAM, and run this script in it.',
  powershellTooOld:
    'This is PowerShell {0}.{1}. Run the script in Windows PowerShell 5.1 or in PowerShell 7.6. Nothing was changed.',
  otherModules:
    'This window already holds other Microsoft modules. If loading fails, run this script in a fresh window.',
  installing:
    'Installing the module ExchangeOnlineManagement for your account. If PowerShell asks whether to trust the repository, answer Y.',
  noModule:
    'No ExchangeOnlineManagement 3 that fits this PowerShell is here. Run: Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser -Force - then run this script again. Nothing was changed.',
  notOneConnection: `This window has {0} Exchange connections, and one is needed. ${disconnectAndAgain}. Nothing was changed.`,
  complianceConnection: `This window is connected to Security & Compliance, not to Exchange Online. ${disconnectAndAgain}. Nothing was changed.`,
  wrongTenant: `This window is connected to tenant {0}, and this script is for tenant {1}. ${disconnectAndAgain} and sign in with an account of the right tenant; partners connect with -DelegatedOrganization. Nothing was changed.`,
  wrongOrganization: `Exchange calls this organization {0}, and this script is for {1}. ${disconnectAndAgain} and sign in with an account of the right tenant; partners connect with -DelegatedOrganization. If {0} is the right one, enter it in the wizard, on the page Register the application in Exchange under Somebody else runs it, and take the script from there again. Nothing was changed.`,
  otherName:
    'Exchange calls this organization {0}, and the wizard knows it as {1}. The tenant ID is the right one, so the script goes on.',
  noCmdlet:
    'Exchange does not offer {0} to this account. It needs the role Exchange Administrator (or Organization Management); activate the role if it is eligible, wait some minutes, and run this script again in a fresh window. Nothing was changed.',
  rbacEnforced:
    'EnforceExoAppRbacPermissions is on in this organization. Exchange may ask for more than the permissions granted in Microsoft Entra.'
}
