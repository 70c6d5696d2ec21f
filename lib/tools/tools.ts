// The tools that need no sign-in. To add one: make its page, add one entry.

export type Tool = { href: string; title: string; says: string }

export const tools: readonly Tool[] = [
  {
    href: '/tools/powershell',
    title: 'Make the Exchange PowerShell',
    says: 'The same scripts as the wizard’s, from IDs that you paste: register the application in Exchange Online, open mailboxes to it, and take both back. For a tenant that no tool may enter, or for a colleague who runs the script.'
  },
  {
    href: '/tools/explain',
    title: 'Explain an error',
    says: 'Paste what Microsoft, a mail server, PowerShell or your program said. You get what it means, what to do, and Microsoft’s reference for support.'
  },
  {
    href: '/tools/check-output',
    title: 'Check what PowerShell printed',
    says: 'Paste a receipt, or what Get-ServicePrincipal, Get-MailboxPermission or Get-CASMailbox printed: which Object ID Exchange has, which mailboxes are open, and the script that repairs a wrong Object ID.'
  },
  {
    href: '/tools/own-application',
    title: 'Register an application for the wizard',
    says: 'How people sign in to this wizard: the clicks in the portal, the redirect address, the permissions and the settings. Needed where the wizard is hosted, and better where it runs on your own computer.'
  }
]
