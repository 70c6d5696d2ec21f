// The three practice tenants as they are before anybody touched them.
// The rule it keeps: nothing of the wizard is in them but its own application, which lives at the consultant's.

import { fixedId, hashSecret } from '../practice.ts'
import { type Application, defaultSettings, type State, type Tenant } from '../state.ts'
import { seedExchange } from './exchange.ts'
import { exchangePrincipal, graphPrincipal } from './microsoft-apps.ts'
import { contosoGroups, contosoPeople, fabrikamPeople, northwindPeople, tenantIds } from './people.ts'

export const wizardAppId = fixedId('application of the wizard itself')

export type Start = Pick<Tenant, 'id' | 'displayName' | 'domains' | 'initialDomain' | 'people' | 'groups'>

const starts: Readonly<Record<keyof typeof tenantIds, () => Start>> = {
  contoso: () => ({
    id: tenantIds.contoso,
    displayName: 'Contoso Ltd',
    initialDomain: 'contosopractice.onmicrosoft.com',
    domains: ['contoso.example', 'contosopractice.onmicrosoft.com'],
    people: contosoPeople(),
    groups: contosoGroups()
  }),
  fabrikam: () => ({
    id: tenantIds.fabrikam,
    displayName: 'Fabrikam Inc',
    initialDomain: 'fabrikampractice.onmicrosoft.com',
    domains: ['fabrikam.example', 'fabrikampractice.onmicrosoft.com'],
    people: fabrikamPeople(),
    groups: []
  }),
  northwind: () => ({
    id: tenantIds.northwind,
    displayName: 'Northwind Consulting',
    initialDomain: 'northwindpractice.onmicrosoft.com',
    domains: ['northwind.example', 'northwindpractice.onmicrosoft.com'],
    people: northwindPeople(),
    groups: []
  })
}

/** An application with every member that Graph shows, most of them empty. */
export function emptyApplication(
  tenant: { initialDomain: string },
  wanted: Pick<Application, 'id' | 'appId' | 'displayName'> & Partial<Application>
): Application {
  return {
    uniqueName: null,
    signInAudience: 'AzureADandPersonalMicrosoftAccount',
    tags: [],
    notes: null,
    description: null,
    identifierUris: [],
    publisherDomain: tenant.initialDomain,
    serviceManagementReference: null,
    requiredResourceAccess: [],
    web: { redirectUris: [], homePageUrl: null, logoutUrl: null },
    publicClient: { redirectUris: [] },
    spa: { redirectUris: [] },
    passwordCredentials: [],
    keyCredentials: [],
    createdDateTime: new Date().toISOString(),
    deletedDateTime: null,
    owners: [],
    ...wanted
  }
}

function wizardApplication(tenant: Tenant, wizard: State['wizard']): Application {
  return emptyApplication(tenant, {
    id: fixedId('application object of the wizard itself'),
    appId: wizard.appId,
    displayName: 'Mail OAuth Wizard',
    signInAudience: 'AzureADMultipleOrgs',
    createdDateTime: '2026-01-05T08:00:00Z',
    web: { redirectUris: [...wizard.redirectUris], homePageUrl: null, logoutUrl: null },
    passwordCredentials: [
      {
        customKeyIdentifier: null,
        displayName: 'Practice',
        hint: wizard.secretText.slice(0, 3),
        keyId: fixedId('secret of the wizard itself'),
        startDateTime: '2026-01-05T08:00:00Z',
        endDateTime: '2099-01-05T08:00:00Z',
        secretHash: hashSecret(wizard.secretText)
      }
    ]
  })
}

/** One tenant as new. */
export function seedTenant(name: keyof typeof tenantIds, wizard: State['wizard']): Tenant {
  return completeTenant(starts[name](), wizard)
}

/** A tenant with its people, and what Microsoft puts into each: its own applications, and Exchange Online. */
export function completeTenant(start: Start, wizard: State['wizard']): Tenant {
  const tenant: Tenant = {
    ...start,
    applications: [],
    deletedApplications: [],
    servicePrincipals: [],
    deletedServicePrincipals: [],
    appRoleAssignments: [],
    consents: [],
    secretPolicy: null,
    ordinaryMembersMayRegisterApplications: false,
    upsert: true,
    securityDefaults: false
  }
  tenant.servicePrincipals.push(exchangePrincipal(tenant), graphPrincipal(tenant))
  tenant.exchange = seedExchange(tenant)
  if (tenant.id === wizard.homeTenantId) tenant.applications.push(wizardApplication(tenant, wizard))
  return tenant
}

export function seedState(wizard: State['wizard']): State {
  const names = Object.keys(starts) as (keyof typeof starts)[]
  return { version: 1, wizard, settings: { ...defaultSettings }, tenants: names.map(name => seedTenant(name, wizard)) }
}

export function nameOfTenant(id: string): keyof typeof tenantIds | undefined {
  const names = Object.keys(tenantIds) as (keyof typeof tenantIds)[]
  return names.find(name => tenantIds[name] === id)
}
