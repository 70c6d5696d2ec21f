// The end of every script: the count, the receipt on the screen, on the clipboard and, when long, in a file.
// The rule: nothing here can undo or hide what was done; whatever fails here is only a warning.

import { type PowerShell, ps } from './quote.ts'
import { beginMarker, endMarker, inlineMailboxes, receiptVersion, type ScriptKind } from './receipt-format.ts'
import { safeFileName } from './script-file.ts'
import type { ScriptInput } from './script-input.ts'

/** The lists that a script fills on its way, and what stands in the receipt where it does not look. `$stop` says why the work
 *  stopped for what Exchange showed: the receipt is printed all the same. */
export function openTheLists(): PowerShell {
  return ps`
    $granted = @()
    $mailboxLines = @()
    $failureLines = @()
    $writes = 0
    $objectIds = @('-')
    $sids = @('-')
    $smtpAuth = '-'
    $stop = ''
  `
}

/** Prints the receipt. The list is in code unit order already, so that joining it gives what `grantedHash` hashes. */
export function closing(input: ScriptInput, kind: ScriptKind): PowerShell {
  const fileName = `${safeFileName(`${input.name} receipt`)}.txt`
  return ps`
    $hash = [System.Security.Cryptography.SHA256]::Create().ComputeHash([System.Text.Encoding]::UTF8.GetBytes($granted -join ','))
    $short = @(
      ${`version: ${receiptVersion}`}
      ${`script: ${kind}`}
      ${`setup: ${input.setupId}`}
      ('when: {0}' -f [System.DateTime]::UtcNow.ToString('u'))
      ('tenant: {0}' -f $tenantId)
      ('organization: {0}' -f $organization.Name)
      ('app-id: {0}' -f $appId)
      ('principal: {0}' -f $principalWas)
      ($objectIds | ForEach-Object { 'object-id: {0}' -f $_ })
      ($sids | ForEach-Object { 'sid: {0}' -f $_ })
      ${`protocols: ${input.protocols.join(',')}`}
      ('smtp-auth: {0}' -f $smtpAuth)
      ('mailboxes: {0}' -f $mailboxes.Count)
      ('granted: {0}' -f $granted.Count)
      ('failed: {0}' -f $failureLines.Count)
      ('writes: {0}' -f $writes)
      ('sha256: {0}' -f [System.BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant())
    )
    $long = @(${beginMarker}) + $short + $mailboxLines + $failureLines + @(${endMarker})
    $receipt = $long
    if ($mailboxes.Count -gt ${inlineMailboxes}) {
      $file = ${fileName}
      try {
        $folder = $HOME
        if ($PSScriptRoot) {
          $folder = $PSScriptRoot
        }
        $file = Join-Path -Path $folder -ChildPath $file
        Set-Content -LiteralPath $file -Value $long -Encoding UTF8 -ErrorAction Stop
        $receipt = @(${beginMarker}) + $short + @(('details: {0}' -f ${fileName}), ${endMarker})
        Write-Host ('The details of every mailbox are in {0} - keep that file with the receipt.' -f $file)
      } catch {
        Write-Warning ('The details could not be written to {0}, so they follow here.' -f $file)
      }
    }
    if ($failureLines.Count -gt 0) {
      Write-Warning (${sentences.failures} -f $failureLines.Count)
    }
    foreach ($line in $receipt) {
      Write-Host $line
    }
    if (Get-Command -Name Set-Clipboard -ErrorAction SilentlyContinue) {
      try {
        Set-Clipboard -Value ($receipt -join [System.Environment]::NewLine) -ErrorAction Stop
        Write-Host 'The receipt is on the clipboard as well. The wizard asks what it says.'
      } catch {
        Write-Host ${sentences.copy}
      }
    } else {
      Write-Host ${sentences.copy}
    }
  `
}

const sentences = {
  failures: 'Failures: {0}. The receipt says which and why. What went well stays, and the script can be run again.',
  copy: 'Keep the receipt, with its first and last line. The wizard asks what it says.'
}
