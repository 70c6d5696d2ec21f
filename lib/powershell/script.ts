// The scripts, put together. The rule: one block that PowerShell reads whole before it runs any of it, so that a pasted
// script never half-runs and a `throw` ends all of it; every script is safe to run again.

import { closing, openTheLists } from './closing.ts'
import { grantFunctions, openTheMailboxes } from './mailboxes.ts'
import { assertTheTenant, connect, findTheModule } from './preflight.ts'
import { type PowerShell, ps, psComment, psJoin } from './quote.ts'
import { receiptVersion, type ScriptKind } from './receipt-format.ts'
import { findThePrincipal, registerThePrincipal } from './register.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'
import { closeTheMailboxes } from './undo.ts'

export type { ScriptInput } from './script-input.ts'
export { scriptProblems } from './script-input.ts'
export { snippets } from './snippets.ts'

/** Registers the application in Exchange, and opens no mailbox. All four throw UnsafeText where `scriptProblems` has any. */
export function registerScript(given: ScriptInput): PowerShell {
  const input = { ...requireScriptInput(given), mailboxes: [], protocols: [] }
  return script(
    input,
    'register',
    `Registers ${input.name} in Exchange Online`,
    ['New-ServicePrincipal'],
    [registerThePrincipal(input)]
  )
}

/** Opens the mailboxes to an application that Exchange knows already. */
export function mailboxesScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  return script(input, 'mailboxes', `Opens ${counted(input)} to ${input.name}`, mailboxCmdlets(input), [
    findThePrincipal(),
    grantFunctions(),
    openTheMailboxes(input)
  ])
}

/** Both, in one. Without mailboxes it registers only. */
export function wholeScript(given: ScriptInput): PowerShell {
  const input = requireScriptInput(given)
  const does = `Registers ${input.name} in Exchange Online and opens ${counted(input)} to it`
  return script(
    input,
    'whole',
    does,
    ['New-ServicePrincipal', ...mailboxCmdlets(input)],
    [registerThePrincipal(input), ...(input.mailboxes.length > 0 ? [grantFunctions(), openTheMailboxes(input)] : [])]
  )
}

/** Takes back what `wholeScript` does, but for the protocol switches. */
export function undoScript(given: ScriptInput): PowerShell {
  const input = { ...requireScriptInput(given), protocols: [] }
  const does = `Closes ${counted(input)} to ${input.name} and removes it from Exchange Online`
  const cmdlets = ['Get-MailboxPermission', 'Remove-MailboxPermission', 'Remove-ServicePrincipal']
  return script(input, 'undo', does, cmdlets, [closeTheMailboxes()])
}

/** One block around the work: preflight before it, receipt after it, also where the work stopped for what it saw (`$stop`).
 *  For the scripts of this folder. */
export function script(
  input: ScriptInput,
  kind: ScriptKind,
  does: string,
  cmdlets: readonly string[],
  work: readonly PowerShell[]
): PowerShell {
  const reads = kind === 'diagnosis'
  // These two tell of Exchange's entry whatever it is.
  const stops = !reads && kind !== 'switches'
  return ps`
    ${psComment(`${does}.`)}
    ${psComment(`Mail OAuth Wizard, receipt version ${receiptVersion}. ${reads ? 'It only reads.' : 'Safe to run again: it looks before it writes.'}`)}
    & {
      Set-StrictMode -Version 3.0
      $ErrorActionPreference = 'Stop'
      $tenantId = ${input.tenantId}
      $appId = ${input.appId}
      # The Object ID of the enterprise application, not the application's own.
      $objectId = ${input.objectId}
      $mailboxes = ${input.mailboxes}
      ${findTheModule()}
      ${connect(input)}
      try {
        ${assertTheTenant(input, ['Get-ServicePrincipal', ...cmdlets])}
        ${reads ? ps`` : psComment('From here on the script may write.')}
        ${openTheLists()}
        ${stops ? untilItStops(work) : psJoin(work)}
        ${closing(input, kind)}
        ${stops ? ps`if ($stop) { throw $stop }` : ps``}
      } finally {
        if ($connectedHere) {
          Disconnect-ExchangeOnline -Confirm:$false -ErrorAction SilentlyContinue
        }
      }
    }
  `
}

/** Any other error ends the script without a receipt, as nobody knows then what was done. */
function untilItStops(work: readonly PowerShell[]): PowerShell {
  return ps`
    try {
      ${psJoin(work)}
    } catch {
      if (-not $stop) { throw }
    }
  `
}

export function counted({ mailboxes }: ScriptInput): string {
  return mailboxes.length === 1 ? '1 mailbox' : `${mailboxes.length} mailboxes`
}

export function mailboxCmdlets({ mailboxes, protocols }: ScriptInput): readonly string[] {
  if (mailboxes.length === 0) return []
  return [
    'Get-MailboxPermission',
    'Add-MailboxPermission',
    ...(protocols.length > 0 ? ['Get-CASMailbox', 'Set-CASMailbox'] : []),
    ...(protocols.includes('SMTP') ? ['Get-TransportConfig'] : [])
  ]
}
