// Mailboxes and their protocol switches: Get-/Set-CASMailbox, Get-Mailbox, Get-Recipient and the EXO forms.
// The rule it keeps: without -ResultSize a list ends at a thousand, with Exchange's warning.
// https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { distinguishedName, findRecipients } from './directory.ts'
import { confirmed, exchangeOf } from './exchange-call.ts'
import { exchangeFault } from './faults.ts'
import type { ExchangeState, Recipient } from './state.ts'
import { PSObject, type Value } from './values.ts'
import { exchangeTypes } from './views.ts'

const isMailbox = (recipient: Recipient): boolean =>
  recipient.type === 'UserMailbox' || recipient.type === 'SharedMailbox'
const identityNames = ['Identity', 'PrimarySmtpAddress', 'UserPrincipalName', 'ExternalDirectoryObjectId']
const usualLimit = 1000

const tooMany =
  'By default, only the first 1000 items are returned. Use the ResultSize parameter to specify the number of items returned. To return all items, specify "-ResultSize Unlimited". Be aware that, depending on the actual number of items, returning all items can take a long time and consume a large amount of memory. Also, we don\'t recommend storing the results in a variable. Instead, pipe the results to another task or script to perform batch changes.'

/** Emits what -Identity names, or the list, cut where -ResultSize says. */
function select(
  call: Call,
  fits: (recipient: Recipient) => boolean,
  show: (exchange: ExchangeState, one: Recipient) => PSObject
): void {
  const exchange = exchangeOf(call)
  const wanted = identityNames.map(call.text).find(one => one !== '')
  const details = call.list('RecipientTypeDetails').map(one => one.toLowerCase())
  if (wanted !== undefined) {
    const found = findRecipients(exchange, wanted).filter(fits)
    if (found.length === 0) call.error(exchangeFault.notFound(call, wanted))
    else if (found.length > 1) call.error(exchangeFault.ambiguous(call, wanted))
    else call.emit(show(exchange, found[0] as Recipient))
    return
  }
  const size = call.text('ResultSize').toLowerCase()
  const limit = size === 'unlimited' ? Number.POSITIVE_INFINITY : size === '' ? usualLimit : Number(size)
  const all = Object.values(exchange.recipients).filter(
    one => fits(one) && (details.length === 0 || details.includes(one.type.toLowerCase()))
  )
  for (const one of all.slice(0, limit)) call.emit(show(exchange, one))
  if (size === '' && all.length > usualLimit) call.warn(tooMany)
}

function common(exchange: ExchangeState, one: Recipient): Record<string, Value> {
  return {
    Name: one.alias,
    DisplayName: one.displayName,
    Alias: one.alias,
    PrimarySmtpAddress: one.address,
    Identity: one.displayName,
    Id: one.displayName,
    Guid: one.guid,
    ExternalDirectoryObjectId: one.objectId,
    DistinguishedName: distinguishedName(exchange, one.displayName),
    RecipientType: one.type === 'SharedMailbox' ? 'UserMailbox' : one.type,
    RecipientTypeDetails: one.type,
    EmailAddresses: [`SMTP:${one.address}`, ...one.otherAddresses.map(address => `smtp:${address}`)]
  }
}

function shownMailbox(exchange: ExchangeState, one: Recipient): PSObject {
  const rest = {
    UserPrincipalName: one.userPrincipalName,
    Database: 'EURPR06DG001-db001',
    ProhibitSendQuota: '49.5 GB (53,150,220,288 bytes)',
    IsShared: one.type === 'SharedMailbox'
  }
  return new PSObject(exchangeTypes.mailbox, { ...common(exchange, one), ...rest }, one.displayName)
}

function shownCas(exchange: ExchangeState, one: Recipient): PSObject {
  return new PSObject(
    exchangeTypes.casMailbox,
    {
      ...common(exchange, one),
      ActiveSyncEnabled: true,
      OWAEnabled: true,
      PopEnabled: one.popEnabled,
      ImapEnabled: one.imapEnabled,
      MapiEnabled: true,
      EwsEnabled: true,
      SmtpClientAuthenticationDisabled: one.smtpClientAuthenticationDisabled
    },
    one.displayName
  )
}

const recipientOf = (exchange: ExchangeState, one: Recipient) =>
  new PSObject(exchangeTypes.recipient, common(exchange, one), one.displayName)

const details = 'RecipientTypeDetails:strings'
const exoIdentities = 'Identity@0< ExternalDirectoryObjectId PrimarySmtpAddress UserPrincipalName'

function reader(
  name: string,
  origin: 'exchange' | 'module',
  show: typeof shownCas,
  line: string,
  fits = isMailbox
): Cmdlet {
  return { name, origin, parameters: parameters(line), run: call => select(call, fits, show) }
}

