// Rows of the failure dictionary: creating the application, its permissions and its consent, by Microsoft Graph.
import type { Row } from './row.ts'
import { inside, named, repositories, threads } from './sources.ts'

const { cipp, cippApi, powershellDocs, relayBridge } = repositories

export const rowsOfConsent = [
  {
    id: 'replication-not-found',
    title: 'Microsoft is still copying what was just created',
    symptom: 'Microsoft Graph answers 404 or 400: a resource does not exist, or a reference is not valid.',
    cause:
      'Microsoft Entra copies a new object to all its servers. No time is promised; more than five minutes were seen.',
    fix: ['Wait a little and try again, with growing pauses.', 'Keep what was created: it is there.'],
    sources: [...threads('Azure/bicep', 16811), ...threads('microsoftgraph/msgraph-bicep-types', 193)],
    trust: 'A',
    signs: [
      /one of its queried reference-property objects are not present/i,
      /Not a valid reference update/i,
      /does not reference a valid application object/i,
      /\bNoBackingApplicationObject\b/
    ]
  },
  {
    id: 'consent-too-early',
    title: 'The application is too new for admin consent',
    symptom: 'Admin consent fails for an application that was just created.',
    cause: 'Microsoft Entra has not copied the new application to all its servers yet.',
    fix: ['Wait half a minute and grant consent again, up to ten times.'],
    sources: [...threads('OfficeDev/Office-Addin-Scripts', 488), inside('pnp/powershell', 'RegisterEntraIDApp.cs')],
    trust: 'A',
    signs: [/Unable to set grant admin consent/i, /requesting permissions that are either invalid or out of date/i]
  },
  {
    id: 'insufficient-privileges',
    title: 'Microsoft did not allow this for your account',
    symptom: 'Microsoft Graph answers Insufficient privileges to complete the operation.',
    cause: 'The signed-in account lacks the directory role, or the tool lacks the permission, for this change.',
    fix: [
      'Check that the account is Cloud Application Administrator, Application Administrator or Global Administrator.',
      'Activate the role first if it is eligible in Privileged Identity Management, then sign in again.',
      'Check that the tool has the delegated permission for the change.'
    ],
    sources: [...threads('Azure-Samples/active-directory-dotnetcore-daemon-v2', 97), named('memdocs, thread 2811')],
    trust: 'B',
    signs: [/\bAuthorization_RequestDenied\b/, /Insufficient privileges/i]
  },
  {
    id: 'credential-policy',
    title: 'Your tenant’s policy limits client secrets',
    symptom:
      'Microsoft Graph says that the credential’s lifetime exceeds the allowed value, or that its type is not allowed.',
    cause: 'An app management policy limits how long a client secret may be valid, or forbids secrets.',
    fix: [
      'Look at the policy: Microsoft Graph shows it under policies/defaultAppManagementPolicy.',
      'Choose a shorter life for the secret, or use a certificate.',
      'Ask who manages the policy for an exemption.'
    ],
    sources: [...threads(cippApi, 1970), inside(cippApi, 'Update-AppManagementPolicy.ps1')],
    trust: 'A',
    signs: [
      /\bCredentialInvalidLifetimeAsPerAppPolicy\b|\bInvalidKeyEndDate\b/,
      /\bCredentialTypeNotAllowedAsPerAppPolicy\b/,
      /Credential lifetime exceeds/i,
      /Credential type not allowed/i
    ]
  },
  {
    id: 'role-id-not-on-resource',
    title: 'The tenant’s Exchange Online does not know this permission’s ID',
    symptom: 'Consent fails with AADSTS650051, or Claim is invalid: an ID does not exist on the resource application.',
    cause: 'The ID of the permission was written down elsewhere. This tenant’s Exchange Online does not know it.',
    fix: [
      'Read the ID from appRoles of the tenant’s own Office 365 Exchange Online service principal, by the permission’s name.'
    ],
    sources: [...threads(powershellDocs, 8853), ...threads(cipp, 1174, 1179)],
    trust: 'A',
    aadsts: [650051],
    signs: [/Claim is invalid: .{0,120} does not exist on resource application/i]
  },
  {
    id: 'entitlement-mismatch',
    title: 'The application declares a permission that the resource does not have',
    symptom: 'Consent fails with AADSTS65006, no entitlements matching.',
    cause:
      'The declaration holds a wrong permission ID, or the resource of a national cloud does not have it. One application saw it come and go in August 2026.',
    fix: [
      'Read the IDs from appRoles of the tenant’s own Office 365 Exchange Online service principal.',
      'Remove every permission that is not used.'
    ],
    sources: [...threads('pnp/powershell', 3761), ...threads('kellylford/QuickMail', 511, 529)],
    trust: 'B',
    aadsts: [65006],
    signs: [/\bno entitlements? match/i]
  },
  {
    id: 'consent-loop',
    title: 'The address asks for consent every time',
    symptom: 'Approval required returns after each consent.',
    cause: 'The sign-in address contains prompt=consent, so Microsoft asks anew whatever was granted.',
    fix: ['Remove prompt=consent from the sign-in address.'],
    sources: [...threads('zammad/zammad', 3963), ...threads('osTicket/osTicket', 5390)],
    trust: 'A',
    signs: [
      /[?&]prompt=consent\b/i,
      {
        has: [/\b(?:approval required|need admin approval)\b/i, /\b(?:again|still|keeps|each|every time)\b/i],
        lacks: []
      }
    ]
  },
  {
    id: 'sp-already-exists',
    title: 'The enterprise application is there already',
    symptom: 'Creating it fails: the service principal name is already in use.',
    cause: 'An earlier run made it.',
    fix: ['Compare the application (client) ID of the one that is there. Carry on if it is the same.'],
    sources: [...threads(cipp, 1142), inside(cipp, 'Set-CIPPSAMAdminRoles.ps1')],
    trust: 'A',
    signs: [/service principal name .{0,120}is already in use/i, /service principal .{0,80}already exists/i]
  },
  {
    id: 'wrong-app-by-name',
    title: 'Two applications have the same name',
    symptom: 'A script picks the wrong application, or finds several.',
    cause: 'The application was looked up by its display name, which need not be unique.',
    fix: ['Look it up by its application (client) ID.', 'Stop when more than one is found.'],
    sources: [inside(relayBridge, 'milestone-5-real-tenant-validation.md'), inside(cipp, 'its last match by name')],
    trust: 'A',
    signs: [
      /\b(?:more than one|multiple|several|two) (?:applications?|apps|service principals?|enterprise applications?)\b.{0,60}\b(?:same )?(?:display ?)?name\b/i
    ]
  },
  {
    id: 'grant-without-sp',
    title: 'The application has no enterprise application yet',
    symptom: 'A tool stops with Cannot read properties of undefined (reading ‘id’) while it grants consent.',
    cause: 'The tool looked for the application’s service principal and found none.',
    fix: ['Create the enterprise application (service principal) first, then grant consent again.'],
    sources: threads('pnp/cli-microsoft365', 6289),
    trust: 'A',
    signs: [/Cannot read propert(?:ies of undefined \(reading 'id'\)|y 'id' of undefined)/i]
  },
  {
    id: 'ca-blocks-admin',
    title: 'A policy bars this way of signing in',
    symptom: 'The administrator’s sign-in ends with AADSTS53003.',
    cause: 'Conditional Access or security defaults bar the device code flow, or the browser’s.',
    fix: [
      'Sign in the other way: in a browser in place of a device code, or the reverse.',
      'Ask who manages Conditional Access which way is allowed.'
    ],
    apart: 'Look at who asked: an administrator was signing in.',
    sources: [...threads('microsoft/Agent365-devTools', 323), inside(cipp, 'CippSAMDeploy.jsx')],
    trust: 'A'
  }
] as const satisfies readonly Row[]
