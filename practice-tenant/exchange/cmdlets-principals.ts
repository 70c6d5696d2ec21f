// New-, Get-, Set- and Remove-ServicePrincipal. The rule it keeps: Exchange believes whatever Object ID it is told, and
// Get-ServicePrincipal gives ALL of them for an identity that is empty or unknown: both as documented.
// https://learn.microsoft.com/powershell/module/exchangepowershell/get-serviceprincipal

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { guidFromText } from './convert.ts'
import { distinguishedName, findPrincipals, identityOf } from './directory.ts'
import { fail } from './errors.ts'
import { confirmed, exchangeOf } from './exchange-call.ts'
import { exchangeFault } from './faults.ts'
import { addServicePrincipal, type ExchangeServicePrincipal, type ExchangeState } from './state.ts'
import { Moment, PSObject } from './values.ts'
import { exchangeTypes } from './views.ts'

function shown(exchange: ExchangeState, principal: ExchangeServicePrincipal): PSObject {
  const identity = identityOf(principal)
  return new PSObject(
    exchangeTypes.servicePrincipal,
    {
      DisplayName: principal.displayName,
      AppId: principal.appId,
      ObjectId: principal.objectId,
      Sid: principal.sid,
      Identity: identity,
      Id: identity,
      Name: identity,
      DistinguishedName: distinguishedName(exchange, identity),
      Guid: principal.guid,
      ExchangeObjectId: principal.guid,
      OrganizationId: exchange.organization.name,
      WhenCreated: new Moment(new Date(principal.createdAt)),
      IsValid: true
    },
    identity
  )
}

const newServicePrincipal: Cmdlet = {
  name: 'New-ServicePrincipal',
  origin: 'exchange',
  // -Organization is for Microsoft's own use and is never loaded for an admin.
  parameters: parameters('AppId! ObjectId ServiceId DisplayName Confirm:switch=cf WhatIf:switch=wi'),
  run(call) {
    const exchange = exchangeOf(call)
    if (call.has('ServiceId'))
      call.warn('The ServiceId parameter is being depreciated. Please use the ObjectId parameter instead.')
    const given = call.text('ObjectId') || call.text('ServiceId')
    if (given === '')
      fail(
        {
          message: 'Cannot process command because of one or more missing mandatory parameters: ObjectId.',
          id: 'MissingMandatoryParameter,New-ServicePrincipal',
          category: 'InvalidArgument',
          type: 'System.Management.Automation.ParameterBindingException',
          by: 'New-ServicePrincipal'
        },
        call.place
      )
    const [appId, objectId] = [guidFromText(call.text('AppId')), guidFromText(given)]
    if (appId === undefined || objectId === undefined) {
      call.error(exchangeFault.invalidGuid(call, appId === undefined ? call.text('AppId') : given))
      return
    }
    const displayName = call.text('DisplayName')
    const twin = exchange.servicePrincipals.find(
      one => one.appId === appId || one.objectId === objectId || one.objectId === appId || one.appId === objectId
    )
    if (twin) {
      call.error(exchangeFault.exists(call, identityOf(twin)))
      return
    }
    if (!confirmed(call, false, `Creating ServicePrincipal "${displayName || objectId}".`)) return
    const made = addServicePrincipal(exchange, { appId, objectId, displayName }, call.shell.session.now())
    call.shell.session.store.changed()
    call.emit(shown(exchange, made))
  }
}

const getServicePrincipal: Cmdlet = {
  name: 'Get-ServicePrincipal',
  origin: 'exchange',
  parameters: parameters('Identity@0<'),
  run(call) {
    const exchange = exchangeOf(call)
    const found = findPrincipals(exchange, call.text('Identity'))
    for (const principal of found.length > 0 ? found : exchange.servicePrincipals) call.emit(shown(exchange, principal))
  }
}

/** The one that -Identity names; an error was given when there is none or more than one. */
function theOne(call: Call, exchange: ExchangeState): ExchangeServicePrincipal | undefined {
  const wanted = call.text('Identity')
  const found = findPrincipals(exchange, wanted)
  if (found.length === 0) call.error(exchangeFault.notFound(call, wanted))
  if (found.length > 1) call.error(exchangeFault.ambiguous(call, wanted))
  return found.length === 1 ? found[0] : undefined
}

const setServicePrincipal: Cmdlet = {
  name: 'Set-ServicePrincipal',
  origin: 'exchange',
  parameters: parameters(
    'Identity! DisplayName ~OverrideEnforceExoAppRbacPermissions:bool Confirm:switch=cf WhatIf:switch=wi'
  ),
  run(call) {
    const principal = theOne(call, exchangeOf(call))
    if (!principal || !confirmed(call, false, `Setting ServicePrincipal "${identityOf(principal)}".`)) return
    if (call.has('DisplayName')) principal.displayName = call.text('DisplayName')
    call.shell.session.store.changed()
  }
}

const removeServicePrincipal: Cmdlet = {
  name: 'Remove-ServicePrincipal',
  origin: 'exchange',
  parameters: parameters('Identity!@0< Confirm:switch=cf WhatIf:switch=wi'),
  run(call) {
    const exchange = exchangeOf(call)
    const principal = theOne(call, exchange)
    if (!principal || !confirmed(call, true, `Removing ServicePrincipal "${identityOf(principal)}".`)) return
    // What it was granted stays behind on the mailboxes, under a SID that names nobody any more.
    exchange.servicePrincipals = exchange.servicePrincipals.filter(one => one !== principal)
    call.shell.session.store.changed()
  }
}

export const principalCmdlets: readonly Cmdlet[] = [
  newServicePrincipal,
  getServicePrincipal,
  setServicePrincipal,
  removeServicePrincipal
]
