// Which tenant, is Exchange Online there, and may the admin do the rest. It changes nothing.
import { type ExchangeOnline, noExchange, readExchangeOnline } from './directory.ts'
import { mayEcho, one } from './fields.ts'
import { whichPortal } from './portal.ts'
import type { Fact, Setup, Step, TenantReader } from './step.ts'

export type Tenant = {
  tenantId: string
  displayName?: string
  /** The .onmicrosoft.com domain; undefined when it could not be read. */
  initialDomain?: string
  domains: readonly string[]
}

type Organization = {
  id: string
  displayName: string | null
  verifiedDomains?: readonly { name: string; isInitial?: boolean }[]
}
type Membership = { '@odata.type'?: string; displayName?: string; roleTemplateId?: string }

/** Role template IDs. https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const roleTemplates = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  exchangeAdministrator: '29232cdf-9323-42fd-ade2-1d097af3e4de'
} as const

export const findTheTenant: Step<never, Tenant> = {
  id: 'find-the-tenant',
  title: 'Find the tenant',
  why: 'Everything that follows happens in one Microsoft 365 tenant. Make sure that it is the one that holds the mailboxes.',
  needs: [],
  permissions: ['User.Read', 'Application.Read.All'],

  async check(tenant, setup) {
    const [organization, exchange, roles] = await Promise.all([
      readOrganization(tenant),
      readExchangeOnline(tenant),
      readRoles(tenant)
    ])
    if (!organization) throw new Error('Microsoft Graph named no organization for a signed-in administrator')
    if (!exchange) return { kind: 'blocked', problem: noExchange }
    const found: Tenant = {
      tenantId: organization.id,
      displayName: organization.displayName ?? undefined,
      initialDomain: organization.verifiedDomains?.find(domain => domain.isInitial)?.name,
      domains: organization.verifiedDomains?.map(domain => domain.name) ?? []
    }
    const facts = [...tenantFacts(found, setup), exchangeFact(exchange), ...(roles ? [rolesFact(roles)] : [])]
    return { kind: 'done', found, facts, warnings: roles ? missingRoles(roles) : [] }
  },

  manual: setup => ({
    where: whichPortal(setup).title,
    clicks: [
      {
        says: 'Open Overview. The page shows the tenant name, the Tenant ID and the primary domain',
        href: `${setup.cloud.portal}/#view/Microsoft_AAD_IAM/TenantOverview.ReactView`
      }
    ],
    asks: {
      submit: 'Look up the tenant',
      fields: setup => [
        {
          name: 'tenant',
          label: 'Domain name or directory (tenant) ID',
          hint: 'For example contoso.com. The part after the @ of a mailbox address serves as well.',
          kind: 'text',
          value: [setup.tenantId ?? ''],
          neverEcho: true
        }
      ],
      parse(input) {
        const typed = one(input, 'tenant')
        if (!mayEcho(typed))
          return {
            ok: false,
            problems: [
              {
                field: 'tenant',
                says: 'This looks like a client secret. It was not kept. Enter a domain name or a directory (tenant) ID.'
              }
            ]
          }
        const text = nameIn(typed)
        const problem = text
          ? whyNoTenantName(text)
          : 'Enter a domain name of the tenant, or its directory (tenant) ID.'
        if (problem) return { ok: false, problems: [{ field: 'tenant', says: problem }] }
        return { ok: true, value: { tenantId: text, domains: [] } }
      }
    }
  }),
  facts: tenantFacts
}

async function readOrganization(tenant: TenantReader) {
  const [organization] = await tenant.list<Organization>(
    '/organization?$select=id,displayName,tenantType,verifiedDomains'
  )
  return organization
}

/** The admin's directory roles, or undefined when they may not be read: the check only advises.
 *  https://learn.microsoft.com/graph/api/user-list-transitivememberof */
async function readRoles(tenant: TenantReader): Promise<readonly Membership[] | undefined> {
  try {
    const memberships = await tenant.list<Membership>('/me/transitiveMemberOf?$select=id,displayName,roleTemplateId')
    return memberships.filter(membership => membership.roleTemplateId)
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') return undefined
    throw error
  }
}

function missingRoles(roles: readonly Membership[]): readonly string[] {
  const has = (...templates: string[]) => roles.some(role => templates.includes(role.roleTemplateId ?? ''))
  const { globalAdministrator, applicationAdministrator, cloudApplicationAdministrator, exchangeAdministrator } =
    roleTemplates
  const warnings: string[] = []
  if (!has(globalAdministrator, applicationAdministrator, cloudApplicationAdministrator))
    warnings.push(
      'You do not seem to hold Cloud Application Administrator, Application Administrator or Global Administrator. Activate the role first if it is an eligible one. A custom role may do as well: only Microsoft’s answer decides.'
    )
  if (!has(globalAdministrator, exchangeAdministrator))
    warnings.push(
      'You do not seem to hold Exchange Administrator or Global Administrator. Somebody who does can run the Exchange PowerShell at the end.'
    )
  return warnings
}

function tenantFacts(found: Tenant, setup: Setup): readonly Fact[] {
  return [
    ...(found.displayName ? [{ label: 'Tenant', value: found.displayName }] : []),
    { label: 'Directory (tenant) ID', value: found.tenantId, copy: true },
    ...(found.initialDomain ? [{ label: 'Initial domain', value: found.initialDomain, copy: true }] : []),
    ...(found.domains.length > 1 ? [{ label: 'Domains', value: found.domains.slice(0, 20).join(', ') }] : []),
    { label: 'Cloud', value: setup.cloud.title }
  ]
}

const exchangeFact = (exchange: ExchangeOnline): Fact => ({
  label: 'Exchange Online',
  value: exchange.accountEnabled ? 'Present' : 'Present, but its service principal is disabled for sign-in'
})

const rolesFact = (roles: readonly Membership[]): Fact => ({
  label: 'Your roles here',
  value: roles.map(role => role.displayName).join(', ') || 'None that are active now'
})

/** Whether a text is a tenant's name or ID and can be nothing else, a secret pasted by mistake among it. */
export const isTenantName = (text: string) => mayEcho(text) && whyNoTenantName(nameIn(text)) === undefined

/** The name that a typed text means: of an address the part after the @. */
const nameIn = (typed: string) => typed.trim().replace(/^.*@/, '').toLowerCase()

function whyNoTenantName(text: string): string | undefined {
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)) return undefined
  if (/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(text)) return undefined
  return 'Enter a domain name like contoso.com, or a directory (tenant) ID.'
}
