// Rights on mailboxes: Add-, Get- and Remove-MailboxPermission.
// The rule it keeps: an entry carries a SID, and a service principal shows as that SID, never by name.
// https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { distinguishedName, findTrustees, nameOfSid, selfSid } from './directory.ts'
import { confirmed, exchangeOf } from './exchange-call.ts'
import { mailbox, trustee } from './named-objects.ts'
import type { ExchangeState, Grant, Recipient } from './state.ts'
import { PSObject } from './values.ts'
import { exchangeTypes } from './views.ts'

const rights = '{ChangeOwner|ChangePermission|DeleteItem|ExternalAccount|FullAccess|ReadPermission}'
const inheritance = '{None|All|Children|Descendents|SelfAndChildren}'

function shown(exchange: ExchangeState, of: Recipient, grant: Grant): PSObject {
  const user = nameOfSid(exchange, grant.sid)
  return new PSObject(
    exchangeTypes.mailboxPermission,
    {
      Identity: of.displayName,
      User: user,
      AccessRights: [...grant.rights],
      IsInherited: false,
      Deny: grant.deny,
      InheritanceType: 'All',
      UserSid: grant.sid,
      IsValid: true
    },
    of.displayName
  )
}

const self: Grant = { sid: selfSid, rights: ['FullAccess', 'ReadPermission'], deny: false, autoMapping: false }

const addMailboxPermission: Cmdlet = {
  name: 'Add-MailboxPermission',
  origin: 'exchange',
  parameters: parameters(
    `Identity!@0< AccessRights!:strings${rights} User! AutoMapping:bool Deny:switch InheritanceType${inheritance}`,
    'Confirm:switch=cf WhatIf:switch=wi ~Owner ~GroupMailbox:switch ~IgnoreDefaultScope:switch'
  ),
  run(call) {
    const exchange = exchangeOf(call)
    const box = mailbox(call, exchange, call.text('Identity'))
    const who = box && trustee(call, exchange, call.text('User'))
    if (!box || !who) return
    const [wanted, deny] = [[...call.list('AccessRights')], call.flag('Deny')]
    const entry = box.grants.find(grant => grant.sid === who.sid && grant.deny === deny)
    if (entry && wanted.every(right => entry.rights.includes(right))) {
      const name = distinguishedName(exchange, box.displayName)
      call.warn(
        `The appropriate access control entry is already present on the object "${name}" for account "${who.name}".`
      )
      return
    }
    if (!confirmed(call, false, `Adding mailbox permission "${box.displayName}" for user "${who.name}".`)) return
    const autoMapping = call.has('AutoMapping') ? call.flag('AutoMapping') : true
    if (entry) entry.rights = [...new Set([...entry.rights, ...wanted])]
    else box.grants.push({ sid: who.sid, rights: wanted, deny, autoMapping })
    call.shell.session.store.changed()
    call.emit(shown(exchange, box, { sid: who.sid, rights: wanted, deny, autoMapping }))
  }
}

function listed(call: Call, wanted: string): void {
  const exchange = exchangeOf(call)
  const box = mailbox(call, exchange, wanted)
  if (!box) return
  const who = call.has('User') ? trustee(call, exchange, call.text('User')) : undefined
  if (call.has('User') && !who) return
  for (const grant of [self, ...box.grants]) if (!who || grant.sid === who.sid) call.emit(shown(exchange, box, grant))
}

const getMailboxPermission: Cmdlet = {
  name: 'Get-MailboxPermission',
  origin: 'exchange',
  parameters: parameters(
    'Identity!@0< User ResultSize:any ~Credential:any ~GroupMailbox:switch ~IncludeSoftDeletedUserPermissions:switch',
    'IncludeUnresolvedPermissions:switch ~IncludeUserWithDisplayName:switch ~Owner:switch ReadFromDomainController:switch',
    '~SoftDeletedMailbox:switch ~UseCustomRouting:switch'
  ),
  run: call => listed(call, call.text('Identity'))
}

const getExoMailboxPermission: Cmdlet = {
  name: 'Get-EXOMailboxPermission',
  origin: 'module',
  parameters: parameters(
    'Identity@0< User ResultSize:any ExternalDirectoryObjectId PrimarySmtpAddress UserPrincipalName ~Owner:switch ~SoftDeletedMailbox:switch'
  ),
  run: call =>
    listed(
      call,
      ['Identity', 'PrimarySmtpAddress', 'UserPrincipalName', 'ExternalDirectoryObjectId']
        .map(call.text)
        .find(one => one !== '') ?? ''
    )
}

const removeMailboxPermission: Cmdlet = {
  name: 'Remove-MailboxPermission',
  origin: 'exchange',
  parameters: parameters(
    `Identity!@0< AccessRights!:strings${rights} User! Deny:switch InheritanceType${inheritance} Confirm:switch=cf WhatIf:switch=wi`,
    '~ClearAutoMapping:switch ~ResetDefault:switch ~BypassMasterAccountSid:switch ~GroupMailbox:switch ~IgnoreDefaultScope:switch',
    '~SoftDeletedMailbox:switch'
  ),
  run(call) {
    const exchange = exchangeOf(call)
    const box = mailbox(call, exchange, call.text('Identity'))
    // A SID that names nobody any more is taken as it is, or it could never be cleared away.
    const isSid = /^S-1-5-21(?:-\d+){4}$/i.test(call.text('User'))
    const who =
      box &&
      (findTrustees(exchange, call.text('User'))[0] ??
        (isSid ? { sid: call.text('User'), name: call.text('User') } : trustee(call, exchange, call.text('User'))))
    if (!box || !who) return
    const entry = box.grants.find(grant => grant.sid === who.sid && grant.deny === call.flag('Deny'))
    const wanted = call.list('AccessRights')
    if (!entry || !wanted.some(right => entry.rights.includes(right))) {
      const name = distinguishedName(exchange, box.displayName)
      call.warn(
        `Can't remove the access control entry on the object "${name}" for account "${who.name}" because the ACE doesn't exist on the object.`
      )
      return
    }
    if (
      !confirmed(
        call,
        true,
        `Removing mailbox permission "${box.displayName}" for user "${who.name}" with access rights "'${wanted.join(', ')}'".`
      )
    )
      return
    entry.rights = entry.rights.filter(right => !wanted.includes(right))
    if (entry.rights.length === 0) box.grants = box.grants.filter(grant => grant !== entry)
    call.shell.session.store.changed()
  }
}

export const permissionCmdlets: readonly Cmdlet[] = [
  addMailboxPermission,
  getMailboxPermission,
  getExoMailboxPermission,
  removeMailboxPermission
]
