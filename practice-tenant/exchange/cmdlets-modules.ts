// Get-Module, Install-Module, Import-Module: the one module of the pretend machine. The rule it keeps: nothing is downloaded.

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { order } from './compare.ts'
import { convert } from './convert.ts'
import { importProblem, moduleName, modulePath, newestModule } from './module.ts'
import { wildcard } from './patterns.ts'
import { PSObject, text, Version } from './values.ts'

function moduleInfo(call: Call, version: string): PSObject {
  return new PSObject(
    'System.Management.Automation.PSModuleInfo',
    {
      ModuleType: 'Script',
      Version: new Version(version.split('.').map(Number)),
      Name: moduleName,
      ExportedCommands: [
        'Add-VivaModuleFeaturePolicy',
        'Connect-ExchangeOnline',
        'Connect-IPPSSession',
        'Disconnect-ExchangeOnline',
        'Get-EXOMailbox'
      ],
      Path: modulePath(call.shell, version),
      ModuleBase: modulePath(call.shell, version).replace(/\\[^\\]*$/, '')
    },
    moduleName
  )
}

function namesModule(call: Call): boolean {
  const wanted = call.list('Name')
  return wanted.length === 0 || wanted.some(name => wildcard(name).test(moduleName))
}

const getModule: Cmdlet = {
  name: 'Get-Module',
  origin: 'shell',
  parameters: parameters(
    'Name@0<:strings ListAvailable:switch All:switch Refresh:switch ~FullyQualifiedName:any ~PSEdition'
  ),
  run(call) {
    const { machine, moduleLoaded } = call.shell.session
    if (machine.module !== undefined && (call.flag('ListAvailable') || moduleLoaded) && namesModule(call))
      call.emit(moduleInfo(call, machine.module))
  }
}

const getInstalledModule: Cmdlet = {
  name: 'Get-InstalledModule',
  origin: 'shell',
  parameters: parameters(
    'Name@0<:strings ~MinimumVersion ~RequiredVersion ~MaximumVersion AllVersions:switch ~AllowPrerelease:switch'
  ),
  run(call) {
    const { module: version } = call.shell.session.machine
    if (version !== undefined && namesModule(call))
      call.emit(
        new PSObject(
          'Microsoft.PowerShell.Commands.PSRepositoryItemInfo',
          { Version: version, Name: moduleName, Repository: 'PSGallery' },
          moduleName
        )
      )
    else if (call.list('Name').length > 0)
      call.error({
        message: `No match was found for the specified search criteria and module names '${call.list('Name').join(', ')}'.`,
        id: 'NoMatchFound',
        category: 'ObjectNotFound'
      })
  }
}

const installModule: Cmdlet = {
  name: 'Install-Module',
  origin: 'shell',
  parameters: parameters(
    'Name!@0<:strings ~MinimumVersion ~MaximumVersion RequiredVersion Scope{CurrentUser|AllUsers} Force:switch AllowClobber:switch ' +
      'Repository:strings SkipPublisherCheck:switch AcceptLicense:switch ~PassThru:switch Confirm:switch=cf ~WhatIf:switch=wi ' +
      '~AllowPrerelease:switch ~Credential:any ~Proxy ~ProxyCredential:any ~InputObject:any'
  ),
  run(call) {
    const { machine } = call.shell.session
    for (const name of call.list('Name')) {
      if (name.toLowerCase() !== moduleName.toLowerCase()) {
        call.error({
          message: `No match was found for the specified search criteria and module name '${name}'. (The practice machine reaches no repository; it knows ${moduleName} only.)`,
          id: 'NoMatchFoundForCriteria,Microsoft.PowerShell.PackageManagement.Cmdlets.InstallPackage',
          category: 'ObjectNotFound'
        })
        continue
      }
      const wanted = call.text('RequiredVersion') || newestModule
      if (
        machine.module !== undefined &&
        machine.module !== wanted &&
        !call.has('RequiredVersion') &&
        !call.flag('Force')
      ) {
        call.warn(
          `Version '${machine.module}' of module '${moduleName}' is already installed at '${modulePath(call.shell, machine.module).replace(/\\[^\\]*$/, '')}'. To install version '${wanted}', run Install-Module and add the -Force parameter, this command will install version '${wanted}' side-by-side with version '${machine.module}'.`
        )
        continue
      }
      machine.module = wanted
    }
  }
}

const importModule: Cmdlet = {
  name: 'Import-Module',
  origin: 'shell',
  parameters: parameters(
    'Name!@0<:strings MinimumVersion=version RequiredVersion:any ~MaximumVersion Force:switch Global:switch PassThru:switch DisableNameChecking:switch NoClobber:switch ~Prefix ~Function:strings ~Cmdlet:strings ~SkipEditionCheck:switch ~UseWindowsPowerShell:switch=usewinps'
  ),
  run(call) {
    const { session } = call.shell
    for (const name of call.list('Name')) {
      const isOurs = name.toLowerCase() === moduleName.toLowerCase()
      const has = session.machine.module
      const version = text(call.value('RequiredVersion'))
      const minimum = call.text('MinimumVersion')
      const tooOld = has !== undefined && minimum !== '' && order(convert(has, 'version'), minimum, true) < 0
      const problem = isOurs ? importProblem(call.shell) : undefined
      if (!isOurs || (version !== '' && has !== version) || tooOld)
        call.error({
          message: `The specified module '${name}'${version && ` with version '${version}'`} was not loaded because no valid module file was found in any module directory.`,
          id: 'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
          category: 'ResourceUnavailable',
          type: 'System.IO.FileNotFoundException',
          target: name
        })
      else if (problem) call.error(problem)
      else {
        session.moduleLoaded = true
        if (call.flag('PassThru')) call.emit(moduleInfo(call, has as string))
      }
    }
  }
}

export const moduleCmdlets: readonly Cmdlet[] = [getModule, getInstalledModule, installModule, importModule]
