// Connecting to Exchange Online: whose tenant one lands in, and which cmdlets one may use there.
// The rule it keeps: a partner or guest lands in their own tenant unless -DelegatedOrganization names the client's, and only the
// cmdlets that a role allows are loaded. https://learn.microsoft.com/powershell/exchange/connect-to-exchange-online-powershell

import { randomUUID } from 'node:crypto'
import { hasRole, type Person, roleTemplates, type Tenant } from '../state.ts'
import type { Cmdlet } from './cmdlet.ts'
import type { Fault } from './errors.ts'
import { wildcard } from './patterns.ts'
import type { Connection, Session } from './session.ts'

export type Wanted = { delegatedOrganization: string; commandNames: readonly string[] }

function refused(message: string, type = 'System.UnauthorizedAccessException'): Fault {
  return { message, id: 'ConnectExchangeOnline', category: 'ResourceUnavailable', type, by: 'Connect-ExchangeOnline' }
}

/** The same person in a tenant: a member at home, a guest elsewhere; undefined when the tenant does not know them. */
function personIn(tenant: Tenant, session: Session): Person | undefined {
  if (tenant.id === session.tenant.id) return tenant.people.find(person => person.id === session.person.id)
  return tenant.people.find(({ home }) => home?.tenantId === session.tenant.id && home.id === session.person.id)
}

/** Entra's Exchange and Global Administrators are in Organization Management; a Global Reader may look. */
function allowed(person: Person, cmdlets: Iterable<Cmdlet>): readonly string[] {
  const all = [...cmdlets].filter(cmdlet => cmdlet.origin === 'exchange').map(cmdlet => cmdlet.name)
  if (hasRole(person, roleTemplates.globalAdministrator, roleTemplates.exchangeAdministrator)) return all
  if (hasRole(person, roleTemplates.globalReader)) return all.filter(name => name.startsWith('Get-'))
  return []
}

/** Opens a connection, or says why Exchange does not let it open. */
export function connect(session: Session, wanted: Wanted, cmdlets: Iterable<Cmdlet>): Connection | Fault {
  const named = wanted.delegatedOrganization.toLowerCase()
  const { tenants } = session.store.state
  const tenant = named === '' ? session.tenant : tenants.find(one => one.id === named || one.initialDomain === named)
  const upn = session.person.userPrincipalName
  if (!tenant)
    return refused(
      `The organization "${wanted.delegatedOrganization}" couldn't be found. DelegatedOrganization takes the .onmicrosoft.com domain or the tenant ID of the customer.`
    )
  const person = personIn(tenant, session)
  const names = person ? allowed(person, cmdlets) : []
  if (named !== '' && tenant.id !== session.tenant.id && names.length === 0)
    return refused(`The user "${upn}" isn't assigned to any management roles.`)
  if (!tenant.exchange)
    return refused(
      `The organization "${tenant.initialDomain}" doesn't have Exchange Online. There is nothing to connect to.`
    )
  const fits = wanted.commandNames.map(name => wildcard(name))
  const loaded = fits.length === 0 ? names : names.filter(name => fits.some(fit => fit.test(name)))
  return {
    id: randomUUID(),
    tenant,
    exchange: tenant.exchange,
    userPrincipalName: upn,
    delegatedOrganization: wanted.delegatedOrganization,
    cmdlets: new Set(loaded.map(name => name.toLowerCase()))
  }
}
