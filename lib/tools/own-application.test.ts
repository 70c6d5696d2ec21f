// The page about the wizard's own application promises what this wizard really uses.
import { describe, expect, it } from 'vitest'
import { readEnv } from '../env.ts'
import type { Cloud } from '../steps/step.ts'
import {
  permissionClicks,
  portalRefusesAddress,
  registrationClicks,
  settingLines,
  settingsFor
} from './own-application.ts'

const place = { baseUrl: 'https://wizard.example.com', local: false }
const cloud = { portal: 'https://entra.microsoft.com' } as Cloud
const typed = (purpose: 'own-tenant' | 'clients') =>
  registrationClicks(place, cloud, purpose).flatMap(click => click.type ?? [])

describe('registering', () => {
  it('names the redirect address of this wizard', () => {
    expect(typed('own-tenant')).toContainEqual({
      label: 'Redirect URI',
      value: 'https://wizard.example.com/auth/callback',
      copy: true
    })
  })

  it('is for one tenant, or for many when it is for clients', () => {
    const says = (purpose: 'own-tenant' | 'clients') =>
      registrationClicks(place, cloud, purpose)
        .map(click => click.says)
        .join('\n')
    expect(says('own-tenant')).toContain('Single tenant only')
    expect(says('clients')).toContain('Multiple Entra ID tenants')
    expect(says('clients')).not.toContain('Single tenant')
  })

  it('warns of an address that the portal does not take', () => {
    const refused = (baseUrl: string) => portalRefusesAddress({ baseUrl, local: true })
    expect(refused('http://127.0.0.1:3000')).toBe(true)
    expect(refused('http://[::1]:3000')).toBe(true)
    expect(refused('http://localhost:3000')).toBe(false)
    expect(refused('https://wizard.example.com')).toBe(false)
  })
})

describe('permissions', () => {
  it('are those that it is given, and the optional ones say so', () => {
    const facts = permissionClicks(['A.Read'], ['B.Read']).flatMap(click => click.type ?? [])
    expect(facts.map(({ label, value }) => [label, value])).toEqual([
      ['Permission', 'A.Read'],
      ['Optional', 'B.Read']
    ])
  })
})

describe('the settings', () => {
  it('are names that the wizard reads', () => {
    const source = Object.fromEntries(
      settingsFor('clients').map(({ name }) => [name, name === 'ALLOWED_TENANTS' ? 'contoso.com' : `a ${name}`])
    )
    const read = readEnv({ DATABASE_URL: 'x', APP_KEY: 'k'.repeat(32), NODE_ENV: 'test', ...source })
    expect(read.azure).toMatchObject({ tenantId: 'a AZURE_TENANT_ID', clientId: 'a AZURE_CLIENT_ID' })
    const credential = read.azure?.credential
    expect(credential?.kind === 'secret' && credential.value.reveal()).toBe('a AZURE_CLIENT_SECRET')
    expect(read.allowedTenants).toEqual(['contoso.com'])
  })

  it('leave ALLOWED_TENANTS out for one tenant, which could sign in nobody else', () => {
    expect(settingLines(settingsFor('own-tenant'))).not.toContain('ALLOWED_TENANTS')
    expect(settingLines(settingsFor('clients')).split('\n')).toHaveLength(4)
  })
})
