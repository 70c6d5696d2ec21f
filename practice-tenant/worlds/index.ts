// The worlds a tenant can be put into. The rule it keeps: a world is a new tenant with a few things done to it, never
// the old one patched, so that the same world is the same each time.

import { addServicePrincipal } from '../exchange/state.ts'
import { clearJournal } from '../mail/journal.ts'
import { fixedId, type Practice } from '../practice.ts'
import { exchangeAppId, findTenant, type State, type Tenant } from '../state.ts'
import { type SeededIds, seedApplication } from './applications.ts'
import { tenantIds } from './people.ts'
import { nameOfTenant, seedState, seedTenant } from './seed.ts'

export const worldNames = [
  'empty',
  'half-done',
  'finished',
  'no-rights',
  'no-exchange',
  'policy',
  'secrets-blocked',
  'no-upsert'
] as const
export type WorldName = (typeof worldNames)[number]

export const halves = ['application', 'service-principal', 'permissions', 'one-grant', 'grants', 'secret'] as const
export type Half = (typeof halves)[number]

export type Reset = {
  world?: WorldName | undefined
  /** ID or domain; Contoso unless given. With a tenant only that one is made new. */
  tenant?: string | undefined
  /** For half-done and finished: the application's unique name. */
  setupKey?: string | undefined
  displayName?: string | undefined
  /** The application's tags; the setup key unless given. */
  tags?: string[] | undefined
  permissions?: string[] | undefined
  /** half-done: how far it got. */
  upTo?: Half | undefined
}

const mailPermissions = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']

function seedWizardsWork(tenant: Tenant, reset: Reset, upTo: Half): SeededIds {
  const { setupKey = 'practice-setup', permissions = mailPermissions } = reset
  const reached = (half: Half) => halves.indexOf(upTo) >= halves.indexOf(half)
  const granted = reached('grants') ? permissions : reached('one-grant') ? permissions.slice(0, 1) : []
  return seedApplication(tenant, {
    displayName: reset.displayName ?? 'Invoices',
    uniqueName: setupKey,
    tags: reset.tags ?? [setupKey],
    servicePrincipal: reached('service-principal'),
    permissions: reached('permissions') ? permissions : [],
    grants: granted,
    secrets: reached('secret') ? [{ displayName: 'Practice' }] : []
  })
}

/** The Exchange half of a finished setup: registered, every shared mailbox open, submission allowed for them. */
function finishExchange(tenant: Tenant, ids: SeededIds, displayName: string): void {
  if (!tenant.exchange || ids.servicePrincipalId === undefined) return
  const wanted = { appId: ids.appId, objectId: ids.servicePrincipalId, displayName }
  const { sid } = addServicePrincipal(tenant.exchange, wanted, new Date())
  for (const recipient of Object.values(tenant.exchange.recipients)) {
    if (recipient.type !== 'SharedMailbox') continue
    recipient.grants.push({ sid, rights: ['FullAccess'], deny: false, autoMapping: false })
    recipient.smtpClientAuthenticationDisabled = false
  }
}

const makers: Readonly<Record<WorldName, (tenant: Tenant, reset: Reset) => SeededIds | undefined>> = {
  empty: () => undefined,
  'half-done': (tenant, reset) => seedWizardsWork(tenant, reset, reset.upTo ?? 'application'),
  finished: (tenant, reset) => {
    const ids = seedWizardsWork(tenant, reset, 'secret')
    finishExchange(tenant, ids, reset.displayName ?? 'Invoices')
    return ids
  },
  'no-rights': tenant => {
    for (const person of tenant.people) person.roles = []
    return undefined
  },
  'no-exchange': tenant => {
    tenant.exchange = undefined
    tenant.servicePrincipals = tenant.servicePrincipals.filter(({ appId }) => appId !== exchangeAppId)
    return undefined
  },
  policy: tenant => {
    tenant.secretPolicy = { id: fixedId(`app management policy of ${tenant.id}`), maxDays: 90 }
    return undefined
  },
  'secrets-blocked': tenant => {
    tenant.secretPolicy = { id: fixedId(`app management policy of ${tenant.id}`), blocked: true }
    return undefined
  },
  'no-upsert': tenant => {
    tenant.upsert = false
    return undefined
  }
}

/** Makes the tenants new (or one of them) and puts one into a world; gives what was seeded there. */
export function resetWorld(practice: Practice, reset: Reset): SeededIds | undefined {
  const { wizard } = practice.state
  const wanted = findTenant(practice.state, reset.tenant ?? tenantIds.contoso)
  const name = wanted && nameOfTenant(wanted.id)
  if (!name) throw new Error(`There is no tenant ${reset.tenant}.`)

  const state: State =
    reset.tenant === undefined
      ? seedState(wizard)
      : {
          ...practice.state,
          tenants: practice.state.tenants.map(one => (one.id === wanted.id ? seedTenant(name, wizard) : one))
        }
  const tenant = state.tenants.find(({ id }) => id === wanted.id) as Tenant
  const ids = makers[reset.world ?? 'empty'](tenant, reset)
  practice.replace(state)
  practice.copies.settle()
  if (reset.tenant === undefined) {
    practice.faults.set([])
    practice.freshSecrets.clear()
    practice.journal.length = 0
    clearJournal(practice.mailJournal)
  }
  return ids
}
