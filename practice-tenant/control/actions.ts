// What a test may do to the practice tenant from outside the product. The rule it keeps: the same functions serve the
// control API and tests in this process, and none of them tells a secret that Microsoft would not.

import type { Fault, Release } from '../faults.ts'
import { findClient } from '../identity/clients.ts'
import { remember } from '../identity/consent.ts'
import { scopesOfGraph } from '../identity/scopes.ts'
import { personTokens } from '../identity/tokens.ts'
import { clearJournal, type LoginEntry, type MailJournal } from '../mail/journal.ts'
import type { JournalEntry, Practice } from '../practice.ts'
import { findPerson, findTenant, type Person, type SecretPolicy, type Settings, type Tenant } from '../state.ts'
import { type Seeded, type SeededIds, seedApplication } from '../worlds/applications.ts'
import { addCrowd, type Crowd, type CrowdMember } from '../worlds/crowd.ts'
import { type Reset, resetWorld } from '../worlds/index.ts'
import { tenantIds } from '../worlds/people.ts'
import { changeExchange, type ExchangeChange } from './exchange.ts'
import { type JournalSummary, summarize } from './journal.ts'

export type TenantSettings = {
  ordinaryMembersMayRegisterApplications?: boolean | undefined
  upsert?: boolean | undefined
  /** null lifts it. */
  secretPolicy?: SecretPolicy | null | undefined
  securityDefaults?: boolean | undefined
}

export type Control = {
  reset(reset?: Reset): SeededIds | undefined
  settings(settings: { [K in keyof Settings]?: Settings[K] | undefined }): Settings
  /** Settings of one tenant (ID or domain; Contoso unless given). */
  tenantSettings(settings: TenantSettings, tenant?: string): void
  /** Replaces the rules for faults. */
  faults(rules: readonly Fault[]): void
  /** The rules that are left to be played. */
  pendingFaults(): readonly Fault[]
  /** How many requests a fault `hold` keeps now. */
  held(): number
  /** Lets what is held go on, or drops its connections. */
  release(how: Release): void
  /** Every read sees everything from now on, whatever delays were set before. */
  settle(): void
  requests(): readonly JournalEntry[]
  requestSummary(): JournalSummary
  clearRequests(): void
  /** Changes what is named in a tenant's Exchange, and nothing else. */
  exchange(change: ExchangeChange, tenant?: string): void
  /** Logins to the mail servers, with the gate that each refusal hides. */
  logins(): readonly LoginEntry[]
  /** Logins, submissions, and commands that change a mailbox. */
  mail(): MailJournal
  clearMail(): void
  /** The state of a tenant; secrets as hashes only. */
  tenant(idOrDomain?: string): Tenant
  seedApplication(application: Seeded, tenant?: string): SeededIds
  /** Adds tenants full of admins, for a load; gives the admins. */
  crowd(crowd: Crowd): readonly CrowdMember[]
  /** Gives a person (address or object ID) exactly these role templates. */
  setRoles(person: string, roles: readonly string[], tenant?: string): void
  /** Ends everything a person was handed: tokens are refused from now on, refresh tokens too. */
  revoke(person: string, tenant?: string): void
  /** From now on Graph wants tokens of this person that hold an authentication context, which only a sign-in that asks for
   *  it gives: what a policy for sensitive actions does. null lifts it. */
  challenge(person: string, context: string | null, tenant?: string): void
  /** Consent of the whole organisation, as if an admin had clicked. */
  consent(appId: string, scopes: readonly string[], tenant?: string): void
  /** An access token for Graph without a sign-in, for tests of what comes after it. */
  accessToken(wanted: {
    person: string
    scopes: readonly string[]
    tenant?: string | undefined
    /** As for a client that understands claims challenges. */
    capable?: boolean | undefined
    /** The authentication context that the sign-in met. */
    context?: string | undefined
  }): Promise<string>
}

export function createControl(practice: Practice): Control {
  function requireTenant(idOrDomain: string = tenantIds.contoso): Tenant {
    const tenant = findTenant(practice.state, idOrDomain)
    if (!tenant) throw new Error(`There is no tenant ${idOrDomain}.`)
    return tenant
  }
  function requirePerson(tenant: Tenant, wanted: string): Person {
    const person = findPerson(tenant, wanted)
    if (!person) throw new Error(`There is nobody called ${wanted} in ${tenant.displayName}.`)
    return person
  }
  const given = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>

  return {
    reset: (reset = {}) => resetWorld(practice, reset),
    settings: settings => {
      Object.assign(practice.state.settings, given(settings))
      practice.changed()
      return { ...practice.state.settings }
    },
    tenantSettings: (settings, tenant) => {
      Object.assign(requireTenant(tenant), given(settings))
      practice.changed()
    },
    faults: rules => practice.faults.set(rules),
    pendingFaults: () => practice.faults.list(),
    held: () => practice.faults.held(),
    release: how => practice.faults.release(how),
    settle: () => practice.copies.settle(),
    requests: () => [...practice.journal],
    requestSummary: () => summarize(practice.journal),
    clearRequests: () => {
      practice.journal.length = 0
    },
    exchange: (change, tenant) => {
      const { exchange, displayName } = requireTenant(tenant)
      if (!exchange) throw new Error(`${displayName} has no Exchange Online.`)
      changeExchange(exchange, change)
      practice.changed()
    },
    logins: () => [...practice.mailJournal.logins],
    mail: () => structuredClone(practice.mailJournal),
    clearMail: () => clearJournal(practice.mailJournal),
    tenant: idOrDomain => structuredClone(requireTenant(idOrDomain)),
    seedApplication: (application, tenant) => {
      const ids = seedApplication(requireTenant(tenant), application)
      practice.changed()
      return ids
    },
    crowd: crowd => addCrowd(practice, crowd),
    setRoles: (person, roles, tenant) => {
      requirePerson(requireTenant(tenant), person).roles = [...roles]
      practice.changed()
    },
    revoke: (person, tenant) => {
      requirePerson(requireTenant(tenant), person).tokensValidFromMs = Date.now() + 1
      practice.changed()
    },
    challenge: (person, context, tenant) => {
      requirePerson(requireTenant(tenant), person).authenticationContext = context
      practice.changed()
    },
    consent: (appId, scopes, tenant) => {
      const client = findClient(practice.state, appId)
      if (!client) throw new Error(`There is no application ${appId}.`)
      remember(requireTenant(tenant), client, scopes, null)
      practice.changed()
    },
    accessToken: async wanted => {
      const tenant = requireTenant(wanted.tenant)
      const person = requirePerson(tenant, wanted.person)
      const client = findClient(practice.state, practice.state.wizard.appId)
      if (!client) throw new Error('The application of the wizard itself is gone.')
      const graph = wanted.scopes.flatMap(value => scopesOfGraph[value.toLowerCase()] ?? [])
      const { capable = false, context } = wanted
      const tokens = await personTokens(practice, { tenant, person, client, openId: [], graph, capable, context })
      return (tokens as { access_token: string }).access_token
    }
  }
}
