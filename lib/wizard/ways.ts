// Which ways of signing in may be offered, cloud by cloud.
import 'server-only'
import { env } from '../env.ts'
import { type CloudRow, clouds, findWizardApp } from '../microsoft/clouds.ts'

export type Way = { cloud: string; title: string; way: 'own' | 'command-line' }

const known = new Set(['global', 'gcc-high', 'dod', 'china'])

/** The clouds that the wizard has an application of its own in. */
export const ownWays = (): readonly Way[] =>
  clouds()
    .filter(cloud => cloud.wizard)
    .map(({ name, title }) => ({ cloud: name, title, way: 'own' }))

/** Microsoft's clouds by its public command line client: on this computer only, and only if the person chooses it. */
export const commandLineWays = (): readonly Way[] =>
  env().local
    ? clouds()
        .filter(cloud => !cloud.wizard && known.has(cloud.name))
        .map(({ name, title }) => ({ cloud: name, title, way: 'command-line' }))
    : []

/** The way into one cloud, or undefined when only the manual path is left. */
export function wayInto(cloud: CloudRow): Way | undefined {
  return [...ownWays(), ...commandLineWays()].find(way => way.cloud === cloud.name)
}

/** Whether the application's tenant is named, so that it may be of that tenant only. Microsoft answers such a one on a page of
 *  its own unless a tenant is named (AADSTS50194): the person's own is entered, and another one once it was looked up.
 *  https://learn.microsoft.com/entra/identity-platform/howto-convert-app-to-be-multi-tenant */
export const hasTenantNamed = (cloud: CloudRow, way: string): boolean =>
  findWizardApp(cloud, way)?.tenantId !== undefined
