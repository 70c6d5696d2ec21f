// The vocabulary of lib/samples: code for a program that reads and sends, and what other programs ask for.
// The rule it keeps: plain data, and never a secret's value: code reads it from the environment variable named here.

import type { Cloud, Fact, Protocol } from '../steps/step.ts'

/** The environment variable that holds the client secret in every sample. */
export const secretVariable = 'MAIL_CLIENT_SECRET'

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export const theGrant = 'client_credentials'

/** The setup's own values, as they stand in the code. */
export type SampleInput = {
  clientId: string
  tenantId: string
  cloud: Cloud
  /** The mailbox that the code opens and sends from. */
  mailbox: string
  protocols: readonly Protocol[]
}

export type Snippet = { title: string; language: CodeLanguage; code: string }
export type CodeLanguage = 'bash' | 'csharp' | 'ini' | 'java' | 'javascript' | 'json' | 'powershell' | 'python' | 'text'

/** One file that runs as it is. */
export type SampleFile = { name: string; protocol: Protocol; does: string; code: string }

/** A language: its files and what they need. */
export type Sample = {
  id: 'curl' | 'csharp' | 'node' | 'python' | 'powershell'
  title: string
  language: CodeLanguage
  /** Whether our tests run these files as they stand here. */
  tested: boolean
  /** What has to be there first, and how a file is run. */
  needs: readonly string[]
  files: readonly SampleFile[]
  /** What the code leaves out or does otherwise, and why. */
  notes: readonly string[]
}

/** A program that signs in with client credentials, as its own documentation tells. */
export type Program = {
  id: string
  name: string
  does: string
  uses: readonly Protocol[]
  fields: readonly Fact[]
  files: readonly Snippet[]
  /** What its public sources do not say, in sentences. */
  notConfirmed: readonly string[]
  sources: readonly string[]
}

/** Where a token for the application is asked for, by the same page. */
export const tokenEndpoint = ({ cloud, tenantId }: Pick<SampleInput, 'cloud' | 'tenantId'>) =>
  `${cloud.signIn}/${tenantId}/oauth2/v2.0/token`

/** How Exchange Online's servers secure a connection; code for a server of another kind would be other code.
 *  https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/pop3-and-imap4/pop3-and-imap4 */
const usual = { IMAP: 'TLS', POP: 'TLS', SMTP: 'STARTTLS' } as const
export const hostOf = (cloud: Cloud, protocol: Protocol) =>
  ({ IMAP: cloud.imap, POP: cloud.pop, SMTP: cloud.smtp })[protocol]
export const asUsual = (cloud: Cloud, protocol: Protocol) => hostOf(cloud, protocol).security === usual[protocol]

/** The values that a file begins with; each that is text stands as `literal` writes it in the file's language. */
export function valuesOf<Literal>(input: SampleInput, protocol: Protocol, literal: (text: string) => Literal) {
  const { host, port } = hostOf(input.cloud, protocol)
  return {
    clientId: literal(input.clientId),
    endpoint: literal(tokenEndpoint(input)),
    scope: literal(input.cloud.outlookScope),
    mailbox: literal(input.mailbox),
    host: literal(host),
    port
  }
}

/** What the files do, where a language can do all of it. */
export const does = {
  IMAP: 'Reads by IMAP: how many messages the inbox holds, and the newest ten.',
  POP: 'Reads by POP: how many messages the mailbox offers, and the newest ten.',
  SMTP: 'Sends a message from the mailbox to itself by SMTP.'
} as const
