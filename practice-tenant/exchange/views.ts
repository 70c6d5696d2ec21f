// How objects are shown when a script does not say: the columns that Exchange's and PowerShell's own format files name.
// The rule it keeps: a type without a view is a table up to four properties and a list beyond.

import { customObject, PSObject, type Value } from './values.ts'

export type Column = { name: string; width?: number }

export const exchangeTypes = {
  servicePrincipal: 'Microsoft.Exchange.Data.Directory.Management.ServicePrincipalPresentationObject',
  mailboxPermission: 'Microsoft.Exchange.Management.RecipientTasks.MailboxAcePresentationObject',
  recipientPermission: 'Microsoft.Exchange.Management.RecipientTasks.RecipientAcePresentationObject',
  casMailbox: 'Microsoft.Exchange.Data.Directory.Management.CASMailbox',
  mailbox: 'Microsoft.Exchange.Data.Directory.Management.Mailbox',
  recipient: 'Microsoft.Exchange.Data.Directory.Management.ReducedRecipient',
  transport: 'Microsoft.Exchange.Data.Directory.SystemConfiguration.TransportConfigContainer',
  organization: 'Microsoft.Exchange.Data.Directory.Management.OrganizationConfig',
  connection: 'Microsoft.Exchange.Management.ExoPowershellSnapin.ConnectionInformation'
} as const

const columns = (...names: string[]): readonly Column[] => names.map(name => ({ name }))

const tables: Readonly<Record<string, readonly Column[]>> = {
  [exchangeTypes.servicePrincipal]: columns('DisplayName', 'ObjectId', 'AppId'),
  [exchangeTypes.mailboxPermission]: [
    { name: 'Identity', width: 20 },
    { name: 'User', width: 20 },
    { name: 'AccessRights', width: 59 },
    { name: 'IsInherited', width: 11 },
    { name: 'Deny', width: 5 }
  ],
  [exchangeTypes.recipientPermission]: columns('Identity', 'Trustee', 'AccessControlType', 'AccessRights'),
  [exchangeTypes.casMailbox]: columns(
    'Name',
    'ActiveSyncEnabled',
    'OWAEnabled',
    'PopEnabled',
    'ImapEnabled',
    'MapiEnabled',
    'SmtpClientAuthenticationDisabled'
  ),
  [exchangeTypes.mailbox]: columns('Name', 'Alias', 'Database', 'ProhibitSendQuota', 'ExternalDirectoryObjectId'),
  [exchangeTypes.recipient]: columns('Name', 'RecipientType'),
  'System.Collections.DictionaryEntry': [
    { name: 'Name', width: 30 },
    { name: 'Value', width: 89 }
  ],
  'System.Version': columns('Major', 'Minor', 'Build', 'Revision'),
  'System.Management.Automation.PSModuleInfo': columns('ModuleType', 'Version', 'Name', 'ExportedCommands'),
  'Microsoft.PowerShell.Commands.GroupInfo': columns('Count', 'Name', 'Group'),
  'System.Management.Automation.CmdletInfo': columns('CommandType', 'Name', 'Version', 'Source')
}

const alwaysLists = new Set<string>([exchangeTypes.transport, exchangeTypes.organization, exchangeTypes.connection])
alwaysLists.add('Microsoft.PowerShell.Commands.GenericMeasureInfo')

/** The table's columns for objects like this one; undefined when they are shown as a list. `fixed`: the view names them. */
export function viewOf(
  type: string,
  names: readonly string[]
): { columns: readonly Column[]; fixed: boolean } | undefined {
  const table = tables[type]
  if (table) return { columns: table, fixed: true }
  if (alwaysLists.has(type) || names.length > 4 || names.length === 0) return undefined
  return { columns: columns(...names), fixed: false }
}

/** The view's name of a value: custom objects share one whatever their members. */
export function viewType(value: Value): string {
  return value instanceof PSObject ? value.type : customObject
}
