// Rows of the failure dictionary: the Exchange Online PowerShell.
import type { Row } from './row.ts'
import { cmdlet, connectPage, modulePage, named, protocolsPage, repositories, threads } from './sources.ts'

const { exchangeDeveloperDocs, mailKit, powershellDocs } = repositories

/** Every command of the module that this product prints, and those of guides. */
const cmdlets = `(?:${[
  '(?:Connect|Disconnect)-ExchangeOnline',
  'Get-ConnectionInformation',
  'Get-(?:Organization|Transport)Config',
  '(?:New|Get|Remove|Set|Test)-ServicePrincipal(?:Authorization)?',
  '(?:Add|Get|Remove)-(?:Mailbox|Recipient)Permission',
  '(?:Get|Set)-CASMailbox',
  'Get-(?:Recipient|Mailbox|ManagementRoleAssignment)',
  'New-Management(?:Scope|RoleAssignment)'
].join('|')})`

export const rowsOfPowerShell = [
  {
    id: 'cmdlet-not-recognized',
    title: 'The session does not have this command',
    symptom: 'PowerShell says that New-ServicePrincipal, or another command of Exchange Online, is not recognized.',
    cause:
      'The module is not installed, nothing is connected, or the role does not include the command: Connect-ExchangeOnline loads only what is permitted.',
    fix: [
      'Install the module where Connect-ExchangeOnline itself is missing: Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser.',
      'Connect with Connect-ExchangeOnline first.',
      'Use an account that is Exchange Administrator or in Organization Management.',
      'Activate the role first if it is eligible in Privileged Identity Management.'
    ],
    sources: [
      ...threads(exchangeDeveloperDocs, 300, 301),
      ...threads(mailKit, 1126),
      named('azure-powershell, thread 25163')
    ],
    trust: 'A',
    signs: [
      new RegExp(`\\b${cmdlets}\\b.{0,60}is not recognized`, 'i'),
      // The part that Windows PowerShell translates into no language: ObjectNotFound: (New-ServicePrincipal:String) []
      new RegExp(`\\(${cmdlets}:String\\) ?\\[\\]`, 'i')
    ]
  },
  {
    id: 'no-management-role',
    title: 'The account has no Exchange role in this organization',
    symptom: 'Exchange Online says that the user isn’t assigned to any management roles.',
    cause: 'A partner signed in without naming the customer, or has no role there.',
    fix: [
      'Ask the customer for an Exchange role (GDAP).',
      'Connect with Connect-ExchangeOnline -DelegatedOrganization <customer>.'
    ],
    sources: [...threads(powershellDocs, 6271), connectPage],
    trust: 'A',
    signs: [/isn't assigned to any management roles/i]
  },
  {
    id: 'wrong-tenant',
    title: 'The commands ran in another tenant',
    symptom: 'The commands succeed, but in the wrong tenant.',
    cause:
      'The parameter -Organization of Connect-ExchangeOnline is documented only for certificates and managed identities. A partner lands in their own tenant.',
    fix: [
      'Disconnect with Disconnect-ExchangeOnline.',
      'Connect again with -UserPrincipalName, or with -DelegatedOrganization as a partner.',
      'Check (Get-ConnectionInformation).TenantID before anything else.'
    ],
    sources: [protocolsPage, cmdlet('Connect-ExchangeOnline'), cmdlet('Get-ConnectionInformation')],
    trust: 'A/C',
    signs: [
      /\bConnect-ExchangeOnline\b[^|;]{0,200}?-Organization\b(?![^|;]{0,200}-(?:Certificate|ManagedIdentity))/i,
      /\b(?:wrong|another|other) tenant\b.{0,80}\bconnected\b|\bconnected to (?:the )?(?:wrong |another |other )?tenant\b/i
    ]
  },
  {
    id: 'grant-to-every-sp',
    title: 'The script gives rights to every application',
    symptom: 'A script grants mailboxes to all service principals.',
    cause: 'Get-ServicePrincipal lists all of them when its identity is empty or not known.',
    fix: [
      'Filter the answer of Get-ServicePrincipal by AppId, and stop unless exactly one is left.',
      'Look through the mailboxes for rights that were given to others, and remove them.'
    ],
    sources: [cmdlet('Get-ServicePrincipal')],
    trust: 'A',
    signs: [
      /Get-ServicePrincipal\b(?: -Identity \$\w{1,40})? ?\| ?(?:ForEach-Object|foreach|%)[^}]{0,200}Add-MailboxPermission/i,
      /\b(?:every|all) service principals?\b.{0,60}\b(?:full ?access|rights?|permissions?|grant)/i,
      /\b(?:full ?access|rights?|permissions?|grant\w*)\b.{0,60}\b(?:every|all) service principals?\b/i
    ]
  },
  {
    id: 'wam-failure',
    title: 'The sign-in window of Windows fails',
    symptom: 'Connect-ExchangeOnline hangs, or shows a WAM error, 0xffffffff80070520 or 3399614466.',
    cause:
      'From module 3.7.0 on the sign-in goes through the broker of Windows by default. GDAP, GCC High and unusual hosts suffer most.',
    fix: ['Connect with -DisableWAM, from module 3.7.2 on.', 'Use PowerShell 7 and -Device where that does not help.'],
    sources: [
      named('msgraph-sdk-powershell, thread 3613'),
      named('Microsoft365DSC, thread 6469'),
      ...threads('ever-ag/Brie-IT-Agent', 74),
      cmdlet('Connect-ExchangeOnline')
    ],
    trust: 'A',
    signs: [/0xf{0,8}80070520\b/i, /\b3399614466\b/, /\bWAM\b.{0,20}\b(?:error|exception)\b/i]
  },
  {
    id: 'module-conflict',
    title: 'Another module in the same window is in the way',
    symptom: 'PowerShell could not load System.IdentityModel.Tokens.Jwt, or a type.',
    cause:
      'The window already holds the module of Microsoft Graph, Az or AzureAD, with other versions of the same files.',
    fix: ['Open a fresh window and connect to Exchange Online first.', 'Use one module a window.'],
    sources: [connectPage, named('msgraph-sdk-powershell, thread 3290')],
    trust: 'A',
    signs: [
      /Could not load .{0,40}(?:System\.IdentityModel\.|Microsoft\.Identity(?:Model)?\.|Microsoft\.OData\.)/i,
      /Could not load type '(?:System\.IdentityModel|Microsoft\.Identity|Microsoft\.Graph)/i
    ]
  },
  {
    id: 'powershell-too-old',
    title: 'The module wants a newer PowerShell',
    symptom: 'ExchangeOnlineManagement does not load in PowerShell 7.4 or 7.5.',
    cause: 'From 3.10.0 (June 2026) the module wants PowerShell 7.6. Windows PowerShell 5.1 is not affected.',
    fix: ['Use PowerShell 7.6 or Windows PowerShell 5.1.', 'Install module 3.9.2 where neither is possible.'],
    sources: [modulePage],
    trust: 'A',
    signs: [/ExchangeOnlineManagement.{0,240}(?:minimum|requires?).{0,60}(?:PowerShell )?version.{0,40}7\.\d/i]
  },
  {
    id: 'powershellget-missing',
    title: 'PowerShellGet is missing or too old',
    symptom: 'PowerShell says that Update-ModuleManifest is not recognized.',
    cause: 'The modules PowerShellGet and PackageManagement are missing or outdated.',
    fix: ['Install PackageManagement and PowerShellGet first, open a new window, and install the module again.'],
    sources: [connectPage, ...threads(mailKit, 1126)],
    trust: 'A',
    signs: [/Update-ModuleManifest\b.{0,60}is not recognized/i]
  },
  {
    id: 'tenant-dehydrated',
    title: 'The tenant is not ready for custom roles yet',
    symptom: 'Exchange Online says: you first need to run the command: Enable-OrganizationCustomization.',
    cause: 'Microsoft keeps a new tenant’s settings in a short form until somebody changes them.',
    fix: ['Run Enable-OrganizationCustomization once, and wait a while.', 'Run the command again.'],
    sources: [named('Microsoft365DSC, thread 136'), ...threads(powershellDocs, 7519)],
    trust: 'A/C',
    signs: [/need to run the command: ?Enable-OrganizationCustomization/i]
  },
  {
    id: 'organization-refused',
    title: 'New-ServicePrincipal does not take -Organization',
    symptom: 'New-ServicePrincipal refuses the parameter -Organization.',
    cause: 'The parameter is reserved, for Security & Compliance PowerShell.',
    fix: ['Run the command again without -Organization.'],
    sources: [cmdlet('New-ServicePrincipal'), protocolsPage],
    trust: 'A',
    signs: [
      /parameter cannot be found that matches parameter name 'Organization'/i,
      /New-ServicePrincipal\b[^|;]{0,200}-Organization\b/i
    ]
  },
  {
    id: 'service-id-deprecated',
    title: 'The guide is older than July 2023',
    symptom: 'A guide’s New-ServicePrincipal command uses -ServiceId.',
    cause: 'Microsoft replaced -ServiceId by -ObjectId in July 2023.',
    fix: ['Write -ObjectId in its place, with the Object ID of the enterprise application.'],
    sources: [...threads(powershellDocs, 11036), cmdlet('New-ServicePrincipal')],
    trust: 'A',
    signs: [/parameter name 'ServiceId'/i, /New-ServicePrincipal\b[^|;]{0,200}-ServiceId\b/i]
  }
] as const satisfies readonly Row[]
