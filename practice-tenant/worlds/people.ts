// Who lives in the practice tenants. The rule it keeps: every object ID is fixed, so that a test can name a person.

import { fixedId } from '../practice.ts'
import { type Group, type Person, roleTemplates } from '../state.ts'

export const tenantIds = {
  contoso: fixedId('tenant contoso'),
  fabrikam: fixedId('tenant fabrikam'),
  northwind: fixedId('tenant northwind')
} as const

type Wanted = { roles?: string[]; jobTitle?: string; signsIn?: boolean; enabled?: boolean }

export function member(domain: string, alias: string, displayName: string, wanted: Wanted = {}): Person {
  const [givenName = displayName, ...rest] = displayName.split(' ')
  return {
    id: fixedId(`person ${alias}@${domain}`),
    displayName,
    givenName,
    surname: rest.join(' '),
    userPrincipalName: `${alias}@${domain}`,
    mail: `${alias}@${domain}`,
    accountEnabled: wanted.enabled ?? true,
    userType: 'Member',
    jobTitle: wanted.jobTitle ?? null,
    roles: wanted.roles ?? [],
    signsIn: wanted.signsIn ?? false
  }
}

/** A shared mailbox is a user that cannot sign in. */
const shared = (domain: string, alias: string, name: string) => member(domain, alias, name, { enabled: false })

const moreOfContoso =
  'Aisha Bello,Anton Weber,Beatriz Lima,Carl Nyman,Daria Novak,Elena Petrova,Emil Hansen,Farid Aziz,Grace Kim,Hana Sato,' +
  'Hugo Lefevre,Ines Duarte,Ivan Horvat,Jonas Keller,Kira Jansen,Leo Marino,Lina Haugen,Marta Kowalska,Mei Chen,Milan Babic,' +
  'Nadia Rahman,Oskar Lund,Paula Gomez,Quentin Roy,Rosa Silva,Samir Khan,Tara Singh,Ulla Berg,Viktor Toth,Yara Haddad'

export function contosoPeople(): Person[] {
  const domain = 'contoso.example'
  return [
    member(domain, 'ada', 'Ada Lindqvist', { roles: [roleTemplates.globalAdministrator], signsIn: true }),
    member(domain, 'ben', 'Ben Okafor', { roles: [roleTemplates.cloudApplicationAdministrator], signsIn: true }),
    member(domain, 'chloe', 'Chloe Martin', { roles: [roleTemplates.exchangeAdministrator], signsIn: true }),
    member(domain, 'dev', 'Dev Patel', { signsIn: true, jobTitle: 'Accounts payable' }),
    shared(domain, 'invoices', 'Invoices'),
    shared(domain, 'scanner', 'Scanner'),
    shared(domain, 'support', 'Support'),
    member(domain, 'legacy', 'Legacy Mailbox'),
    ...moreOfContoso.split(',').map(name => member(domain, name.toLowerCase().replace(' ', '.'), name))
  ]
}

export function contosoGroups(): Group[] {
  return [{ id: fixedId('group sales@contoso.example'), displayName: 'Sales', mail: 'sales@contoso.example' }]
}

export function northwindPeople(): Person[] {
  return [
    member('northwind.example', 'noor', 'Noor Haddad', { roles: [roleTemplates.globalAdministrator], signsIn: true }),
    member('northwind.example', 'erik', 'Erik Solberg', { signsIn: true, jobTitle: 'Consultant' })
  ]
}

export function fabrikamPeople(): Person[] {
  return [
    member('fabrikam.example', 'fatima', 'Fatima Rossi', { roles: [roleTemplates.globalAdministrator], signsIn: true }),
    shared('fabrikam.example', 'orders', 'Orders'),
    {
      ...member('northwind.example', 'noor', 'Noor Haddad', { signsIn: true }),
      id: fixedId('guest noor in fabrikam'),
      userPrincipalName: 'noor_northwind.example#EXT#@fabrikampractice.onmicrosoft.com',
      userType: 'Guest',
      roles: [roleTemplates.globalAdministrator, roleTemplates.exchangeAdministrator],
      home: { tenantId: tenantIds.northwind, id: fixedId('person noor@northwind.example') }
    }
  ]
}
