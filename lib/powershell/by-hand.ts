// Commands for what no script of the wizard does: shown to be run by hand.
// The rule it keeps: an address gets into a command as one literal; where there is none, its place is shown.

import { ps, textOf } from './quote.ts'

/** https://learn.microsoft.com/powershell/module/exchangepowershell/remove-serviceprincipal */
export const removeEntry = (objectId: string) => `Remove-ServicePrincipal -Identity ${objectId}`

const place = (mailbox: string | undefined) => (mailbox === undefined ? '<address>' : textOf(ps`${mailbox}`))

/** -Deny says that the entry to remove is one that denies; without it the one that allows is meant.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-mailboxpermission */
export const removeDenial = (user: string, mailbox?: string) =>
  `Remove-MailboxPermission -Identity ${place(mailbox)} -User ${user} -AccessRights FullAccess -InheritanceType All -Deny`

const shown = ['Identity', 'User', 'UserSid', 'AccessRights', 'Deny']

/** https://learn.microsoft.com/powershell/module/exchangepowershell/get-mailboxpermission */
export const showGrants = (mailbox?: string) =>
  `Get-MailboxPermission -Identity ${place(mailbox)} | ${textOf(ps`Format-List -Property ${shown}`)}`
