// The public sources of the failure dictionary, by name and, where it is known, by address.
import type { Source } from './row.ts'

const github = 'https://github.com'

/** Threads of one repository; pull requests too, as GitHub leads from one to the other. */
export const threads = (repository: string, ...numbers: readonly number[]): readonly Source[] =>
  numbers.map(number => ({ name: `${repository}, thread ${number}`, url: `${github}/${repository}/issues/${number}` }))

/** A file whose whole path is known. */
export const file = (repository: string, path: string): Source => ({
  name: `${repository}, ${path}`,
  url: `${github}/${repository}/blob/HEAD/${path}`
})

/** Something in a repository whose folder is not known: the address is the repository's. */
export const inside = (repository: string, what: string): Source => ({
  name: `${repository}, ${what}`,
  url: `${github}/${repository}`
})

export const page = (address: string): Source => ({ name: address, url: `https://${address}` })
export const named = (name: string): Source => ({ name })

/** A cmdlet's page. */
export const cmdlet = (name: string): Source => ({
  name: `Microsoft, ${name}`,
  url: `https://learn.microsoft.com/powershell/module/exchangepowershell/${name.toLowerCase()}`
})

export const repositories = {
  exchangeDeveloperDocs: 'MicrosoftDocs/office-developer-exchange-docs',
  exchangeDocs: 'MicrosoftDocs/OfficeDocs-Exchange',
  powershellDocs: 'MicrosoftDocs/office-docs-powershell',
  proxy: 'simonrob/email-oauth2-proxy',
  mailKit: 'jstedfast/MailKit',
  postfixRelay: 'sg1888/postfix-m365-relay',
  relayBridge: 'getrelaybridge/relaybridge',
  cipp: 'KelvinTegelaar/CIPP',
  cippApi: 'KelvinTegelaar/CIPP-API'
} as const

export const protocolsPage: Source = {
  name: 'Microsoft, Authenticate an IMAP, POP or SMTP connection using OAuth',
  url: 'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth'
}
export const smtpSubmissionPage: Source = {
  name: 'Microsoft, Enable or disable SMTP AUTH in Exchange Online',
  url: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission'
}
export const connectPage: Source = {
  name: 'Microsoft, Connect to Exchange Online PowerShell',
  url: 'https://learn.microsoft.com/powershell/exchange/connect-to-exchange-online-powershell'
}
export const modulePage: Source = {
  name: 'Microsoft, About the Exchange Online PowerShell module',
  url: 'https://learn.microsoft.com/powershell/exchange/exchange-online-powershell-v2'
}
export const smtpRbacPage = file(
  repositories.exchangeDeveloperDocs,
  'docs/legacy-protocols/smtp-app-rbac-onboarding.md'
)
export const zammadErrors = file('zammad/zammad-admin-documentation', 'channels/microsoft365/common-errors.rst')
