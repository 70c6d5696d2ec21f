// One call of a cmdlet: what it was given, and where its output, warnings and errors go.
// The rule it keeps: -ErrorAction first, then the preference; a cmdlet of a module sees the global preference only, so that a
// script's own $ErrorActionPreference does not stop it. https://github.com/PowerShell/PowerShell/issues/4568

import type { Call, Cmdlet } from './cmdlet.ts'
import { ErrorRecord, errorLines, type Fault, refuse } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import { items, PSObject, text, truth, type Value } from './values.ts'

type Bound = ReadonlyMap<string, Value>

function actionOf(shell: Shell, cmdlet: Cmdlet, bound: Bound, parameter: string, preference: string): string {
  if (bound.has(parameter)) return text(bound.get(parameter)).toLowerCase()
  return shell.preference(preference, cmdlet.origin === 'exchange')
}

/** Adds to the variable that -ErrorVariable or -WarningVariable names; `+name` keeps what was there. */
function collect(shell: Shell, name: string, record: Value): void {
  const key = name.replace(/^\+/, '').toLowerCase()
  shell.write(key, [...items(shell.read(key) ?? undefined), record])
}

export function openCall(shell: Shell, cmdlet: Cmdlet, bound: Bound, place: Place, emit: (value: Value) => void): Call {
  for (const name of ['Verbose', 'Debug', ...(cmdlet.origin === 'shell' ? ['Confirm'] : [])])
    if (truth(bound.get(name))) refuse(`the parameter -${name} of ${cmdlet.name}`, place)
  for (const parameter of ['ErrorVariable', 'WarningVariable']) {
    const name = text(bound.get(parameter))
    if (name !== '' && !name.startsWith('+')) shell.write(name.toLowerCase(), [])
  }
  return {
    shell,
    cmdlet,
    place,
    bound,
    emit,
    has: name => bound.has(name),
    value: name => bound.get(name),
    text: name => text(bound.get(name)),
    list: name => items(bound.get(name) ?? undefined).map(text),
    flag: name => truth(bound.get(name)),
    warn: message => warn(shell, cmdlet, bound, message),
    error: fault => raise(shell, cmdlet, bound, place, fault)
  }
}

function warn(shell: Shell, cmdlet: Cmdlet, bound: Bound, message: string): void {
  const action = actionOf(shell, cmdlet, bound, 'WarningAction', 'WarningPreference')
  const record = new PSObject('System.Management.Automation.WarningRecord', { Message: message }, message)
  if (bound.has('WarningVariable')) collect(shell, text(bound.get('WarningVariable')), record)
  if (action === 'stop') {
    const fault = {
      message: `The running command stopped because the preference variable "WarningPreference" or common parameter is set to Stop: ${message}`,
      id: 'ActionPreferenceStop',
      category: 'OperationStopped',
      by: cmdlet.name
    }
    shell.stop(new ErrorRecord(fault, undefined))
  }
  if (action === 'silentlycontinue' || action === 'ignore') return
  if (action !== 'continue') refuse(`the action '${action}' for warnings`)
  const stream = shell.streams.warning
  if (typeof stream === 'function') stream(record)
  else if (stream === 'show') shell.print('warning', `WARNING: ${message}`)
}

function raise(shell: Shell, cmdlet: Cmdlet, bound: Bound, place: Place, fault: Fault): void {
  const record = new ErrorRecord({ by: cmdlet.name, ...fault }, place)
  if (bound.has('ErrorVariable')) collect(shell, text(bound.get('ErrorVariable')), record)
  const action = actionOf(shell, cmdlet, bound, 'ErrorAction', 'ErrorActionPreference')
  if (action === 'stop') shell.stop(record)
  if (!['continue', 'silentlycontinue', 'ignore'].includes(action)) refuse(`the action '${action}' for errors`, place)
  if (action === 'ignore') {
    shell.ok = false
    return
  }
  shell.remember(record)
  if (action === 'continue') shell.report(record, errorLines)
}
