// Add-, Get- and Remove-RecipientPermission: the right to send as somebody. The rule it keeps: both writers ask first.
// https://learn.microsoft.com/powershell/module/exchangepowershell/add-recipientpermission

import { type Cmdlet, parameters } from './cmdlet.ts'
import { distinguishedName, nameOfSid, selfName, selfSid } from './directory.ts'
import { confirmed, exchangeOf } from './exchange-call.ts'
import { recipient, trustee } from './named-objects.ts'
import type { ExchangeState, Recipient } from './state.ts'
import { PSObject } from './values.ts'
import { exchangeTypes } from './views.ts'

function sendAsEntry(exchange: ExchangeState, of: Recipient, sid: string): PSObject {
  return new PSObject(
    exchangeTypes.recipientPermission,
    {
      Identity: of.displayName,
      Trustee: sid === selfSid ? selfName : nameOfSid(exchange, sid),
      AccessControlType: 'Allow',
      AccessRights: ['SendAs'],
      IsInherited: false,
      InheritanceType: 'None'
    },
    of.displayName
  )
}

/** Add- and Remove-RecipientPermission; both ask first. */
function sendAs(name: string, adds: boolean, more: string): Cmdlet {
  return {
    name,
    origin: 'exchange',
    parameters: parameters(
      `Identity!@0< AccessRights!:strings{SendAs} Trustee! Confirm:switch=cf WhatIf:switch=wi`,
      more
    ),
    run(call) {
      const exchange = exchangeOf(call)
      const of = recipient(call, exchange, call.text('Identity'))
      const who = of && trustee(call, exchange, call.text('Trustee'))
      if (!of || !who) return
      const object = distinguishedName(exchange, of.displayName)
      const present = of.sendAs.includes(who.sid)
      if (present === adds) {
        call.warn(
          adds
            ? `The appropriate access control entry is already present on the object "${object}" for account "${who.name}".`
            : `Can't remove the access control entry on the object "${object}" for account "${who.name}" because the ACE doesn't exist on the object.`
        )
        return
      }
      if (
        !confirmed(
          call,
          true,
          `${adds ? 'Adding' : 'Removing'} recipient permission "${of.displayName}" for user or group "${who.name}" with access rights "SendAs".`
        )
      )
        return
      of.sendAs = adds ? [...of.sendAs, who.sid] : of.sendAs.filter(sid => sid !== who.sid)
      call.shell.session.store.changed()
      if (adds) call.emit(sendAsEntry(exchange, of, who.sid))
    }
  }
}

const getRecipientPermission: Cmdlet = {
  name: 'Get-RecipientPermission',
  origin: 'exchange',
  parameters: parameters(
    'Identity@0< AccessRights:strings{SendAs} Trustee ResultSize:any IncludeTrusteeWithPrimarySmtpAddress:switch ReadFromDomainController:switch'
  ),
  run(call) {
    const exchange = exchangeOf(call)
    const of = call.has('Identity') ? recipient(call, exchange, call.text('Identity')) : undefined
    if (call.has('Identity') && !of) return
    const who = call.has('Trustee') ? trustee(call, exchange, call.text('Trustee')) : undefined
    if (call.has('Trustee') && !who) return
    for (const one of of ? [of] : Object.values(exchange.recipients))
      for (const sid of [selfSid, ...one.sendAs])
        if (!who || who.sid === sid) call.emit(sendAsEntry(exchange, one, sid))
  }
}

export const sendAsCmdlets: readonly Cmdlet[] = [
  sendAs('Add-RecipientPermission', true, ''),
  sendAs(
    'Remove-RecipientPermission',
    false,
    '~Deny:switch ~MultiTrustees:strings ~SkipDomainValidationForMailContact:switch ~SkipDomainValidationForMailUser:switch ~SkipDomainValidationForSharedMailbox:switch'
  ),
  getRecipientPermission
]
