// Codes that were handed out and people who are signed in, in memory: a restart signs everybody out at the sign-in page.
// The rule it keeps: a code serves once and for ten minutes, as at Microsoft.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow

import { randomBytes } from 'node:crypto'
import type { Person, State, Tenant } from '../state.ts'

/** A person wherever they are at home: what MSAL calls uid and utid. */
export type Account = { tenantId: string; id: string }

export type Code = {
  clientId: string
  redirectUri: string
  /** Whether the redirect URI is one of the client's web platform: then it must prove itself at the token endpoint. */
  confidential: boolean
  tenantId: string
  account: Account
  scope: string
  nonce: string | undefined
  codeChallenge: string | undefined
  /** The authentication context that the sign-in was asked for. */
  context: string | undefined
}

export type SignIns = {
  issueCode(code: Code): string
  /** The code's content; 'used' or undefined when it was used or is not one of ours. Serves once. */
  redeemCode(value: string): Code | 'used' | 'expired' | undefined
  /** Signs an account in at the sign-in page; gives the cookie's value. */
  open(account: Account, earlier: string | undefined): string
  accounts(cookie: string | undefined): readonly Account[]
  close(cookie: string | undefined): void
}

export const codeLifetimeMs = 10 * 60 * 1000

export function createSignIns(now: () => number = Date.now): SignIns {
  const codes = new Map<string, { code: Code; expiresAt: number; used: boolean }>()
  const sessions = new Map<string, Account[]>()
  const sameAs = (one: Account) => (other: Account) => one.id === other.id && one.tenantId === other.tenantId
  return {
    issueCode: code => {
      for (const [value, { expiresAt }] of codes) if (expiresAt < now() - codeLifetimeMs) codes.delete(value)
      const value = `1.${randomBytes(48).toString('base64url')}`
      codes.set(value, { code, expiresAt: now() + codeLifetimeMs, used: false })
      return value
    },
    redeemCode: value => {
      const entry = codes.get(value)
      if (!entry) return undefined
      if (entry.used) return 'used'
      entry.used = true
      return entry.expiresAt < now() ? 'expired' : entry.code
    },
    open: (account, earlier) => {
      const before = sessions.get(earlier ?? '') ?? []
      if (earlier !== undefined) sessions.delete(earlier)
      const value = randomBytes(24).toString('base64url')
      sessions.set(value, [account, ...before.filter(other => !sameAs(account)(other))])
      return value
    },
    accounts: cookie => sessions.get(cookie ?? '') ?? [],
    close: cookie => {
      sessions.delete(cookie ?? '')
    }
  }
}

/** Where a user object of a tenant is at home. */
export function accountOf(tenant: Tenant, person: Person): Account {
  return person.home ?? { tenantId: tenant.id, id: person.id }
}

/** The user object that stands for an account in a tenant; undefined when the account does not exist there. */
export function personOf(tenant: Tenant, account: Account): Person | undefined {
  return tenant.people.find(person => {
    const home = accountOf(tenant, person)
    return home.id === account.id && home.tenantId === account.tenantId
  })
}

/** The user object at home, with its tenant. */
export function homeOf(state: State, account: Account): { tenant: Tenant; person: Person } | undefined {
  const tenant = state.tenants.find(({ id }) => id === account.tenantId)
  const person = tenant?.people.find(({ id }) => id === account.id)
  return tenant && person ? { tenant, person } : undefined
}
