// Tenants that hold applications of others, ones to adopt, or one of the setup's own that was deleted or forgotten.
// The rule it keeps: what is foreign in a world must be there unchanged at the end.

import { productTag } from '../../lib/steps/directory.ts'
import { applicationNotes } from '../../lib/steps/register-the-application.changes.ts'
import type { Control } from '../../practice-tenant/control/actions.ts'
import { fixedId } from '../../practice-tenant/practice.ts'
import { tenantIds } from '../../practice-tenant/worlds/people.ts'
import type { Memory } from './memory.ts'
import { key, tags, type World } from './world.ts'

const adopted = (control: Control, more: Parameters<Control['seedApplication']>[0]): Partial<Memory> => {
  control.reset()
  const { appId } = control.seedApplication(more)
  return { answers: { 'register-the-application': { clientId: appId } } }
}

/** The setup’s own application as the setup makes it. */
const own = { displayName: 'Invoices', uniqueName: key, tags: [...tags], notes: applicationNotes }

const elsewhere = fixedId('an application that is registered elsewhere')

export const existing: readonly World[] = [
  {
    name: 'a finished tenant whose database was lost',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'finished', setupKey: key, displayName: 'Invoices', tags })
      return {}
    }
  },
  {
    name: 'an enterprise application that the portal hides',
    end: 'done',
    arrange: control => {
      control.reset()
      const servicePrincipal = { tags: ['kept'] }
      control.seedApplication({ ...own, servicePrincipal })
      return {}
    }
  },
  {
    name: 'a tenant with namesakes of the application',
    end: 'done',
    arrange: control => {
      control.reset()
      control.seedApplication({ displayName: 'Invoices', servicePrincipal: true, permissions: ['POP.AccessAsApp'] })
      control.seedApplication({ displayName: 'Invoices', uniqueName: `${key}0`, tags: [productTag, `${key}0`] })
      return {}
    }
  },
  {
    name: 'a cloud without upsert, with a namesake',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'no-upsert' })
      control.seedApplication({ displayName: 'Invoices', tags: [productTag, `${key}0`] })
      return {}
    }
  },
  {
    name: 'an application to adopt, with secrets, permissions and grants of its own',
    end: 'done',
    arrange: control =>
      adopted(control, {
        displayName: 'Scanner on floor 3',
        tags: ['theirs'],
        servicePrincipal: { tags: ['WindowsAzureActiveDirectoryIntegratedApp', 'theirs'] },
        permissions: ['full_access_as_app', 'IMAP.AccessAsApp'],
        grants: ['full_access_as_app'],
        secrets: [
          { displayName: 'theirs', days: 30 },
          { displayName: 'theirs, expired', days: -3 }
        ]
      })
  },
  {
    name: 'an application to adopt that has no enterprise application',
    end: 'done',
    arrange: control => adopted(control, { displayName: 'Scanner on floor 3', tags: ['theirs'] })
  },
  {
    name: 'the setup’s own application, deleted by somebody',
    end: 'done',
    arrange: control => {
      control.reset()
      const ids = control.seedApplication({
        ...own,
        deleted: true,
        servicePrincipal: true,
        grants: ['IMAP.AccessAsApp']
      })
      const found = {
        appId: ids.appId,
        enterpriseObjectId: ids.servicePrincipalId,
        applicationObjectId: ids.applicationId
      }
      return {
        sightings: { 'register-the-application': { source: 'graph', standing: { kind: 'done', found, facts: [] } } }
      }
    }
  },
  {
    name: 'a cloud without upsert, with a deleted application that this database never knew',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'no-upsert' })
      control.seedApplication({ ...own, deleted: true })
      return {}
    }
  },
  {
    name: 'a deleted application that this database never knew',
    end: { blockedAt: 'register-the-application', problem: 'unique-name-reserved' },
    arrange: control => {
      control.reset()
      control.seedApplication({ ...own, deleted: true })
      return {}
    }
  },
  {
    name: 'a client ID to adopt that nobody has',
    end: { blockedAt: 'register-the-application', problem: 'app-not-in-directory' },
    arrange: control => {
      control.reset()
      return { answers: { 'register-the-application': { clientId: elsewhere } } }
    }
  },
  {
    name: 'a client ID to adopt that is Microsoft’s own',
    end: { blockedAt: 'register-the-application', problem: 'microsofts-own-application' },
    arrange: control => {
      control.reset()
      return { answers: { 'register-the-application': { clientId: '00000002-0000-0ff1-ce00-000000000000' } } }
    }
  },
  {
    name: 'a client ID to adopt that is registered in another tenant',
    end: { blockedAt: 'register-the-application', problem: 'registered-elsewhere' },
    arrange: control => {
      control.reset()
      control.seedApplication(
        { displayName: 'Elsewhere', appId: elsewhere, signInAudience: 'AzureADMultipleOrgs' },
        tenantIds.northwind
      )
      control.consent(elsewhere, ['User.Read'])
      return { answers: { 'register-the-application': { clientId: elsewhere } } }
    }
  }
]
