// Taking it back: the mailboxes' entries and Send As, then Exchange's entry for the application. The rule: only what bears the
// application's AppId is touched, and protocol switches stay, as nobody can tell who else uses them.

import { grantFunctions, isOpen } from './mailboxes.ts'
import { type PowerShell, ps } from './quote.ts'
import { inlineMailboxes, mailboxFormat } from './receipt-format.ts'
import { findThePrincipalIfAny, noteThePrincipals } from './register.ts'
import { findSendAs, maySend } from './send-as-entries.ts'

/** Removes the grants first, then, even where one failed, the principal, so that access ends everywhere: without the principal they would be left as entries that name nobody.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-mailboxpermission
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-serviceprincipal */
export function closeTheMailboxes(): PowerShell {
  return ps`
    ${findThePrincipalIfAny()}
    $principalWas = 'absent'
    ${noteThePrincipals()}
    if ($principals.Count -eq 0) {
      Write-Host ('Exchange does not know the application {0}: there is nothing to take back.' -f $appId)
      $mailboxLines += @($mailboxes | ForEach-Object { ${mailboxFormat} -f '-', 'absent', '-', '-', '-', '-', $_ })
    } else {
      $principal = $principals[0] | Select-Object -Property ${['AppId', 'ObjectId', 'Sid']}
      $foundObjectId = [string]$principal.ObjectId
      ${grantFunctions()}
      ${findSendAs()}
      $missing = @(${optionalCmdlets} | Where-Object { -not (Get-Command -Name $_ -ErrorAction SilentlyContinue) })
      if ($missing.Count -gt 0) {
        Write-Warning (${leavesSendAs} -f ($missing -join ', '), $foundObjectId)
      }
      $count = 0
      foreach ($mailbox in $mailboxes) {
        $count += 1
        $grant = 'failed'
        try {
          if (${isOpen}) {
            $writes += 1
            $null = Remove-MailboxPermission -Identity $mailbox -User $user -AccessRights FullAccess -InheritanceType All -Confirm:$false -ErrorAction Stop
            $grant = 'removed'
          } else {
            $grant = 'absent'
          }
        } catch {
          $failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))
        }
        $sendAs = '-'
        if ($missing.Count -eq 0) {
          ${removeSendAs()}
        }
        $mailboxLines += (${mailboxFormat} -f '-', $grant, '-', '-', '-', $sendAs, $mailbox)
        if ($mailboxes.Count -le ${inlineMailboxes} -or $count % 100 -eq 0) {
          Write-Host ('{0} of {1}: {2} {3}' -f $count, $mailboxes.Count, $mailbox, $grant)
        }
      }
      $principalWas = 'present'
      if ($missing.Count -gt 0) {
        $failureLines += ('failure: {0}: {1}' -f $foundObjectId, 'The entry stays, as Send As was not looked at.')
      } else {
        try {
          $writes += 1
          $null = Remove-ServicePrincipal -Identity $foundObjectId -Confirm:$false -ErrorAction Stop
          $principalWas = 'removed'
          Write-Host ('Exchange no longer knows the application {0}.' -f $appId)
        } catch {
          $failureLines += ('failure: {0}: {1}' -f $foundObjectId, (Format-Line -Text $_.Exception.Message))
        }
      }
    }
    Write-Host ${leavesProtocols}
  `
}

/** Where it was granted, for a refusal at sending. While the application is known, as without it nothing names the entry.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-recipientpermission */
function removeSendAs(): PowerShell {
  return ps`
    $sendAs = 'failed'
    try {
      if (${maySend}) {
        $writes += 1
        $null = Remove-RecipientPermission -Identity $mailbox -Trustee $user -AccessRights SendAs -Confirm:$false -ErrorAction Stop
        $sendAs = 'removed'
      } else {
        $sendAs = 'absent'
      }
    } catch {
      $failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))
    }
  `
}

/** Not every role that may do the rest may do this, and closing the mailboxes shall not wait for it. */
export const optionalCmdlets = ['Get-RecipientPermission', 'Remove-RecipientPermission']

const leavesSendAs =
  'Exchange does not offer {0} to this account, so Send As is not looked at, and the entry of the application stays: without it nothing names Send As any more. Run the undo again as an Exchange Administrator. If Send As was never granted, run: Remove-ServicePrincipal -Identity {1}'
const leavesProtocols =
  'The switches for IMAP, POP and SMTP AUTH stay as they are, because other programs may use them. Mailboxes that are not in the list of this script were not looked at.'
