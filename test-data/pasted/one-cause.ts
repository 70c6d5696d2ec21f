// What people paste, for the tests: texts that name one cause, as servers, libraries and consoles print them.
import type { RowId } from '../../lib/diagnosis/dictionary.ts'

const guid = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const server = '[LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T08:20:58.366Z 08DB5BC5D2A4B2F1]'
const trace = `Trace ID: 1f6a92a9-f3a8-4071-889a-6a2ea88d9500 Correlation ID: 0d1a5c28-3487-4767-a690-9cc680689523 Timestamp: 2026-08-03 09:07:41Z`

/** Rows that a text names alone. */
export const alone: readonly (readonly [RowId, string])[] = [
  [
    'token-audience-graph',
    `535 5.7.3 Authentication unsuccessful ${server}\n{ "aud": "https://graph.microsoft.com", "roles": ["Mail.Send"] }`
  ],
  [
    'graph-mail-send-only',
    '"aud": "https://outlook.office365.com",\n"roles": [\n  "Mail.Send"\n],\n"exp": 1785744000, "oid": "x"'
  ],
  ['token-scope-ps-outlook', `A1 NO AUTHENTICATE failed.\nscope=https://ps.outlook.com/.default`],
  [
    'grant-never-landed',
    `Identity             User                 AccessRights                   IsInherited Deny
--------             ----                 ------------                   ----------- ----
invoices             NT AUTHORITY\\SELF    {FullAccess, ReadPermission}   False       False`
  ],
  [
    'grant-never-landed',
    'AccessRights : {FullAccess, ReadPermission}\nDeny : False\nUser : NT AUTHORITY\\SELF\nIdentity : invoices'
  ],
  ['principal-missing', '----- BEGIN MAIL OAUTH RECEIPT -----\nscript: undo\nprincipal: removed\nprotocols: IMAP'],
  ['principal-missing', 'The application is consented to in Entra but not registered in Exchange'],
  ['mailbox-not-in-exchange-online', 'PrimarySmtpAddress   : invoices@contoso.com\nRecipientTypeDetails : MailUser'],
  ['mailbox-not-in-exchange-online', 'RecipientTypeDetails : MailUniversalDistributionGroup'],
  ['mailbox-not-in-exchange-online', 'RecipientTypeDetails : GroupMailbox'],
  ['protocol-off', 'ImapEnabled : True\nPopEnabled  : False'],
  ['protocol-off', 'Name        : invoices\nImapEnabled : False'],
  ['authenticated-not-connected', 'A003 BAD User is authenticated but not connected.'],
  ['shared-user-syntax', 'Login failed for user admin@contoso.com\\invoices'],
  [
    'rbac-scope-empty',
    `RoleName                  GrantedPermissions AllowedResourceScope ScopeType  InScope
--------                  ------------------ -------------------- ---------  -------
Application SMTP.SendAsApp SMTP.SendAsApp    invoices             CustomRecipientScope False`
  ],
  ['rbac-scope-empty', 'AllowedResourceScope : invoices\nInScope              : False'],
  [
    'smtp-auth-off-tenant',
    `Invalid login: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. ${server}`
  ],
  [
    'smtp-auth-off-mailbox',
    `535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. ${server}`
  ],
  [
    'security-defaults',
    `(535, b"5.7.139 Authentication unsuccessful, user is locked by your organization’s security defaults policy. Contact your administrator. ${server}")`
  ],
  ['no-auth-sent', `530 5.7.57 Client not authenticated to send mail. ${server}`],
  [
    'send-as-denied',
    '554 5.2.252 SendAsDenied; invoices@contoso.com not allowed to send as info@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied'
  ],
  ['send-as-denied', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
  [
    'storedrv-logon-failure',
    '430 4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; Failed to process message due to a transient exception with message [BeginDiagnosticData]Cannot open mailbox.'
  ],
  ['smtp-auth-reset', 'SMTP worked fine for six weeks, since Monday every login is refused'],
  ['smtp-auth-reset', 'Our provider’s tool must have run: SMTP AUTH is disabled again on the mailbox.'],
  [
    'smtp-concurrency-limit',
    `432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. ${server}`
  ],
  ['smtp-concurrency-limit', '421 4.3.2 The maximum number of concurrent connections: sender thread limit exceeded'],
  [
    'submission-quota',
    '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception'
  ],
  [
    'secret-expired',
    `{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app \\u0027${guid}\\u0027 are expired. Visit the Azure portal to create new keys for your app.\\r\\n${trace}","error_codes":[7000222]}`
  ],
  [
    'app-not-in-directory',
    `AADSTS700016: Application with identifier '${guid}' was not found in the directory 'Contoso'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant. ${trace}`
  ],
  [
    'tenant-mistyped',
    `AADSTS900023: Specified tenant identifier 'contosso' is neither a valid DNS name, nor a valid external domain. ${trace}`
  ],
  ['tenant-mistyped', `AADSTS90002: Tenant '${guid}' not found. Check to make sure you have the correct tenant ID.`],
  [
    'single-scope-refused',
    'AADSTS1002012: The provided value for scope https://outlook.office365.com/IMAP.AccessAsApp is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).'
  ],
  [
    'roles-missing',
    `{ "aud": "https://outlook.office365.com", "appid": "${guid}", "exp": 1785744000, "oid": "${guid}", "ver": "1.0" }`
  ],
  ['roles-missing', 'The token decodes to "roles": []'],
  [
    'exchange-resource-missing',
    `AADSTS500011:+The+resource+principal+named+https://outlook.office365.com+was+not+found+in+the+tenant+named+Contoso.`
  ],
  [
    'app-without-sp',
    `AADSTS7000229: The client application ${guid} is missing service principal in the tenant ${guid}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119 ${trace}`
  ],
  [
    'replication-not-found',
    `{"error":{"code":"Request_ResourceNotFound","message":"Resource '${guid}' does not exist or one of its queried reference-property objects are not present.","innerError":{"date":"2026-08-03T09:13:22","request-id":"${guid}","client-request-id":"${guid}"}}}`
  ],
  ['replication-not-found', `Not a valid reference update.`],
  [
    'replication-not-found',
    `"message":"The appId '${guid}' of the service principal does not reference a valid application object.","details":[{"code":"NoBackingApplicationObject"}]`
  ],
  ['consent-too-early', 'Unable to set grant admin consent.  See results of each attempts'],
  [
    'consent-too-early',
    `Bad Request: Application '${guid}' is requesting permissions that are either invalid or out of date.`
  ],
  [
    'insufficient-privileges',
    `{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete\nthe operation."}}`
  ],
  [
    'credential-policy',
    "Credential lifetime exceeds the max value allowed as per assigned policy 'Default app management tenant policy'."
  ],
  ['credential-policy', `{"code":"CredentialTypeNotAllowedAsPerAppPolicy","message":"Credential type not allowed"}`],
  [
    'role-id-not-on-resource',
    'Grant consent failed with error: Claim is invalid: c97b873f-f59f-49aa-8a0e-52b32d762124 does not exist on resource application 00000002-0000-0ff1-ce00-000000000000. [cykiIH9996kFa8pv36jfoC]'
  ],
  ['role-id-not-on-resource', 'AADSTS650051: Claim is invalid'],
  ['entitlement-mismatch', 'AADSTS65006: There are no entitlements matching the request.'],
  [
    'consent-loop',
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=x&prompt=consent&scope=openid'
  ],
  ['consent-loop', 'The page “Approval required” comes again after the admin has approved'],
  [
    'sp-already-exists',
    'The service principal cannot be created, updated, or restored because the service principal name ' +
      `${guid} is already in use.`
  ],
  ['wrong-app-by-name', 'There are more than one application with the display name Mail connector'],
  ['grant-without-sp', "Error: Cannot read properties of undefined (reading 'id')"],
  [
    'cmdlet-not-recognized',
    `New-ServicePrincipal : The term 'New-ServicePrincipal' is not recognized as the name of a cmdlet, function,
script file, or operable program.`
  ],
  [
    'cmdlet-not-recognized',
    "Remove-MailboxPermission: The term 'Remove-MailboxPermission' is not recognized as a name of a cmdlet"
  ],
  ['cmdlet-not-recognized', "The term 'Add-RecipientPermission' is not recognized as the name of a cmdlet"],
  ['cmdlet-not-recognized', "The term 'Connect-ExchangeOnline' is not recognized as the name of a cmdlet"],
  [
    'cmdlet-not-recognized',
    `New-ServicePrincipal : Die Benennung "New-ServicePrincipal" wurde nicht als Name eines Cmdlet, einer Funktion, einer
Skriptdatei oder eines ausführbaren Programms erkannt.
In Zeile:1 Zeichen:1
+ New-ServicePrincipal -AppId ${guid} ...
+ ~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : ObjectNotFound: (New-ServicePrincipal:String) [], CommandNotFoundException
    + FullyQualifiedErrorId : CommandNotFoundException`
  ],
  [
    'no-management-role',
    `The user "admin@partner.com" isn't assigned to any management roles. For permissions to manage, contact your administrator.`
  ],
  ['wrong-tenant', 'Connect-ExchangeOnline -Organization 0a1b2c3d-1111-4222-8333-444455556666'],
  ['grant-to-every-sp', 'Every service principal in the tenant now has full access to the mailbox'],
  [
    'grant-to-every-sp',
    'Get-ServicePrincipal | ForEach-Object { Add-MailboxPermission -Identity invoices -User $_.Identity }'
  ],
  ['wam-failure', 'Error Acquiring Token: Unknown Status: Unexpected Error: 0xffffffff80070520 Context: (pii)'],
  ['wam-failure', 'WAM Error Error Code: 3399614466 Error Message: ApiContractViolation'],
  [
    'module-conflict',
    "Could not load file or assembly 'System.IdentityModel.Tokens.Jwt, Version=8.6.0.0, Culture=neutral'."
  ],
  [
    'powershell-too-old',
    "The version of PowerShell on this computer is '7.4.6'. The module 'ExchangeOnlineManagement.psd1' requires a minimum Windows PowerShell version of '7.6' to run."
  ],
  [
    'powershellget-missing',
    "Update-ModuleManifest : The term 'Update-ModuleManifest' is not recognized as the name of a cmdlet"
  ],
  [
    'tenant-dehydrated',
    "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization."
  ],
  [
    'organization-refused',
    "New-ServicePrincipal : A parameter cannot be found that matches parameter name 'Organization'."
  ],
  ['service-id-deprecated', `New-ServicePrincipal -AppId ${guid} -ServiceId ${guid} -DisplayName x`],
  ['silent-outage', 'There have been no new tickets from mail since Tuesday and nothing in the log'],
  ['wrong-cloud', 'AADSTS900382: Confidential Client is not supported in Cross Cloud request.'],
  ['wrong-cloud', 'Our tenant is in GCC High and the program connects to outlook.office365.com'],
  ['grants-add-up', 'The RBAC scope holds one group, but every mailbox can be opened by the app'],
  ['safe-attachments-scan', 'FETCH failed for UID 4711: ATP Scan In Progress']
]
