// Exchange's own entry for the application. The rule: looked for by AppId among all, never by name; one, with the right
// Object ID, or the script stops; its receipt tells what stands there instead.

import { type PowerShell, ps, psJoin } from './quote.ts'
import type { ScriptInput } from './script-input.ts'

/** Sets `$principals` to Exchange's entries for `$appId`. Get-ServicePrincipal gives all of them for an identity that it does
 *  not know, so it is never asked for one. https://learn.microsoft.com/powershell/module/exchangepowershell/get-serviceprincipal */
export function lookForThePrincipal(): PowerShell {
  return ps`$principals = @(Get-ServicePrincipal -ErrorAction Stop | Where-Object { $_.AppId -eq $appId })`
}

/** Keeps for the receipt what `$principals` holds: call it while they are as the receipt shall tell. */
export function noteThePrincipals(): PowerShell {
  return ps`
    if ($principals.Count -gt 0) {
      $entries = @($principals | Select-Object -Property ${['ObjectId', 'Sid']})
      $objectIds = @($entries | ForEach-Object { [string]$_.ObjectId })
      $sids = @($entries | ForEach-Object { ([string]$_.Sid, '-') | Where-Object { $_ } | Select-Object -First 1 })
    }
  `
}

/** Makes the entry where there is none, and leaves `$principal` and `$principalWas`. DisplayName is for people only.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/new-serviceprincipal */
export function registerThePrincipal(input: ScriptInput): PowerShell {
  return psJoin([
    lookForThePrincipal(),
    ps`
      $principalWas = 'present'
      if ($principals.Count -eq 0) {
        Write-Host 'Registering the application in Exchange Online.'
        $writes += 1
        $null = New-ServicePrincipal -AppId $appId -ObjectId $objectId -DisplayName ${input.name} -ErrorAction Stop
        $principalWas = 'created'
        foreach ($attempt in @(1, 2, 3, 4, 5, 6)) {
          ${lookForThePrincipal()}
          if ($principals.Count -gt 0) {
            break
          }
          Start-Sleep -Seconds 5
        }
      }
    `,
    requireThePrincipal(sentences.notYet)
  ])
}

/** For the script that only opens mailboxes: the entry must be there. */
export function findThePrincipal(): PowerShell {
  return psJoin([lookForThePrincipal(), ps`$principalWas = 'present'`, requireThePrincipal(sentences.none)])
}

/** Whatever there is, for scripts that write nothing of it; leaves `$principals` and `$principalWas`, and never throws for it. */
export function noteAnyPrincipals(): PowerShell {
  return psJoin([
    lookForThePrincipal(),
    ps`
      $principalWas = 'present'
      if ($principals.Count -eq 0) {
        $principalWas = 'absent'
      } elseif ($principals.Count -gt 1) {
        $principalWas = 'several'
      }
    `,
    noteThePrincipals()
  ])
}

/** For the undo and the repair, which take the entry away whatever its Object ID is. */
export function findThePrincipalIfAny(): PowerShell {
  return psJoin([lookForThePrincipal(), requireOnlyOne()])
}

/** What was seen goes into the receipt before the script stops; it looks at no mailbox, so the receipt counts none. */
function stopAtTheEntry(was: 'present' | 'several', says: PowerShell): PowerShell {
  return ps`
    ${noteThePrincipals()}
    $principalWas = ${was}
    $mailboxes = @()
    $stop = ${says}
    throw $stop
  `
}

function requireOnlyOne(): PowerShell {
  return ps`
    if ($principals.Count -gt 1) {
      ${stopAtTheEntry('several', ps`${sentences.several} -f $principals.Count, $appId`)}
    }
  `
}

function requireThePrincipal(whenNone: string): PowerShell {
  return ps`
    if ($principals.Count -eq 0) {
      throw (${whenNone} -f $appId)
    }
    ${requireOnlyOne()}
    $principal = $principals[0] | Select-Object -Property ${['AppId', 'ObjectId', 'Sid']}
    if ([string]$principal.ObjectId -ne $objectId) {
      ${stopAtTheEntry('present', ps`${sentences.otherObjectId} -f $appId, $principal.ObjectId, $objectId`)}
    }
    ${noteThePrincipals()}
    Write-Host ('Exchange knows the application {0} with the right Object ID {1}.' -f $appId, $objectId)
  `
}

const sentences = {
  notYet: 'Exchange took the application {0} but does not show it yet. Wait some minutes and run this script again.',
  none: 'Exchange does not know the application {0}. Run the script that registers it first; if that has just run, wait some minutes and run this one again.',
  several:
    'Exchange has {0} service principals for the application {1}, and there should be one. Look at them with: Get-ServicePrincipal | Where-Object AppId -eq {1} - and remove the wrong one. No mailbox was changed.',
  /** Set-ServicePrincipal mends the display name only.
   *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-serviceprincipal */
  otherObjectId:
    'Exchange knows the application {0} with Object ID {1}, but the Object ID of its enterprise application is {2}. Compare {2} with Enterprise applications first; if it shows {1}, make the script again. Exchange cannot change an Object ID. Run: Remove-ServicePrincipal -Identity {1} - then register the application again with {2} and open its mailboxes again. No mailbox was changed.'
}
