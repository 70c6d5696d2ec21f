// Tenants where all is done but a secret, and what the setup knows of one that was made before.
import { secretName } from '../../lib/steps/create-a-secret.ts'
import type { KnownSecret } from '../../lib/steps/step.ts'
import type { Control } from '../../practice-tenant/control/actions.ts'
import { fixedId } from '../../practice-tenant/practice.ts'
import type { Memory } from './memory.ts'
import { key, tags, type World } from './world.ts'

const lostAttempt = fixedId('attempt of a day ago')

const mail = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']
const invoices = { displayName: 'Invoices', uniqueName: key, servicePrincipal: true, permissions: mail, grants: mail }
const aDayAgo = () => new Date(Date.now() - 24 * 3600 * 1000)

/** A secret was refused, and the person says that they have done it by hand. */
function expiredCertificate(control: Control): Partial<Memory> {
  control.reset({ world: 'secrets-blocked' })
  control.seedApplication({ ...invoices, tags: [...tags], certificates: [{ displayName: 'CN=invoices', days: -3 }] })
  const refused = { attemptId: lostAttempt, name: secretName(lostAttempt), keyId: undefined, createdAt: aDayAgo() }
  const byHand = { ...refused, attemptId: fixedId('word of a day ago'), name: 'made by hand' }
  return {
    secrets: [
      { ...refused, stored: false },
      { ...byHand, stored: true }
    ]
  }
}

/** All is there, and a secret in the tenant; `known` is what the setup remembers of one that it made a day ago. */
function allButTheSecret(
  control: Control,
  displayName: string,
  known: Partial<KnownSecret>,
  days = 180
): Partial<Memory> {
  control.reset()
  const ids = control.seedApplication({ ...invoices, tags: [...tags], secrets: [{ displayName, days }] })
  const keyId = ids.secrets[0]?.keyId
  const createdAt = aDayAgo()
  const secret = { attemptId: lostAttempt, name: secretName(lostAttempt), keyId, stored: true, createdAt, ...known }
  return { secrets: [secret], shown: keyId ? [keyId] : [] }
}

export const ofSecrets: readonly World[] = [
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
    name: 'a policy against secrets, and a certificate that has expired',
    end: { blockedAt: 'create-a-secret', problem: 'credential-type-policy' },
    arrange: expiredCertificate
  }
]