const readers: readonly Cmdlet[] = [
  reader(
    'Get-CASMailbox',
    'exchange',
    shownCas,
    `Identity@0< ResultSize:any ${details} ~ActiveSyncDebugLogging:switch ~ActiveSyncSuppressReadReceipt:switch ~Anr ~Credential:any ~Filter ~IgnoreDefaultScope:switch ~OrganizationalUnit ProtocolSettings:switch ~ReadIsOptimizedForAccessibility:switch ~RecalculateHasActiveSyncDevicePartnership:switch ~SortBy`
  ),
  reader(
    'Get-EXOCasMailbox',
    'module',
    shownCas,
    `${exoIdentities} ResultSize:any Properties:strings PropertySets:strings ProtocolSettings:switch ~Anr ~ActiveSyncDebugLogging:switch ~Filter ~GetImapProtocolLog:switch ~GetPopProtocolLog:switch ~IgnoreDefaultScope:switch ~OrganizationalUnit ~ReadIsOptimizedForAccessibility:switch ~SendLogsTo:strings`
  ),
  reader(
    'Get-Mailbox',
    'exchange',
    shownMailbox,
    `Identity@0< ResultSize:any ${details} ~Anr ~Archive:switch ~Filter ~GroupMailbox:switch ~InactiveMailboxOnly:switch ~IncludeInactiveMailbox:switch ~MailboxPlan ~Migration:switch ~OrganizationalUnit ~PublicFolder:switch ~SoftDeletedMailbox:switch ~SortBy`
  ),
  reader(
    'Get-EXOMailbox',
    'module',
    shownMailbox,
    `${exoIdentities} ResultSize:any ${details} Properties:strings PropertySets:strings ~Anr ~Archive:switch ~Async:switch ~Filter ~GroupMailbox:switch ~InactiveMailboxOnly:switch ~IncludeInactiveMailbox:switch ~MailboxPlan ~Migration:switch ~OrganizationalUnit ~PublicFolder:switch ~SoftDeletedMailbox:switch`
  ),
  reader(
    'Get-Recipient',
    'exchange',
    recipientOf,
    `Identity@0< ResultSize:any ${details} Properties:strings ~Anr ~AuthenticationType ~BookmarkDisplayName ~Capabilities ~Credential:any ~Filter ~IgnoreDefaultScope:switch ~IncludeSoftDeletedRecipients:switch ~OrganizationalUnit ~PropertySet ~RecipientPreviewFilter ~RecipientType:strings ~SortBy`,
    () => true
  )
]

/** Documented parameters of Set-CASMailbox that this tenant does not act on. */
const otherSwitches =
  '~ActiveSyncAllowedDeviceIDs:any ~ActiveSyncBlockedDeviceIDs:any ~ActiveSyncDebugLogging:bool ~ActiveSyncEnabled:bool ~ActiveSyncMailboxPolicy ~ActiveSyncSuppressReadReceipt:bool ~EwsAllowEntourage:bool ~EwsAllowList:any ~EwsAllowMacOutlook:bool ~EwsAllowOutlook:bool ~EwsApplicationAccessPolicy ~EwsBlockList:any ~EwsEnabled:bool ~ImapForceICalForCalendarRetrievalOption:bool ~ImapMessagesRetrievalMimeFormat ~ImapSuppressReadReceipt:bool ~ImapUseProtocolDefaults:bool ~IsOptimizedForAccessibility:bool ~MacOutlookEnabled:bool ~MAPIEnabled:bool ~OneWinNativeOutlookEnabled:bool ~OutlookMobileEnabled:bool ~OWAEnabled:bool ~OWAforDevicesEnabled:bool ~OwaMailboxPolicy ~PopForceICalForCalendarRetrievalOption:bool ~PopMessagesRetrievalMimeFormat ~PopSuppressReadReceipt:bool ~PopUseProtocolDefaults:bool ~PublicFolderClientAccess:bool ~ShowGalAsDefaultView:bool ~UniversalOutlookEnabled:bool'

const setCasMailbox: Cmdlet = {
  name: 'Set-CASMailbox',
  origin: 'exchange',
  parameters: parameters(
    'Identity!@0< ImapEnabled:bool PopEnabled:bool SmtpClientAuthenticationDisabled:bool? Confirm:switch=cf WhatIf:switch=wi',
    otherSwitches
  ),
  run(call) {
    const exchange = exchangeOf(call)
    const wanted = call.text('Identity')
    const found = findRecipients(exchange, wanted).filter(isMailbox)
    if (found.length !== 1) {
      call.error(found.length > 1 ? exchangeFault.ambiguous(call, wanted) : exchangeFault.notFound(call, wanted))
      return
    }
    const one = found[0] as Recipient
    const before = JSON.stringify(one)
    if (!confirmed(call, false, `Setting CASMailbox "${one.displayName}".`)) return
    if (call.has('ImapEnabled')) one.imapEnabled = call.flag('ImapEnabled')
    if (call.has('PopEnabled')) one.popEnabled = call.flag('PopEnabled')
    if (call.has('SmtpClientAuthenticationDisabled')) {
      const value = call.value('SmtpClientAuthenticationDisabled')
      one.smtpClientAuthenticationDisabled = value === null ? null : value === true
    }
    if (JSON.stringify(one) === before)
      call.warn(`The command completed successfully but no settings of '${one.displayName}' have been modified.`)
    else call.shell.session.store.changed()
  }
}

export const recipientCmdlets: readonly Cmdlet[] = [...readers, setCasMailbox]
