// Cmdlets about the window itself: commands, modules, policy, time, strict mode. The rule it keeps: nothing is downloaded or
// changed outside the pretend machine of this run.

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { convert } from './convert.ts'
import { fail } from './errors.ts'
import { timeFormatted } from './format-operator.ts'
import { moduleName } from './module.ts'
import { wildcard } from './patterns.ts'
import { find, isLoaded } from './resolve.ts'
import { construct } from './statics.ts'
import { Hashtable, items, Moment, PSObject, text, type Value } from './values.ts'

const getCommand: Cmdlet = {
  name: 'Get-Command',
  origin: 'shell',
  parameters: parameters(
    'Name@0<:strings Module:strings=psmodule ~CommandType=type ~Verb:strings ~Noun:strings ~All:switch ~Syntax:switch ~ParameterName:strings'
  ),
  run(call) {
    const emit = (name: string, type: string, source: string) =>
      call.emit(
        new PSObject(
          'System.Management.Automation.CmdletInfo',
          { CommandType: type, Name: name, Version: '', Source: source },
          name
        )
      )
    const source = (cmdlet: Cmdlet) =>
      cmdlet.origin === 'shell'
        ? 'Microsoft.PowerShell.Utility'
        : cmdlet.origin === 'module'
          ? moduleName
          : 'tmpEXO_practice'
    const wanted = call.has('Name') ? call.list('Name') : ['*']
    for (const name of wanted) {
      if (/[*?[]/.test(name)) {
        const fits = wildcard(name)
        const modules = call.list('Module').map(one => wildcard(one))
        for (const cmdlet of call.shell.cmdlets.values())
          if (
            isLoaded(call.shell, cmdlet) &&
            fits.test(cmdlet.name) &&
            (modules.length === 0 || modules.some(one => one.test(source(cmdlet))))
          )
            emit(cmdlet.name, cmdlet.origin === 'exchange' ? 'Function' : 'Cmdlet', source(cmdlet))
        continue
      }
      const found = find(call.shell, name)
      if (!found) {
        call.error({
          message: `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
          id: 'CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand',
          category: 'ObjectNotFound',
          type: 'System.Management.Automation.CommandNotFoundException',
          target: name
        })
      } else if ('function' in found) emit(found.function.name, 'Function', '')
      else emit(found.cmdlet.name, found.cmdlet.origin === 'exchange' ? 'Function' : 'Cmdlet', source(found.cmdlet))
    }
  }
}

const getExecutionPolicy: Cmdlet = {
  name: 'Get-ExecutionPolicy',
  origin: 'shell',
  parameters: parameters('Scope@0 List:switch'),
  run: call => call.emit(call.shell.session.machine.executionPolicy)
}

const setExecutionPolicy: Cmdlet = {
  name: 'Set-ExecutionPolicy',
  origin: 'shell',
  parameters: parameters(
    'ExecutionPolicy!@0{Unrestricted|RemoteSigned|AllSigned|Restricted|Default|Bypass|Undefined} Scope@1{Process|CurrentUser|LocalMachine} Force:switch Confirm:switch=cf ~WhatIf:switch=wi'
  ),
  run(call) {
    if (!call.has('Scope') || call.text('Scope') === 'LocalMachine')
      fail(
        {
          message:
            'Access to the registry key \'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell\' is denied. To change the execution policy for the default (LocalMachine) scope, start Windows PowerShell with the "Run as administrator" option. To change the execution policy for the current user, run "Set-ExecutionPolicy -Scope CurrentUser".',
          id: 'System.UnauthorizedAccessException,Microsoft.PowerShell.Commands.SetExecutionPolicyCommand',
          category: 'PermissionDenied',
          by: 'Set-ExecutionPolicy'
        },
        call.place
      )
    call.shell.session.machine.executionPolicy = call.text('ExecutionPolicy')
  }
}

const getDate: Cmdlet = {
  name: 'Get-Date',
  origin: 'shell',
  parameters: parameters(
    'Date@0:any Format AsUTC:switch ~UFormat ~UnixTimeSeconds:any ~Year:int ~Month:int ~Day:int ~Hour:int ~Minute:int ~Second:int ~DisplayHint'
  ),
  run(call) {
    const moment = call.has('Date')
      ? (convert(call.value('Date'), 'datetime', call.place) as Moment)
      : new Moment(call.shell.session.now())
    call.emit(call.has('Format') ? timeFormatted(moment, call.text('Format'), call.place) : moment)
  }
}

const setStrictMode: Cmdlet = {
  name: 'Set-StrictMode',
  origin: 'shell',
  parameters: parameters('Version:any=v Off:switch'),
  run(call) {
    const version = text(call.value('Version')).toLowerCase()
    call.shell.scope.strict = call.flag('Off') ? 0 : version === 'latest' ? 3 : Number.parseInt(version, 10)
  }
}

const newObject: Cmdlet = {
  name: 'New-Object',
  origin: 'shell',
  parameters: parameters('TypeName!@0 ArgumentList@1:any=args Property:any ~ComObject ~Strict:switch'),
  run(call) {
    const made = construct(call.shell, call.text('TypeName'), items(call.value('ArgumentList')), call.place)
    const table = call.value('Property')
    if (table instanceof Hashtable && made instanceof PSObject)
      for (const { key, value } of table.entries.values()) made.set(text(key), value)
    call.emit(made)
  }
}

const quiet = (name: string, line: string, emit?: (call: Call) => Value): Cmdlet => ({
  name,
  origin: 'shell',
  parameters: parameters(line),
  run: call => {
    if (emit) call.emit(emit(call))
  }
})

export const machineCmdlets: readonly Cmdlet[] = [
  getCommand,
  getExecutionPolicy,
  setExecutionPolicy,
  getDate,
  setStrictMode,
  newObject,
  quiet('Start-Sleep', 'Seconds@0<:any Milliseconds:int=ms ~Duration:any=ts'),
  quiet('Unblock-File', 'Path!@0<:strings ~LiteralPath:strings=pspath,lp Confirm:switch=cf ~WhatIf:switch=wi'),
  quiet('Clear-Host', ''),
  quiet('Get-Location', '~PSProvider ~PSDrive ~Stack:switch', () => 'C:\\Users\\Admin'),
  quiet('Get-Host', '', call => call.shell.read('host'))
]
