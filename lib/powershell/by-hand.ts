// Commands for what no script of the wizard does: shown to be run by hand.
// The rule it keeps: an address gets into a command as one literal; where there is none, its place is shown.

import { type PowerShell, ps, psJoin, textOf } from './quote.ts'

/** https://learn.microsoft.com/powershell/module/exchangepowershell/remove-serviceprincipal */
export const removeEntry = (objectId: string) => `Remove-ServicePrincipal -Identity ${objectId}`

const place = (mailbox: string | undefined) => (mailbox === undefined ? '<address>' : textOf(ps`${mailbox}`))

/** -Deny says that the entry to remove is one that denies; without it the one that allows is meant.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-mailboxpermission */
export const removeDenial = (user: string, mailbox?: string) =>
  `Remove-MailboxPermission -Identity ${place(mailbox)} -User ${user} -AccessRights FullAccess -InheritanceType All -Deny`

/** Above this many, one command in a loop. */
const commandEach = 10

/** Takes the application's FullAccess away from each, without asking each time.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/remove-mailboxpermission */
export function closeMailboxes(user: string, mailboxes: readonly string[]): string {
  const close = (mailbox: PowerShell) =>
    ps`Remove-MailboxPermission -Identity ${mailbox} -User ${user} -AccessRights FullAccess -InheritanceType All -Confirm:$false`
  if (mailboxes.length <= commandEach) return textOf(psJoin(mailboxes.map(mailbox => close(ps`${mailbox}`))))
  return textOf(ps`
    foreach ($mailbox in ${mailboxes}) {
      ${close(ps`$mailbox`)}
    }
  `)
}

const shown = ['Identity', 'User', 'UserSid', 'AccessRights', 'Deny']

/** https://learn.microsoft.com/powershell/module/exchangepowershell/get-mailboxpermission */
export const showGrants = (mailbox?: string) =>
  `Get-MailboxPermission -Identity ${place(mailbox)} | ${textOf(ps`Format-List -Property ${shown}`)}`
