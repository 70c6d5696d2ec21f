// Programs with a form or a file of settings: their names for the values, as far as their public pages show them.

import { field, fieldsNamed, servers } from './program-fields.ts'
import { type Program, type SampleInput, theGrant } from './sample.ts'

const entraNames = {
  clientId: 'Application (client) ID',
  tenantId: 'Directory (tenant) ID',
  secret: 'Client secret'
} as const

const namesNotShown = 'Its own names for the fields: the stored copy of its page that we read ends before them.'

export const chilkat = (input: SampleInput): Program => ({
  id: 'chilkat',
  name: 'Chilkat',
  does: 'A library for many languages.',
  uses: ['IMAP', 'POP', 'SMTP'],
  fields: [
    ...fieldsNamed(input, {
      tokenEndpoint: 'Token endpoint',
      clientId: 'client_id',
      secret: 'client_secret',
      scope: 'scope'
    }),
    field('grant_type', theGrant),
    ...servers(input, ['IMAP', 'POP', 'SMTP']),
    field('User name', input.mailbox)
  ],
  files: [],
  notConfirmed: [
    'The names of Chilkat’s own properties for the token: look them up in its reference for your language.'
  ],
  sources: ['https://cknotes.com/office365-app-setup-smtp-pop-imap-oauth2-client-credentials/']
})

export const eaOauthService = (input: SampleInput): Program => ({
  id: 'ea-oauth-service',
  name: 'EA Oauth Service (EmailArchitect)',
  does: 'A Windows service that stands between Microsoft and a program that knows only a user name and a password.',
  uses: ['IMAP', 'POP', 'SMTP'],
  fields: [...fieldsNamed(input, { ...entraNames, user: 'Mailbox' }), ...servers(input, ['IMAP', 'POP', 'SMTP'])],
  files: [],
  notConfirmed: [
    'Its names for the fields: we could not read its pages, only a guide that was made after them.',
    'That guide names a permission SMTP.AccessAsApp. There is none: Microsoft’s is SMTP.SendAsApp, which this setup has if SMTP was chosen.'
  ],
  sources: ['https://www.emailarchitect.net/eaoauth/kb/azure_application_pop_imap_grant.aspx']
})

export const contensis = (input: SampleInput): Program => ({
  id: 'contensis',
  name: 'Contensis',
  does: 'Sends the content management system’s own mail. In the Management Console, under Global Settings.',
  uses: ['SMTP'],
  fields: [...servers(input, ['SMTP']), ...fieldsNamed(input, { ...entraNames, user: 'Sender' })],
  files: [],
  notConfirmed: ['Its own names for the settings, other than EmailSMTPHost for the server.'],
  sources: [
    'https://www.contensis.com/help-and-docs/guides/setting-up-contensis/setting-up-oauth2-smtp-authentication-for-microsoft-365',
    'https://www.contensis.com/help-and-docs/guides/setting-up-contensis/configuring-smtp-for-sending-emails'
  ]
})

export const docOrigin = (input: SampleInput): Program => ({
  id: 'docorigin',
  name: 'DocOrigin',
  does: 'Sends documents. In DocOriginSendMailServer.prm, since version 3.3.010.01.',
  uses: ['SMTP'],
  fields: [
    ...fieldsNamed(input, { clientId: '-oauth.client_id', secret: '-oauth.client_secret', scope: '-oauth.scope' }),
    field('-oauth.grant_type', theGrant),
    ...fieldsNamed(input, { tokenEndpoint: 'Token endpoint', user: 'Sender' }),
    ...servers(input, ['SMTP'])
  ],
  files: [],
  notConfirmed: [
    'What the setting for the token endpoint is called: its folder DO/Bin has an example, SampleOAuthOutlook_DocOriginSendMailServer.prm. The other names follow its rule, -oauth. and Microsoft’s own name.'
  ],
  sources: ['https://docs.docorigin.com/reference-manual/sendmail/oauth-2-0-support']
})

export const fiorano = (input: SampleInput): Program => ({
  id: 'fiorano',
  name: 'Fiorano (mail adapter)',
  does: 'Retrieves mail by IMAP. Under Managed Connection Factory.',
  uses: ['IMAP'],
  fields: [
    ...servers(input, ['IMAP'], 'MailserverURL', 'MailServer Port'),
    field('Authentication Type', 'OAUTH2'),
    ...fieldsNamed(input, { user: 'Username', tokenEndpoint: 'Token URL' }),
    field('Request property grant_type', theGrant),
    ...fieldsNamed(input, {
      clientId: 'Request property client_id',
      scope: 'Request property scope',
      secret: 'Request property client_secret'
    })
  ],
  files: [],
  notConfirmed: [],
  sources: ['http://resources.fiorano.com/documentation/display/PUB/Configuring+IMAP+protocol+for+Outlook']
})

