// The commands one by one, for whoever would rather type them or follow along. The rule: each can be read and run by itself;
// above a handful of mailboxes a list is made once and the commands after it loop.

import { addPermission, smtpIsOff } from './mailboxes.ts'
import { connectCommand } from './preflight.ts'
import { type PowerShell, ps, psJoin } from './quote.ts'
import { requireScriptInput, type ScriptInput } from './script-input.ts'

export type Snippet = { id: string; title: string; why: string; code: PowerShell }

/** Up to this many mailboxes get a command each. */
const commandEach = 10

/** In the order in which they are run. Throws UnsafeText where `scriptProblems` has any. */
export function snippets(given: ScriptInput): readonly Snippet[] {
  const input = requireScriptInput(given)
  return [
    {
      id: 'install-module',
      title: 'Install the Exchange Online module',
      why: 'Once on each computer, for your account only. It needs no administrator rights on the computer. If PowerShell asks whether to trust the repository, answer Y.',
      code: ps`Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser`
    },
    {
      id: 'import-module',
      title: 'Load the module',
      why: 'In a fresh window, because other Microsoft modules in the same window can keep it from loading.',
      code: ps`Import-Module -Name ExchangeOnlineManagement`
    },
    {
      id: 'connect',
      title: 'Connect to Exchange Online',
      why: input.delegatedOrganization
        ? 'Sign in with your own account; the organization named here is the one that is changed.'
        : 'Sign in as an Exchange Administrator of the tenant. If the sign-in window hangs, add -DisableWAM.',
      code: connectCommand(input)
    },
    {
      id: 'check-connection',
      title: 'Check which tenant you are in',
      why: `TenantID must read ${input.tenantId}${input.initialDomain ? `, and the name ${input.initialDomain}` : ''}.`,
      code: psJoin([
        ps`Get-ConnectionInformation | Format-List -Property ${['UserPrincipalName', 'TenantID']}`,
        ps`Get-OrganizationConfig | Format-List -Property Name`
      ])
    },
    {
      id: 'new-service-principal',
      title: 'Register the application in Exchange',
      why: 'The Object ID is the one of the enterprise application. Exchange may take a wrong one without a word, and every login then fails.',
      code: ps`New-ServicePrincipal -AppId ${input.appId} -ObjectId ${input.objectId} -DisplayName ${input.name}`
    },
    {
      id: 'get-service-principal',
      title: 'Look at what Exchange knows',
      why: `There must be one entry, and its ObjectId must read ${input.objectId}.`,
      code: ps`Get-ServicePrincipal | Where-Object { $_.AppId -eq ${input.appId} } | Format-List -Property ${['AppId', 'ObjectId', 'DisplayName', 'Identity', 'Sid']}`
    },
    ...(input.mailboxes.length > 0 ? mailboxSnippets(input) : []),
    {
      id: 'disconnect',
      title: 'Disconnect',
      why: 'Ends the connection to Exchange Online. The window can be closed.',
      code: ps`Disconnect-ExchangeOnline -Confirm:$false`
    }
  ]
}

function mailboxSnippets(input: ScriptInput): readonly Snippet[] {
  const list = input.mailboxes.length > commandEach
  const forEach = (command: (mailbox: PowerShell) => PowerShell) =>
    list
      ? ps`
          foreach ($mailbox in $mailboxes) {
            ${command(ps`$mailbox`)}
          }
        `
      : psJoin(input.mailboxes.map(mailbox => command(ps`${mailbox}`)))
  const found: Snippet[] = []
  if (list) {
    found.push({
      id: 'mailbox-list',
      title: 'Name the mailboxes',
      why: 'The commands below use this list, in the same window.',
      code: ps`$mailboxes = ${input.mailboxes}`
    })
  }
  found.push(
    {
      id: 'add-mailbox-permission',
      title: 'Open the mailboxes to the application',
      why: 'Full access for the application and nobody else. Without automatic mapping, which is for people with Outlook.',
      code: forEach(mailbox => addPermission(mailbox, ps`${input.objectId}`))
    },
    {
      id: 'get-mailbox-permission',
      title: 'Look at the permissions',
      why: 'Each mailbox must show FullAccess for the application. Exchange may show the application as a SID.',
      code: forEach(
        mailbox =>
          ps`Get-MailboxPermission -Identity ${mailbox} -User ${input.objectId} | Format-List -Property ${['User', 'AccessRights', 'Deny']}`
      )
    }
  )
  if (input.protocols.length > 0) {
    found.push({
      id: 'protocol-switches',
      title: 'Turn the protocols on where they are off',
      why: 'For these mailboxes only; the settings of the organization stay as they are.',
      code: protocolSwitches(input, list)
    })
  }
  return found
}

function protocolSwitches(input: ScriptInput, list: boolean): PowerShell {
  const { protocols } = input
  return psJoin([
    protocols.includes('SMTP')
      ? ps`$smtpOffForAll = (Get-TransportConfig).SmtpClientAuthenticationDisabled -eq $true`
      : ps``,
    ps`
      foreach ($mailbox in ${list ? ps`$mailboxes` : input.mailboxes}) {
        $cas = Get-CASMailbox -Identity $mailbox
        ${protocols.includes('IMAP') ? ps`if ($cas.ImapEnabled -eq $false) { Set-CASMailbox -Identity $mailbox -ImapEnabled $true }` : ps``}
        ${protocols.includes('POP') ? ps`if ($cas.PopEnabled -eq $false) { Set-CASMailbox -Identity $mailbox -PopEnabled $true }` : ps``}
        ${protocols.includes('SMTP') ? ps`if (${smtpIsOff}) { Set-CASMailbox -Identity $mailbox -SmtpClientAuthenticationDisabled $false }` : ps``}
      }
    `
  ])
}
