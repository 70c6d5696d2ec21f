// The list of steps. Routes, navigation, progress, consent, preview, docs and tests are functions of it.
// To add a step: write one file, add one line.
import { addPermissions } from './add-permissions.ts'
import { connectYourProgram } from './connect-your-program.ts'
import { createASecret } from './create-a-secret.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { grantConsent } from './grant-consent.ts'
import { openTheMailboxes } from './open-the-mailboxes.ts'
import { registerInExchange } from './register-in-exchange.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Step } from './step.ts'
import { testTheConnection } from './test-the-connection.ts'

export const steps: readonly Step[] = [
  findTheTenant,
  registerTheApplication,
  addPermissions,
  grantConsent,
  createASecret,
  registerInExchange,
  openTheMailboxes,
  testTheConnection,
  connectYourProgram
]

export const findStep = (id: string): Step | undefined => steps.find(step => step.id === id)

/** The delegated Microsoft Graph permissions that entering a tenant asks for: the union of the steps' own, without
 *  those that another one includes. */
export function permissionsOf(list: readonly Step[]): readonly string[] {
  const all = [...new Set(list.flatMap(step => step.permissions))]
  return all.filter(
    name =>
      !all.includes(name.replace('.Read.', '.ReadWrite.')) || name.includes('.ReadWrite.') || !name.includes('.Read.')
  )
}

/** What the manual path asks for, where the admin wants the wizard to check and to change nothing. */
export const permissionsToRead: readonly string[] = ['User.Read', 'Application.Read.All']

export type PermissionUse = { permission: string; steps: readonly { id: string; title: string }[]; why: string }

const whyPermission: Record<string, string> = {
  'User.Read': 'Reads who you are, your directory roles and the name of your tenant.',
  'Application.ReadWrite.All':
    'Makes the application, its permissions, its consent and its secret, and reads them again.'
}

/** Which permission is asked for, and which steps want it; for the start page. */
export const permissionsByStep: readonly PermissionUse[] = permissionsOf(steps).map(permission => ({
  permission,
  why: whyPermission[permission] ?? '',
  steps: steps
    .filter(step => step.permissions.some(wanted => wanted === permission || includes(permission, wanted)))
    .map(({ id, title }) => ({ id, title }))
}))

function includes(wide: string, narrow: string): boolean {
  return wide === narrow.replace('.Read.', '.ReadWrite.') && wide !== narrow
}
