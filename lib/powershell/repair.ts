// Mends a wrong Object ID: the entry is removed, made again with the right one, and its mailboxes are opened again. The rule:
// an entry that is right is left alone, so a second run writes nothing, and one that was broken off goes on where it stopped.

import { grantFunctions, isOpen, openTheMailboxes } from './mailboxes.ts'
import { type PowerShell, ps, psJoin } from './quote.ts'
import { findThePrincipalIfAny, lookForThePrincipal, registerThePrincipal } from './register.ts'
import { counted, mailboxCmdlets, script } from './script.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'

/** For an application that Exchange knows with a wrong Object ID; where it knows none, the script registers it. Throws
 *  UnsafeText where `scriptProblems` has any. */
export function repairScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  const mailboxes = input.mailboxes.length > 0
  const does = `Gives ${input.name} its right Object ID in Exchange Online${mailboxes ? ` and opens ${counted(input)} to it again` : ''}`
  return script(
    input,
    'repair',
    does,
    ['New-ServicePrincipal', 'Remove-ServicePrincipal', ...mailboxCmdlets(input), ...(mailboxes ? [remove] : [])],
    [
      removeTheWrongOne(mailboxes),
      registerThePrincipal(input),
      ...(mailboxes ? [grantFunctions(), openTheMailboxes(input)] : [])
    ]
  )
}

const remove = 'Remove-MailboxPermission'

/** Set-ServicePrincipal mends the display name only, so the entry goes; and with it what it was granted on these mailboxes, as
 *  that would stay behind under a SID that names nobody. A grant that cannot be removed is harmless and stops nothing.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-serviceprincipal
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-serviceprincipal */
function removeTheWrongOne(mailboxes: boolean): PowerShell {
  return ps`
    ${findThePrincipalIfAny()}
    if ($principals.Count -eq 1) {
      $principal = $principals[0] | Select-Object -Property ${['AppId', 'ObjectId', 'Sid']}
      $wrongObjectId = [string]$principal.ObjectId
      if ($wrongObjectId -ne $objectId) {
        Write-Host (${sentences.wrong} -f $appId, $wrongObjectId, $objectId)
        ${mailboxes ? removeItsGrants() : ps``}
        $writes += 1
        $null = Remove-ServicePrincipal -Identity $wrongObjectId -Confirm:$false -ErrorAction Stop
        foreach ($attempt in @(1, 2, 3, 4, 5, 6)) {
          ${lookForThePrincipal()}
          if ($principals.Count -eq 0) {
            break
          }
          Start-Sleep -Seconds 5
        }
        if ($principals.Count -gt 0) {
          throw (${sentences.stillThere} -f $wrongObjectId)
        }
      }
    }
  `
}

function removeItsGrants(): PowerShell {
  return psJoin([
    grantFunctions(),
    ps`
      foreach ($mailbox in $mailboxes) {
        try {
          if (${isOpen}) {
            $writes += 1
            $null = Remove-MailboxPermission -Identity $mailbox -User $user -AccessRights FullAccess -InheritanceType All -Confirm:$false -ErrorAction Stop
          }
        } catch {
          Write-Warning (${sentences.leftBehind} -f $mailbox, (Format-Line -Text $_.Exception.Message))
        }
      }
    `
  ])
}

const sentences = {
  wrong:
    'Exchange knows the application {0} with Object ID {1}; it is removed and registered again with {2}, the Object ID of its enterprise application.',
  leftBehind: 'The old entry on {0} stays behind; it opens nothing any more. Exchange says: {1}',
  stillThere:
    'Exchange took the removal of {0} but still shows it. Wait some minutes and run this script again; it goes on from here.'
}
