// Looks at all that Exchange Online must hold for the application, and changes nothing. The rule: only Get- cmdlets, and
// whatever is found, however wrong, is an answer and no error; what cannot be seen is noted, and the look goes on.

import { findGrant, formatLine, isOpen } from './mailboxes.ts'
import { type PowerShell, ps } from './quote.ts'
import { inlineMailboxes, mailboxFormat } from './receipt-format.ts'
import { noteAnyPrincipals } from './register.ts'
import { counted, script } from './script.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'
import { findSendAs, maySend } from './send-as-entries.ts'

/** Entry, grants, switches and Send As, whatever protocols are asked for. Throws UnsafeText where `scriptProblems` has any. */
export function diagnosisScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  const mailboxes = input.mailboxes.length > 0
  const does = `Looks at ${input.name} in Exchange Online${mailboxes ? ` and at ${counted(input)}` : ''}; changes nothing`
  const cmdlets = ['Get-Recipient', 'Get-CASMailbox', 'Get-MailboxPermission', 'Get-RecipientPermission']
  return script(
    input,
    'diagnosis',
    does,
    ['Get-TransportConfig', ...(mailboxes ? cmdlets : [])],
    [
      formatLine(),
      noteAnyPrincipals(),
      lookAtTheOrganization(),
      ...(mailboxes ? [whoCounts(), findGrant(), findDenial(), findSendAs(), lookAtTheMailboxes()] : [])
    ]
  )
}

/** https://learn.microsoft.com/powershell/module/exchangepowershell/get-transportconfig */
function lookAtTheOrganization(): PowerShell {
  return ps`
    Write-Host ('Entries that Exchange has for the application {0}: {1}.' -f $appId, $principals.Count)
    try {
      $smtpAuth = '?'
      $transport = Get-TransportConfig -ErrorAction Stop | Select-Object -Property SmtpClientAuthenticationDisabled
      if ($transport.SmtpClientAuthenticationDisabled -eq $true) {
        $smtpAuth = 'off'
      } elseif ($transport.SmtpClientAuthenticationDisabled -eq $false) {
        $smtpAuth = 'on'
      }
    } catch {
      $failureLines += ('failure: Get-TransportConfig: {0}' -f (Format-Line -Text $_.Exception.Message))
    }
  `
}

/** The entry with the right Object ID, else all there are: by SID and Object ID only, as a name is no proof. */
function whoCounts(): PowerShell {
  return ps`
    $own = @($principals | Select-Object -Property ${['ObjectId', 'Sid']})
    $right = @($own | Where-Object { [string]$_.ObjectId -eq $objectId })
    if ($right.Count -gt 0) {
      $own = $right
    }
    $knownAs = @(@($own | ForEach-Object { [string]$_.ObjectId }) + @($own | ForEach-Object { [string]$_.Sid }) | Where-Object { $_ })
    $user = [string]($own | ForEach-Object { $_.ObjectId } | Select-Object -First 1)
  `
}

/** An entry that denies wins over one that allows.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission */
function findDenial(): PowerShell {
  return ps`
    function Find-Denial {
      param($Mailbox)
      $entries = @(Get-MailboxPermission -Identity $Mailbox -ErrorAction Stop | Select-Object -Property ${['User', 'UserSid', 'AccessRights', 'Deny']})
      $entries | Where-Object { ($knownAs -contains [string]$_.User -or $knownAs -contains [string]$_.UserSid) -and ([string]$_.AccessRights -like '*FullAccess*') -and ($_.Deny -eq $true) }
    }
  `
}

function lookAtTheMailboxes(): PowerShell {
  return ps`
    $count = 0
    foreach ($mailbox in $mailboxes) {
      $count += 1
      $is = '?'
      $grant = '-'
      $imap = '-'
      $pop = '-'
      $smtp = '-'
      $sendAs = '-'
      ${whatIsIt()}
      if ($is -eq 'mailbox') {
        ${switches()}
        if ($own.Count -gt 0) {
          ${permissions()}
        }
      }
      $mailboxLines += (${mailboxFormat} -f $is, $grant, $imap, $pop, $smtp, $sendAs, $mailbox)
      if ($mailboxes.Count -le ${inlineMailboxes} -or $count % 100 -eq 0) {
        Write-Host ('{0} of {1}: {2}' -f $count, $mailboxes.Count, $mailbox)
      }
    }
  `
}

const noteIt = ps`$failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))`

/** A mailbox of Exchange Online, of whatever use, has the type UserMailbox; one that is on-premises shows as a mail user.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-recipient
 *  That there is none is known by the exception's name, as its words are in the admin's language. */
function whatIsIt(): PowerShell {
  return ps`
    try {
      $found = @(Get-Recipient -Identity $mailbox -ErrorAction Stop | Select-Object -Property RecipientType)
      $type = ($found | ForEach-Object { [string]$_.RecipientType }) -join ', '
      if ($type -eq 'UserMailbox') {
        $is = 'mailbox'
      } elseif (($found.Count -eq 1) -and ($type -like '*Group')) {
        $is = 'group'
      } elseif (($type -eq 'MailUser') -or ($type -eq 'MailContact')) {
        $is = 'elsewhere'
      } else {
        $failureLines += (${otherType} -f $mailbox, $type)
      }
    } catch {
      if ([string]$_.Exception.Message -like '*ManagementObjectNotFoundException*') {
        $is = 'none'
      } else {
        ${noteIt}
      }
    }
  `
}

const otherType = 'failure: {0}: Exchange does not say that this is one mailbox. It says: {1}.'

/** As they are set, whether or not that suits. An SMTP AUTH switch without a value follows the organisation's.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/get-casmailbox */
function switches(): PowerShell {
  return ps`
    $imap = '?'
    $pop = '?'
    $smtp = '?'
    try {
      $cas = Get-CASMailbox -Identity $mailbox -ErrorAction Stop | Select-Object -Property ${['ImapEnabled', 'PopEnabled', 'SmtpClientAuthenticationDisabled']}
      if ($cas.ImapEnabled -eq $true) {
        $imap = 'on'
      } elseif ($cas.ImapEnabled -eq $false) {
        $imap = 'off'
      }
      if ($cas.PopEnabled -eq $true) {
        $pop = 'on'
      } elseif ($cas.PopEnabled -eq $false) {
        $pop = 'off'
      }
      if ($null -eq $cas.SmtpClientAuthenticationDisabled) {
        $smtp = 'follows'
      } elseif ($cas.SmtpClientAuthenticationDisabled -eq $true) {
        $smtp = 'off'
      } elseif ($cas.SmtpClientAuthenticationDisabled -eq $false) {
        $smtp = 'on'
      }
    } catch {
      ${noteIt}
    }
  `
}

function permissions(): PowerShell {
  return ps`
    $grant = '?'
    $sendAs = '?'
    try {
      if (@(Find-Denial -Mailbox $mailbox).Count -gt 0) {
        $grant = 'denied'
      } elseif (${isOpen}) {
        $grant = 'yes'
        $granted += $mailbox
      } else {
        $grant = 'no'
      }
    } catch {
      ${noteIt}
    }
    try {
      if (${maySend}) {
        $sendAs = 'yes'
      } else {
        $sendAs = 'no'
      }
    } catch {
      ${noteIt}
    }
  `
}
