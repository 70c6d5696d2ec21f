// Tenants and people where Microsoft refuses something, and those just beside them where it does not.
import { reset, type World } from './world.ts'

export const refused: readonly World[] = [
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
  }
]
