// The states that a tenant may be in when a walk begins, and how each ends. A new world is a row here.
// The rule it keeps: what is foreign in a world (another application, another grant) must be there unchanged at the end.
import { secretName } from '../../lib/steps/create-a-secret.ts'
import { keyOf, productTag } from '../../lib/steps/directory.ts'
import type { KnownSecret } from '../../lib/steps/step.ts'
import type { Control } from '../../practice-tenant/control/actions.ts'
import { fixedId } from '../../practice-tenant/practice.ts'
import { tenantIds } from '../../practice-tenant/worlds/people.ts'
import type { Half, WorldName } from '../../practice-tenant/worlds/index.ts'
import { type Memory, setupId } from './memory.ts'

export const key = keyOf({ id: setupId })
const tags = [productTag, key]

/** `done`: all steps. Else the step that cannot be done, and the problem that says why. */
export type End = 'done' | { blockedAt: string; problem: string }

export type World = {
  name: string
  end: End
  /** Makes the tenant so, and gives what the setup knows or was answered. */
  arrange(control: Control): Partial<Memory>
  /** Who is signed in; a Global Administrator unless given. */
  person?: string
  /** Every trouble is tried here under every delay of copying, whatever other worlds have shown. */
  thorough?: boolean
}

const reset = (world: WorldName) => (control: Control) => {
  control.reset({ world })
  return {}
}

const halfDone = (upTo: Half, permissions?: string[]) => (control: Control) => {
  control.reset({ world: 'half-done', setupKey: key, displayName: 'Invoices', tags, upTo, permissions })
  return {}
}

const adopted = (control: Control, more: Parameters<Control['seedApplication']>[0]): Partial<Memory> => {
  control.reset()
  const { appId } = control.seedApplication(more)
  return { answers: { 'register-the-application': { clientId: appId } } }
}

const lostAttempt = fixedId('attempt of a day ago')

/** All is there, and a secret in the tenant; `known` is what the setup remembers of one that it made a day ago. */
function allButTheSecret(control: Control, displayName: string, known: Partial<KnownSecret>, days = 180): Partial<Memory> {
  control.reset()
  const mail = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']
  const ids = control.seedApplication({
    displayName: 'Invoices',
    uniqueName: key,
    tags: [...tags],
    servicePrincipal: true,
    permissions: mail,
    grants: mail,
    secrets: [{ displayName, days }]
  })
  const keyId = ids.secrets[0]?.keyId
  const createdAt = new Date(Date.now() - 24 * 3600 * 1000)
  const secret = { attemptId: lostAttempt, name: secretName(lostAttempt), keyId, stored: true, createdAt, ...known }
  return { secrets: [secret], shown: keyId ? [keyId] : [] }
}

const elsewhere = fixedId('an application that is registered elsewhere')

export const worlds: readonly World[] = [
  { name: 'an empty tenant', end: 'done', thorough: true, arrange: reset('empty') },
  { name: 'an application without its enterprise application', end: 'done', arrange: halfDone('application') },
  { name: 'an application that asks for nothing yet', end: 'done', arrange: halfDone('service-principal') },
  { name: 'an application that nobody has consented to', end: 'done', arrange: halfDone('permissions') },
  { name: 'an application that asks for IMAP only', end: 'done', arrange: halfDone('permissions', ['IMAP.AccessAsApp']) },
  { name: 'one of three grants', end: 'done', arrange: halfDone('one-grant') },
  { name: 'all but the secret', end: 'done', arrange: halfDone('grants') },
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
      control.seedApplication({ displayName: 'Invoices', uniqueName: key, tags, servicePrincipal })
      return {}
    }
  },
  {
    name: 'a setup for IMAP alone',
    end: 'done',
    arrange: control => {
      control.reset()
      return { protocols: ['IMAP'] }
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
  { name: 'a cloud without upsert', end: 'done', thorough: true, arrange: reset('no-upsert') },
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
    name: 'a cloud without upsert, half done',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'no-upsert' })
      control.seedApplication({ displayName: 'Invoices', tags })
      return { findsBy: 'tag' }
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
        secrets: [{ displayName: 'theirs', days: 30 }, { displayName: 'theirs, expired', days: -3 }]
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
      const seeded = { displayName: 'Invoices', uniqueName: key, tags, deleted: true } as const
      const ids = control.seedApplication({ ...seeded, tags: [...tags], servicePrincipal: true, grants: ['IMAP.AccessAsApp'] })
      const found = { appId: ids.appId, enterpriseObjectId: ids.servicePrincipalId, applicationObjectId: ids.applicationId }
      return {
        sightings: { 'register-the-application': { source: 'graph', standing: { kind: 'done', found, facts: [] } } }
      }
    }
  },
  {
    name: 'a deleted application that this database never knew',
    end: { blockedAt: 'register-the-application', problem: 'unique-name-reserved' },
    arrange: control => {
      control.reset()
      control.seedApplication({ displayName: 'Invoices', uniqueName: key, tags, deleted: true })
      return {}
    }
  },
  {
    name: 'a secret whose value was lost with the answer',
    end: 'done',
    arrange: control => allButTheSecret(control, secretName(lostAttempt), { keyId: undefined, stored: false })
  },
  {
    name: 'a secret that was shown, and whose storing nobody has confirmed',
    end: 'done',
    arrange: control => allButTheSecret(control, secretName(lostAttempt), { stored: false })
  },
  {
    name: 'a stored secret that has expired',
    end: 'done',
    arrange: control => allButTheSecret(control, secretName(lostAttempt), { stored: true }, -3)
  },
  {
    name: 'a stored secret that somebody removed in the portal',
    end: 'done',
    arrange: control => allButTheSecret(control, 'another one', { stored: true, keyId: fixedId('a removed secret') })
  },
  {
    name: 'a secret that the person made by hand',
    end: 'done',
    arrange: control => allButTheSecret(control, 'Theirs', { name: 'made by hand', keyId: undefined, stored: true })
  },
  {
    name: 'a policy for 90 days, and a secret for 90',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'policy' })
      return { answers: { 'create-a-secret': { days: 90 } } }
    }
  },
  {
    name: 'a policy for 90 days, and a secret for 180',
    end: { blockedAt: 'create-a-secret', problem: 'credential-policy' },
    arrange: reset('policy')
  },
  {
    name: 'a policy against secrets',
    end: { blockedAt: 'create-a-secret', problem: 'credential-type-policy' },
    arrange: reset('secrets-blocked')
  },
  {
    name: 'an admin without roles',
    end: { blockedAt: 'register-the-application', problem: 'insufficient-privileges' },
    arrange: reset('no-rights')
  },
  {
    name: 'an Exchange Administrator, who may not register applications',
    person: 'chloe@contoso.example',
    end: { blockedAt: 'register-the-application', problem: 'insufficient-privileges' },
    arrange: reset('empty')
  },
  {
    name: 'a Cloud Application Administrator',
    person: 'ben@contoso.example',
    end: 'done',
    arrange: reset('empty')
  },
  {
    name: 'an ordinary member where members may register applications',
    person: 'dev@contoso.example',
    end: { blockedAt: 'grant-consent', problem: 'insufficient-privileges' },
    arrange: control => {
      control.reset()
      control.tenantSettings({ ordinaryMembersMayRegisterApplications: true })
      return {}
    }
  },
  {
    name: 'a tenant without Exchange Online',
    end: { blockedAt: 'find-the-tenant', problem: 'exchange-resource-missing' },
    arrange: reset('no-exchange')
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

