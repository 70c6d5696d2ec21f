// Granting the application Send As for mailboxes, and nothing else: Microsoft leaves open whether that or Send As for the mailbox
// that logs in decides. The rule: look, write only what is missing, look again; Exchange
// must know the application, with the right Object ID.

import { formatLine } from './mailboxes.ts'
import { type PowerShell, ps } from './quote.ts'
import { inlineMailboxes, mailboxFormat } from './receipt-format.ts'
import { findThePrincipal } from './register.ts'
import { counted, script } from './script.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'
import { findSendAs, maySend } from './send-as-entries.ts'

/** Gives the application Send As on the input's mailboxes. Throws UnsafeText where `scriptProblems` has any. */
export function sendAsScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  return script(
    input,
    'send-as',
    `Grants ${input.name} Send As for ${counted(input)}`,
    ['Get-RecipientPermission', 'Add-RecipientPermission'],
    [findThePrincipal(), whoItIs(), formatLine(), findSendAs(), letItSend()]
  )
}

/** By what an entry is surely this principal's: not by Identity, which is its display name where it has one. */
function whoItIs(): PowerShell {
  return ps`
    $user = [string]$principal.ObjectId
    $knownAs = @(@([string]$principal.Sid, [string]$principal.ObjectId) | Where-Object { $_ })
  `
}

/** Both ways of looking before the write, or a principal that Exchange shows by a name would be written again and again.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-recipientpermission */
function letItSend(): PowerShell {
  return ps`
    $count = 0
    foreach ($mailbox in $mailboxes) {
      $count += 1
      $sendAs = 'failed'
      try {
        if (${maySend}) {
          $sendAs = 'kept'
        } else {
          $writes += 1
          $null = Add-RecipientPermission -Identity $mailbox -Trustee $user -AccessRights SendAs -Confirm:$false -ErrorAction Stop
          $sendAs = 'unseen'
          if (${maySend}) {
            $sendAs = 'added'
          } else {
            $failureLines += ('failure: {0}: {1}' -f $mailbox, ${unseen})
          }
        }
      } catch {
        $failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))
      }
      $mailboxLines += (${mailboxFormat} -f '-', '-', '-', '-', '-', $sendAs, $mailbox)
      if ($mailboxes.Count -le ${inlineMailboxes} -or $count % 100 -eq 0) {
        Write-Host ('{0} of {1}: {2} {3}' -f $count, $mailboxes.Count, $mailbox, $sendAs)
      }
    }
  `
}

const unseen = 'Exchange took the permission but does not show it yet. Run this script again in some minutes.'