export const genio = (input: SampleInput): Program => ({
  id: 'genio',
  name: 'Genio (Quidgest)',
  does: 'Sends mail. In WebAdmin, under email server, with the authentication type OAuth2.',
  uses: ['SMTP'],
  fields: [
    ...servers(input, ['SMTP'], 'Server', 'Port'),
    ...fieldsNamed(input, {
      user: 'User',
      clientId: 'Client ID',
      secret: 'Client Secret',
      tokenEndpoint: 'Token Endpoint',
      scope: 'Scope'
    })
  ],
  files: [],
  notConfirmed: [],
  sources: ['https://geniodoc.quidgest.net/guides/tools/webadmin/email-server/xoauth2']
})

export const primeur = (input: SampleInput): Program => ({
  id: 'primeur-data-mover',
  name: 'Primeur Data Mover',
  does: 'Retrieves mail. Under Setup, Credentials, with the type Oauth2 Client Credential.',
  uses: ['IMAP', 'POP'],
  fields: [
    ...fieldsNamed(input, {
      clientId: 'Client Id',
      secret: 'Client secret',
      tokenEndpoint: 'Token Endpoint',
      scope: 'Scope',
      user: 'Email address'
    }),
    ...servers(input, ['IMAP', 'POP'])
  ],
  files: [],
  notConfirmed: [
    'That it was tried with Exchange Online: its page speaks of any provider, and calls the scope optional. Microsoft’s is not.'
  ],
  sources: [
    'https://docs.primeur.com/data-mover-1.21/transfer-protocols-and-connectors/client-connections/client-connection-pop3-or-imap/pop3-or-imap-credentials'
  ]
})

export const sageIntelligence = (input: SampleInput): Program => ({
  id: 'sage-enterprise-intelligence',
  name: 'Sage Enterprise Intelligence',
  does: 'Sends mail with the permission SMTP.SendAsApp.',
  uses: ['SMTP'],
  fields: [...fieldsNamed(input, { ...entraNames, scope: 'Scope', user: 'Sender' }), ...servers(input, ['SMTP'])],
  files: [],
  notConfirmed: [namesNotShown],
  sources: [
    'https://onlinehelp-beta.sageenterpriseintelligence.com/2026.R1/administrator/managesmtp/smtp-oauth-authentication'
  ]
})

export const serviceNow = (input: SampleInput): Program => ({
  id: 'servicenow',
  name: 'ServiceNow',
  does: 'Sends mail. First System OAuth, Application Registry; then System Mailboxes, Email Accounts, with the type SMTP.',
  uses: ['SMTP'],
  fields: [
    ...fieldsNamed(input, {
      clientId: 'Client ID',
      secret: 'Client Secret',
      tokenEndpoint: 'OAuth 2.0 token endpoint (v2)',
      scope: 'Scope'
    }),
    field('Authentication', 'OAUTH 2.0'),
    ...servers(input, ['SMTP'], 'Server', 'Port'),
    ...fieldsNamed(input, { user: 'User name' })
  ],
  files: [],
  notConfirmed: ['Which OAuth API Script the provider record names: its page on registering a provider tells.'],
  sources: [
    'https://www.servicenow.com/docs/r/platform-administration/configure-client-id-secret-email-auth.html',
    'https://www.servicenow.com/docs/r/australia/platform-administration/register-oauth-cred-flow.html',
    'https://www.servicenow.com/docs/r/australia/platform-administration/create-email-account-smtp.html'
  ]
})

export const xmpro = (input: SampleInput): Program => ({
  id: 'xmpro',
  name: 'XMPro',
  does: 'Sends mail. From version 4.6, in the Windows installer or the Terraform settings.',
  uses: ['SMTP'],
  fields: [...fieldsNamed(input, { ...entraNames, user: 'Sender' }), ...servers(input, ['SMTP'])],
  files: [],
  notConfirmed: [namesNotShown, 'Its dates for the end of basic authentication: Microsoft has moved them since.'],
  sources: ['https://documentation.xmpro.com/4.6/src/technical-reference/oauth-smtp-configuration.html']
})
