// Exchange Online of a practice tenant before anybody touched it: a mailbox for everybody, and the odd recipients.
// The rule it keeps: object IDs are those of the directory, so that both sides speak of the same people.

import { addRecipient, type ExchangeState, emptyExchange, type RecipientType } from '../exchange/state.ts'
import type { Tenant } from '../state.ts'

function typeOf(address: string, accountEnabled: boolean): RecipientType {
  if (address.startsWith('legacy@')) return 'MailUser'
  return accountEnabled ? 'UserMailbox' : 'SharedMailbox'
}

export function seedExchange(tenant: Tenant): ExchangeState {
  const exchange = emptyExchange(tenant)
  for (const person of tenant.people) {
    if (person.userType === 'Guest' || person.mail === null) continue
    const { displayName, userPrincipalName, id: objectId, mail: address } = person
    addRecipient(exchange, {
      address,
      displayName,
      userPrincipalName,
      objectId,
      type: typeOf(address, person.accountEnabled)
    })
  }
  for (const group of tenant.groups) {
    const { displayName, id: objectId, mail: address } = group
    addRecipient(exchange, { address, displayName, objectId, type: 'MailUniversalDistributionGroup' })
  }
  return exchange
}
