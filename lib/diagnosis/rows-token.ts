// Rows of the failure dictionary: the token endpoint gives no token, or not the right one.
import type { Row } from './row.ts'
import { file, inside, named, protocolsPage, repositories, threads, zammadErrors } from './sources.ts'

const { cipp, mailKit, postfixRelay, proxy } = repositories

export const rowsOfToken = [
  {
    id: 'secret-id-pasted',
    title: 'The secret’s ID stands where its value belongs',
    symptom: 'The token endpoint answers AADSTS7000215, invalid client secret.',
    cause: 'The portal shows a Value and a Secret ID beside each other. The Secret ID is not the secret.',
    fix: [
      'Compare what your program holds with the Value: a Secret ID has five groups of hexadecimal digits.',
      'Create another client secret if the Value is lost, and copy its Value at once.'
    ],
    apart: 'Look at what your program holds: it has the shape 1a2b3c4d-0000-0000-0000-000000000000.',
    sources: [
      inside(cipp, 'CIPPDeploymentStep.jsx'),
      ...threads('OfficeDev/microsoft-365-agents-toolkit', 8621),
      zammadErrors
    ],
    trust: 'A'
  },
  {
    id: 'secret-too-new',
    title: 'The client secret is not active yet',
    symptom: 'The token endpoint answers AADSTS7000215 seconds after the secret was created.',
    cause: 'Microsoft is still copying the new secret. That can take minutes.',
    fix: ['Wait a minute and try again, several times.', 'Keep this secret: another one would begin anew.'],
    apart: 'Look at the clock: the secret is only minutes old.',
    sources: [inside(cipp, 'CippTenantModeDeploy.jsx, comment')],
    trust: 'A'
  },
  {
    id: 'secret-mangled',
    title: 'The client secret changes on its way, or belongs to another application',
    symptom: 'The token endpoint answers AADSTS7000215 although the Value was copied right.',
    cause:
      'The program sends special characters such as ~ unencoded, or the client ID and the tenant ID do not belong together.',
    fix: [
      'Send the secret form-encoded (application/x-www-form-urlencoded).',
      'Compare the client ID and the tenant ID with the application’s Overview page.'
    ],
    apart: 'Try the same secret with curl --data-urlencode: it is accepted there.',
    sources: [named('freescout, thread 5550'), named('Microsoft365DSC, thread 2586')],
    trust: 'C/B'
  },
  {
    id: 'secret-expired',
    title: 'This client secret has expired',
    symptom: 'The token endpoint answers AADSTS7000222.',
    cause: 'Microsoft knows the secret, and its last day has passed.',
    fix: [
      'Create a new client secret and put it in the place of the old one.',
      'Note its last day, and renew it before.'
    ],
    sources: [...threads('n8n-io/n8n', 22567), named('azure-docs, thread 48669')],
    trust: 'A',
    aadsts: [7000222],
    signs: [/client secret keys for app .{0,80} are expired/i]
  },
  {
    id: 'app-not-in-directory',
    title: 'This tenant does not know the application (client) ID',
    symptom: 'The token endpoint answers AADSTS700016, application not found in the directory.',
    cause: 'The client ID is wrong, or it belongs to another tenant.',
    fix: ['Compare the Application (client) ID and the Directory (tenant) ID with the application’s Overview page.'],
    sources: [...threads(proxy, 221), named('office365-rest-python-client, thread 797'), zammadErrors],
    trust: 'A',
    aadsts: [700016],
    signs: [/Application with identifier .{0,120} was not found in the directory/i]
  },
  {
    id: 'tenant-mistyped',
    title: 'Microsoft does not know this tenant',
    symptom:
      'The token endpoint answers AADSTS900023 or AADSTS90002: the tenant identifier is not valid, or not found.',
    cause: 'The directory (tenant) ID does not exist in this cloud.',
    fix: ['Copy the Directory (tenant) ID again from the application’s Overview page, or look it up by a domain name.'],
    sources: [zammadErrors, inside(cipp, 'Get-NormalizedError.ps1')],
    trust: 'A',
    aadsts: [900023, 90002],
    signs: [/tenant identifier .{0,120} is neither/i]
  },
  {
    id: 'single-scope-refused',
    title: 'An application asks for one scope only: /.default',
    symptom: 'The token endpoint refuses a scope such as IMAP.AccessAsApp.',
    cause: 'With client credentials Microsoft takes exactly one scope, and it ends in /.default.',
    fix: ['Request the scope https://outlook.office365.com/.default and nothing else.'],
    sources: [...threads(mailKit, 1126), protocolsPage],
    trust: 'A',
    // "Client credential flows must have a scope value with /.default suffixed", and its older form
    // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    aadsts: [1002012, 70011],
    signs: [/scope value with \/\.default suffixed/i]
  },
  {
    id: 'roles-missing',
    title: 'The token does not hold the permissions',
    symptom: 'A token arrives, and its roles are missing or old.',
    cause: 'Admin consent was not granted, or the token is older than the consent.',
    fix: [
      'Check that admin consent is granted for the permissions of Office 365 Exchange Online.',
      'Wait a few minutes after the consent.',
      'Request a new token past the cache: restart the program, or tell its library to skip the cache.'
    ],
    apart: 'Decode the token: its roles are missing, or do not name the protocol.',
    sources: [...threads('microsoftgraph/microsoft-graph-docs', 4765, 10907), named('azure-docs, thread 84585')],
    trust: 'B',
    signs: [
      /"roles" ?: ?\[ ?\]/i,
      // A decoded token of an application for Exchange Online, without any roles; a person’s has scp in their place.
      {
        has: [
          /"aud" ?: ?"(?:https:\/\/outlook\.office365\.com|00000002-0000-0ff1-ce00-000000000000)/i,
          /"(?:appid|oid)" ?:/i,
          /"exp" ?:/i
        ],
        lacks: [/"(?:roles|scp)" ?:/i]
      }
    ]
  },
  {
    id: 'exchange-resource-missing',
    title: 'The tenant does not have the resource that the token is for',
    symptom: 'The token endpoint answers AADSTS500011, resource principal not found.',
    cause: 'Nothing of Office 365 Exchange Online was granted in this tenant, or the tenant is the wrong one.',
    fix: [
      'Check the scope: https://outlook.office365.com/.default.',
      'Check that the tenant uses Exchange Online, and that its ID is the right one.',
      'Add the permissions of Office 365 Exchange Online and grant admin consent.'
    ],
    sources: [file(postfixRelay, 'scripts/probe-smtp-xoauth2.py')],
    trust: 'B',
    aadsts: [500011],
    signs: [/resource principal named .{0,200} was not found in the tenant/i]
  },
  {
    id: 'ca-blocks-app',
    title: 'Conditional Access blocks the application',
    symptom: 'The token endpoint answers AADSTS53003 when the application asks for its own token.',
    cause: 'A Conditional Access policy for workload identities applies to this application.',
    fix: ['Ask who manages Conditional Access to exempt the application, or to allow the place it signs in from.'],
    apart: 'Look at who asked: nobody was signing in, a program asked for its own token.',
    sources: [...threads('microsoft/botbuilder-dotnet', 6759), inside(cipp, 'Get-NormalizedError.ps1')],
    trust: 'B'
  },
  {
    id: 'app-without-sp',
    title: 'The application has no enterprise application in this tenant',
    symptom: 'The token endpoint answers AADSTS7000229, missing service principal, since spring 2026.',
    cause: 'Microsoft Entra signs in only applications that have a service principal in the tenant.',
    fix: ['Open the application in App registrations and create its enterprise application from the Overview page.'],
    sources: threads('tarickb/sasl-xoauth2', 76),
    trust: 'B',
    aadsts: [7000229],
    signs: [/missing service principal in the tenant/i]
  }
] as const satisfies readonly Row[]
