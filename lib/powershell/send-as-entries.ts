// Whether the application may send as a mailbox. The rule: looked for in both ways, as Exchange may show it by a name.

import { type PowerShell, ps } from './quote.ts'

/** `Find-SendAs -Mailbox` gives the entries that let whoever is in `$knownAs` send; `Find-SendAsByExchange` asks Exchange for
 *  exactly `$user`, which also finds it under a name.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-recipientpermission */
export function findSendAs(): PowerShell {
  return ps`
    function Find-SendAs {
      param($Mailbox)
      $entries = @(Get-RecipientPermission -Identity $Mailbox -ErrorAction Stop | Select-Object -Property ${properties})
      $entries | Where-Object { ($knownAs -contains [string]$_.Trustee) -and ([string]$_.AccessRights -like '*SendAs*') -and ([string]$_.AccessControlType -ne 'Deny') }
    }
    function Find-SendAsByExchange {
      param($Mailbox)
      $entries = @(Get-RecipientPermission -Identity $Mailbox -Trustee $user -ErrorAction Stop | Select-Object -Property ${properties})
      $entries | Where-Object { ([string]$_.Trustee -ne 'NT AUTHORITY\SELF') -and ([string]$_.AccessRights -like '*SendAs*') -and ([string]$_.AccessControlType -ne 'Deny') }
    }
  `
}

const properties = ['Trustee', 'AccessRights', 'AccessControlType']

export const maySend = ps`(@(Find-SendAs -Mailbox $mailbox).Count -gt 0) -or (@(Find-SendAsByExchange -Mailbox $mailbox).Count -gt 0)`
