// Opening mailboxes to the application, one after another. The rule: look, write only what is missing, look again; a mailbox
// that fails is noted and the next one gets its turn.

import { type PowerShell, ps, psJoin } from './quote.ts'
import { inlineMailboxes, mailboxFormat } from './receipt-format.ts'
import type { ScriptInput } from './script-input.ts'

/** The functions below for `$principal`, with what it is known by. */
export function grantFunctions(): PowerShell {
  return psJoin([
    ps`
      $user = [string]$principal.ObjectId
      $knownAs = @(@([string]$principal.Sid, [string]$principal.ObjectId) | Where-Object { $_ })
    `,
    findGrant(),
    formatLine()
  ])
}

/** `Find-Grant -Mailbox` gives the principal's own full access entries. Exchange shows the principal as a SID, an ID or a name;
 *  entries are compared with `$knownAs`, its SID and Object ID, but never with its display name, which others may bear, nor
 *  with its Identity, which is that name where it has one. `Find-GrantByExchange` asks Exchange for exactly `$user`, which
 *  also finds it under a name.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-mailboxpermission */
export function findGrant(): PowerShell {
  return ps`
    function Find-Grant {
      param($Mailbox)
      $entries = @(Get-MailboxPermission -Identity $Mailbox -ErrorAction Stop | Select-Object -Property ${['User', 'UserSid', 'AccessRights', 'Deny']})
      $entries | Where-Object { ($knownAs -contains [string]$_.User -or $knownAs -contains [string]$_.UserSid) -and ([string]$_.AccessRights -like '*FullAccess*') -and ($_.Deny -ne $true) }
    }
    function Find-GrantByExchange {
      param($Mailbox)
      $entries = @(Get-MailboxPermission -Identity $Mailbox -User $user -ErrorAction Stop | Select-Object -Property ${['User', 'AccessRights', 'Deny']})
      $entries | Where-Object { ([string]$_.User -ne 'NT AUTHORITY\SELF') -and ([string]$_.AccessRights -like '*FullAccess*') -and ($_.Deny -ne $true) }
    }
  `
}

/** `Format-Line -Text` makes one short line of an error's message. */
export function formatLine(): PowerShell {
  return ps`
    function Format-Line {
      param($Text)
      $line = ([string]$Text -replace '[\x00-\x20]+', ' ').Trim()
      if ($line.Length -gt 200) {
        $line = $line.Substring(0, 200)
      }
      $line
    }
  `
}

/** Opens every one of `$mailboxes`; leaves `$granted` (addresses seen as open), `$mailboxLines` and `$failureLines`.
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
export function openTheMailboxes(input: ScriptInput): PowerShell {
  const smtp = input.protocols.includes('SMTP')
  return psJoin([
    smtp ? lookAtTheOrganization() : ps``,
    ps`
      $count = 0
      foreach ($mailbox in $mailboxes) {
        $count += 1
        $grant = 'failed'
        ${notYetSeen(input)}
        try {
          if (${isOpen}) {
            $grant = 'kept'
          } else {
            $writes += 1
            $null = ${addPermission(ps`$mailbox`, ps`$user`)} -ErrorAction Stop
            $grant = 'unseen'
            if (${isOpen}) {
              $grant = 'added'
            }
          }
          ${openTheProtocols(input)}
          if ($grant -eq 'unseen') {
            $failureLines += ('failure: {0}: {1}' -f $mailbox, ${unseen})
          }
        } catch {
          $failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))
        }
        if ($grant -eq 'added' -or $grant -eq 'kept') {
          $granted += $mailbox
        }
        $mailboxLines += (${mailboxFormat} -f '-', $grant, $imap, $pop, $smtp, '-', $mailbox)
        if ($mailboxes.Count -le ${inlineMailboxes} -or $count % 100 -eq 0) {
          Write-Host ('{0} of {1}: {2} {3}' -f $count, $mailboxes.Count, $mailbox, $grant)
        }
      }
    `
  ])
}

/** The organisation's SMTP AUTH, in `$smtpOffForAll` and for the receipt in `$smtpAuth`. It is never changed.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportconfig */
export function lookAtTheOrganization(): PowerShell {
  return ps`
    $smtpOffForAll = (Get-TransportConfig -ErrorAction Stop).SmtpClientAuthenticationDisabled -eq $true
    $smtpAuth = 'on'
    if ($smtpOffForAll) {
      $smtpAuth = 'off'
    }
  `
}

/** A mailbox's switches before they were looked at. */
export function notYetSeen({ protocols }: ScriptInput): PowerShell {
  return ps`
    $imap = ${protocols.includes('IMAP') ? '?' : '-'}
    $pop = ${protocols.includes('POP') ? '?' : '-'}
    $smtp = ${protocols.includes('SMTP') ? '?' : '-'}
  `
}

/** Both ways of looking before the write too, or a principal that Exchange shows by a name would be written again and again. */
export const isOpen = ps`(@(Find-Grant -Mailbox $mailbox).Count -gt 0) -or (@(Find-GrantByExchange -Mailbox $mailbox).Count -gt 0)`

const unseen = 'Exchange took the permission but does not show it yet. Run this script again in some minutes.'

/** AutoMapping off, or Outlook would try to open the mailbox for the entry.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission */
export function addPermission(mailbox: PowerShell, user: PowerShell): PowerShell {
  return ps`Add-MailboxPermission -Identity ${mailbox} -User ${user} -AccessRights FullAccess -InheritanceType All -AutoMapping $false`
}

/** An SMTP AUTH switch without a value of its own follows the organisation's. */
export const smtpIsOff = ps`($cas.SmtpClientAuthenticationDisabled -eq $true) -or ($smtpOffForAll -and $cas.SmtpClientAuthenticationDisabled -ne $false)`

/** Turns a protocol on where it is off for `$mailbox`. The organisation's own switch is left as it is.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox */
export function openTheProtocols(input: ScriptInput): PowerShell {
  if (input.protocols.length === 0) return ps``
  const switches: PowerShell[] = []
  if (input.protocols.includes('IMAP')) {
    switches.push(ps`
      if ($cas.ImapEnabled -eq $false) {
        $writes += 1
        Set-CASMailbox -Identity $mailbox -ImapEnabled $true -ErrorAction Stop
        $imap = 'set'
      } else {
        $imap = 'on'
      }
    `)
  }
  if (input.protocols.includes('POP')) {
    switches.push(ps`
      if ($cas.PopEnabled -eq $false) {
        $writes += 1
        Set-CASMailbox -Identity $mailbox -PopEnabled $true -ErrorAction Stop
        $pop = 'set'
      } else {
        $pop = 'on'
      }
    `)
  }
  if (input.protocols.includes('SMTP')) {
    switches.push(ps`
      if (${smtpIsOff}) {
        $writes += 1
        Set-CASMailbox -Identity $mailbox -SmtpClientAuthenticationDisabled $false -ErrorAction Stop
        $smtp = 'set'
      } elseif ($null -eq $cas.SmtpClientAuthenticationDisabled) {
        $smtp = 'follows'
      } else {
        $smtp = 'on'
      }
    `)
  }
  return psJoin([
    ps`$cas = Get-CASMailbox -Identity $mailbox -ErrorAction Stop | Select-Object -Property ${['ImapEnabled', 'PopEnabled', 'SmtpClientAuthenticationDisabled']}`,
    ...switches
  ])
}
