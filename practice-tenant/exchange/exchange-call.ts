// What all Exchange cmdlets share: the connection they act on, and the question before something is taken away.

import type { Call } from './cmdlet.ts'
import { ErrorRecord, fail, Thrown } from './errors.ts'
import type { ExchangeState } from './state.ts'

/** The organisation that a cmdlet acts on: that of the newest connection which loaded it. */
export function exchangeOf(call: Call): ExchangeState {
  const { connections } = call.shell.session
  const name = call.cmdlet.name.toLowerCase()
  const own = [...connections].reverse().find(one => call.cmdlet.origin !== 'exchange' || one.cmdlets.has(name))
  if (!own)
    fail(
      {
        message: 'You must call the Connect-ExchangeOnline cmdlet before calling any other cmdlets.',
        id: call.cmdlet.name,
        category: 'NotSpecified',
        type: 'System.UnauthorizedAccessException',
        by: call.cmdlet.name
      },
      call.place
    )
  return own.exchange
}

/** Whether to go on: -WhatIf says no; a cmdlet that asks first needs -Confirm:$false, because nobody can answer here. */
export function confirmed(call: Call, asks: boolean, what: string): boolean {
  if (call.flag('WhatIf')) {
    call.shell.print('host', `What if: ${what}`)
    return false
  }
  const wantsAsking = call.has('Confirm')
    ? call.flag('Confirm')
    : asks && call.shell.preference('ConfirmPreference', true) !== 'none'
  if (!wantsAsking) return true
  for (const line of ['Confirm', 'Are you sure you want to perform this action?', what]) call.shell.print('host', line)
  const message =
    'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available. (The practice console cannot be asked; -Confirm:$false goes on without the question.)'
  throw new Thrown(
    new ErrorRecord(
      { message, id: 'InvalidOperation', category: 'InvalidOperation', by: call.cmdlet.name },
      call.place
    ),
    true
  )
}
