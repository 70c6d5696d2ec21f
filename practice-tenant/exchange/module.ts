// The module ExchangeOnlineManagement on the pretend machine: whether it is there, and whether this PowerShell can load it.
// The rule it keeps: versions as Microsoft lists them. https://learn.microsoft.com/powershell/exchange/exchange-online-powershell-v2

import type { Fault } from './errors.ts'
import type { Shell } from './shell.ts'

export const moduleName = 'ExchangeOnlineManagement'
export const newestModule = '3.10.1'

/** The version of PowerShell 7 that a version of the module needs. */
function needed(version: string): readonly [number, number] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 3 || (major === 3 && minor >= 10)) return [7, 6]
  if (major === 3 && minor >= 5) return [7, 4]
  return [7, 0]
}

export function modulePath(shell: Shell, version: string): string {
  const root = shell.edition === '5.1' ? 'WindowsPowerShell' : 'PowerShell'
  return `C:\\Users\\Admin\\Documents\\${root}\\Modules\\${moduleName}\\${version}\\${moduleName}.psd1`
}

/** Why the module cannot be loaded here; undefined when it can. */
export function importProblem(shell: Shell): Fault | undefined {
  const { module: version, executionPolicy } = shell.session.machine
  if (version === undefined)
    return {
      message: `The specified module '${moduleName}' was not loaded because no valid module file was found in any module directory.`,
      id: 'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
      category: 'ResourceUnavailable',
      type: 'System.IO.FileNotFoundException'
    }
  if (/^(restricted|allsigned)$/i.test(executionPolicy))
    return {
      message: `File ${modulePath(shell, version).replace(/d1$/, 'm1')} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.`,
      id: 'UnauthorizedAccess,Microsoft.PowerShell.Commands.ImportModuleCommand',
      category: 'SecurityError',
      type: 'System.Management.Automation.PSSecurityException'
    }
  if (shell.edition === '5.1') return undefined
  const [major, minor] = needed(version)
  const mine = shell.edition.split('.').map(Number) as [number, number]
  if (mine[0] > major || (mine[0] === major && mine[1] >= minor)) return undefined
  return {
    message: `The module '${modulePath(shell, version)}' requires a minimum PowerShell version of '${major}.${minor}.0' to run. The current version is '${shell.edition}.11'. Verify that you have the minimum required version of PowerShell installed, and then try again.`,
    id: 'Modules_InsufficientPowerShellVersion,Microsoft.PowerShell.Commands.ImportModuleCommand',
    category: 'ResourceUnavailable',
    type: 'System.InvalidOperationException'
  }
}
