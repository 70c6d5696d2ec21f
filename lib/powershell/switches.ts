// Turning protocols on for mailboxes, and nothing else. The rule: only where one is off, only for these mailboxes, never the
// organisation's own switch; what Exchange knows of the application is told on the way and stops nothing.

import { formatLine, lookAtTheOrganization, notYetSeen, openTheProtocols } from './mailboxes.ts'
import { type PowerShell, ps } from './quote.ts'
import { inlineMailboxes, mailboxFormat } from './receipt-format.ts'
import { noteAnyPrincipals } from './register.ts'
import { counted, script } from './script.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'

/** Turns on the input's protocols for its mailboxes. Throws UnsafeText where `scriptProblems` has any. */
export function switchesScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  const { protocols } = input
  const smtp = protocols.includes('SMTP')
  return script(
    input,
    'switches',
    `Turns on ${protocols.join(', ') || 'no protocol'} for ${counted(input)} that ${input.name} opens`,
    [...(protocols.length > 0 ? ['Get-CASMailbox', 'Set-CASMailbox'] : []), ...(smtp ? ['Get-TransportConfig'] : [])],
    [noteAnyPrincipals(), formatLine(), smtp ? lookAtTheOrganization() : ps``, turnOn(input)]
  )
}

function turnOn(input: ScriptInput): PowerShell {
  return ps`
    $count = 0
    foreach ($mailbox in $mailboxes) {
      $count += 1
      ${notYetSeen(input)}
      try {
        ${openTheProtocols(input)}
      } catch {
        $failureLines += ('failure: {0}: {1}' -f $mailbox, (Format-Line -Text $_.Exception.Message))
      }
      $mailboxLines += (${mailboxFormat} -f '-', '-', $imap, $pop, $smtp, '-', $mailbox)
      if ($mailboxes.Count -le ${inlineMailboxes} -or $count % 100 -eq 0) {
        Write-Host ('{0} of {1}: {2} imap={3} pop={4} smtp={5}' -f $count, $mailboxes.Count, $mailbox, $imap, $pop, $smtp)
      }
    }
  `
}
