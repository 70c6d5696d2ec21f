// Asking the directory for people with an address: what is sent, and what becomes of the answer. Pure.
// The rule it keeps: Graph has no list of mailboxes, so this offers addresses and promises nothing; Exchange decides.
import { cut } from '../cut.ts'
import { whyNotAddress } from '../steps/mailbox-address.ts'
import type { Choice, GraphPath } from '../steps/step.ts'

/** The least delegated permission that lists other people; by default it needs no administrator's consent.
 *  https://learn.microsoft.com/graph/permissions-reference#userreadbasicall */
export const pickerPermission = 'User.ReadBasic.All'

export const searchLengthMax = 100
const pageSize = 50

export type DirectoryUser = {
  id: string
  displayName: string | null
  mail: string | null
  userPrincipalName: string | null
}

/** What was typed as one line, within the limit, without what would end a search clause. */
export function readSearch(text: string | undefined): string {
  const line = (text ?? '')
    .normalize('NFC')
    .replace(/["\\\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return cut(line, searchLengthMax).trim()
}

export type Asking = { path: GraphPath; headers: Readonly<Record<string, string>> }

/** A search needs the header, on every page of it. https://learn.microsoft.com/graph/search-query-parameter
 *  and https://learn.microsoft.com/graph/aad-advanced-queries */
export function asking(search: string): Asking {
  const select = `$select=id,displayName,mail,userPrincipalName&$top=${pageSize}`
  if (!search) return { path: `/users?${select}`, headers: {} }
  const clauses = ['displayName', 'mail', 'userPrincipalName'].map(name => `"${name}:${search}"`).join(' OR ')
  return {
    path: `/users?${select}&$count=true&$search=${encodeURIComponent(clauses)}`,
    headers: { ConsistencyLevel: 'eventual' }
  }
}

export type Shelf = {
  /** Not on the list yet. */
  choices: readonly Choice[]
  /** Addresses of this page that are on the list already. */
  onList: readonly string[]
  /** People of this page without an address, and guests, whose mailboxes are elsewhere. */
  leftOut: number
}

/** One page of people as choices. */
export function shelfOf(users: readonly DirectoryUser[], mailboxes: readonly string[]): Shelf {
  const list = new Set(mailboxes)
  const choices: Choice[] = []
  const onList: string[] = []
  let leftOut = 0
  for (const { displayName, mail, userPrincipalName } of users) {
    const address = (mail ?? '').normalize('NFC').toLowerCase()
    const isGuest = userPrincipalName?.includes('#EXT#') === true
    if (isGuest || whyNotAddress(address) !== undefined) leftOut += 1
    else if (list.has(address)) onList.push(address)
    else choices.push({ value: address, label: displayName || address, hint: displayName ? address : undefined })
  }
  return { choices, onList, leftOut }
}

/** Whether an address that Graph gave for the next page leads to the same collection of the same cloud. */
export function isNextPage(link: string, graph: string): boolean {
  return URL.canParse(link) && new URL(link).href.startsWith(`${graph}/v1.0/users?`)
}
