// Many tenants with many admins each, for a load: as many people as one likes who are at work at the same time.
// The rule it keeps: they come beside the tenants that are there, and the next reset takes them away again.

import { fixedId, type Practice } from '../practice.ts'
import { type Person, roleTemplates, type Tenant } from '../state.ts'
import { member } from './people.ts'
import { completeTenant } from './seed.ts'

export type Crowd = { tenants: number; people: number }

/** An admin of the crowd, as somebody signs in and works: the account, and a mailbox of their own to open. */
export type CrowdMember = { tenantId: string; username: string; displayName: string; mailbox: string }

function crowdTenant(practice: Practice, index: number, count: number): { tenant: Tenant; crowd: CrowdMember[] } {
  const domain = `crowd${index}.example`
  const id = fixedId(`tenant ${domain}`)
  const roles = [roleTemplates.globalAdministrator]
  const people: Person[] = []
  const crowd: CrowdMember[] = []
  for (let number = 1; number <= count; number++) {
    const admin = member(domain, `admin${number}`, `Admin ${number} of Crowd ${index}`, { roles, signsIn: true })
    const mailbox = member(domain, `mailbox${number}`, `Mailbox ${number}`, { enabled: false })
    people.push(admin, mailbox)
    const { userPrincipalName: username, displayName } = admin
    crowd.push({ tenantId: id, username, displayName, mailbox: mailbox.userPrincipalName })
  }
  const initialDomain = `crowd${index}practice.onmicrosoft.com`
  const start = {
    id,
    displayName: `Crowd ${index}`,
    initialDomain,
    domains: [domain, initialDomain],
    people,
    groups: []
  }
  return { tenant: completeTenant(start, practice.state.wizard), crowd }
}

/** Adds the tenants, or makes them new; gives everybody in them who may sign in. */
export function addCrowd(practice: Practice, { tenants, people }: Crowd): readonly CrowdMember[] {
  const made = Array.from({ length: tenants }, (_, index) => crowdTenant(practice, index + 1, people))
  const ids = new Set(made.map(({ tenant }) => tenant.id))
  const others = practice.state.tenants.filter(({ id }) => !ids.has(id))
  practice.replace({ ...practice.state, tenants: [...others, ...made.map(({ tenant }) => tenant)] })
  return made.flatMap(({ crowd }) => crowd)
}
