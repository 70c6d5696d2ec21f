// What a script is made from, and the check before it is made. The rule: IDs are GUIDs, names of organisations are domain
// names, everything else is free text that quoting makes harmless or refuses.

import type { Protocol } from '../steps/step.ts'
import { UnsafeText, whyUnsafe } from './quote.ts'

export type ScriptInput = {
  setupId: string
  /** The application's display name. */
  name: string
  tenantId: string
  /** `contoso.onmicrosoft.com`, when known: the script then compares it with Exchange's name for the organization. */
  initialDomain?: string
  /** Application (client) ID. */
  appId: string
  /** Object ID of the enterprise application, never the application's own. */
  objectId: string
  protocols: readonly Protocol[]
  mailboxes: readonly string[]
  /** User principal name of the admin who will connect. */
  admin?: string
  /** The customer's initial domain or tenant ID, for a partner or a guest. */
  delegatedOrganization?: string
  /** For Connect-ExchangeOnline; left out where the default is right. */
  exchangeEnvironmentName?: string
}

export type ScriptProblem = { field: keyof ScriptInput; says: string; index?: number }

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const domain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i
const word = /^[A-Za-z0-9_.-]{1,100}$/
/** What an address must be for a script: one @, no space, and no comma, which the receipt's hash uses between addresses. */
const address = /^[^\s,@]+@[^\s,@]+$/u
/** The longest display name of an application. https://learn.microsoft.com/graph/api/resources/application */
const longestDisplayName = 256

/** Everything that keeps these values from making a script; empty when they do. */
export function scriptProblems(input: ScriptInput): readonly ScriptProblem[] {
  const problems: ScriptProblem[] = []
  const must = (field: keyof ScriptInput, right: boolean, says: string) => {
    if (!right) problems.push({ field, says })
  }
  must('setupId', word.test(input.setupId), 'A setup ID has letters, digits, dots, hyphens and underscores only.')
  must('tenantId', guid.test(input.tenantId), 'The directory (tenant) ID is a GUID.')
  must('appId', guid.test(input.appId), 'The application (client) ID is a GUID.')
  must('objectId', guid.test(input.objectId), 'The Object ID of the enterprise application is a GUID.')
  must('name', isOfNameLength(input.name), 'A display name has 1 to 256 characters.')
  const nameProblem = whyUnsafe(input.name)
  must('name', !nameProblem, `The display name cannot go into a script. ${nameProblem}`)
  const { initialDomain, admin, delegatedOrganization: delegated, exchangeEnvironmentName: environment } = input
  must('initialDomain', !initialDomain || isDomainName(initialDomain), 'The initial domain is a domain name.')
  must('admin', !admin || isUserName(admin), 'The admin is named by a user principal name such as ada@contoso.com.')
  must(
    'delegatedOrganization',
    !delegated || isOrganization(delegated),
    'The delegated organization is a domain name such as contoso.onmicrosoft.com, or a tenant ID.'
  )
  must('exchangeEnvironmentName', !environment || word.test(environment), 'The Exchange environment is one word.')
  input.mailboxes.forEach((mailbox, index) => {
    if (!isAddress(mailbox)) problems.push({ field: 'mailboxes', says: 'This is not an email address.', index })
  })
  return problems
}

const isOfNameLength = (name: string) => name.trim() !== '' && name.length <= longestDisplayName

/** The first of the names that can go into a script. A name is for people only, so any other serves as well. */
export const nameForScripts = (...names: readonly (string | undefined)[]): string | undefined =>
  names.find(name => name !== undefined && isOfNameLength(name) && !whyUnsafe(name))

export const isDomainName = (text: string): boolean => domain.test(text)

/** What -DelegatedOrganization takes. */
export const isOrganization = (text: string): boolean => guid.test(text) || isDomainName(text)

/** What -UserPrincipalName takes. An apostrophe is fine: its literal doubles it. */
export const isUserName = isAddress

/** What a script takes as the address of a mailbox. */
export function isAddress(text: string): boolean {
  return text.length <= 320 && address.test(text) && whyUnsafe(text) === undefined
}

/** The same input in the one form that scripts, receipts and hashes use: IDs in lower case, mailboxes in lower case, each
 *  once, sorted by code unit (PowerShell's own sorting goes by culture). Throws UnsafeText where there is a problem. */
export function requireScriptInput(input: ScriptInput): ScriptInput {
  const problem = scriptProblems(input)[0]
  if (problem) throw new UnsafeText(problem.says)
  return {
    ...input,
    tenantId: input.tenantId.toLowerCase(),
    appId: input.appId.toLowerCase(),
    objectId: input.objectId.toLowerCase(),
    mailboxes: inReceiptOrder(input.mailboxes)
  }
}

/** Lower case, each once, in code unit order. */
export function inReceiptOrder(mailboxes: readonly string[]): readonly string[] {
  return [...new Set(mailboxes.map(mailbox => mailbox.toLowerCase()))].sort()
}
