// A window of the Exchange console for tests: a seeded world of its own, and one call to run a script in it.

import type { Addresses, Store, Tenant } from '../state.ts'
import { tenantIds } from '../worlds/people.ts'
import { seedState } from '../worlds/seed.ts'
import { findSignIn, type RunRequest, type RunResult, runScript } from './run.ts'
import type { ExchangeState, Recipient } from './state.ts'

export const sample = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435'
}

export type TestWindow = {
  store: Store
  contoso: Tenant
  fabrikam: Tenant
  exchange: ExchangeState
  recipient(address: string): Recipient
  /** Runs a script as Ada unless told otherwise. */
  run(script: string, request?: Partial<RunRequest>): RunResult
  /** The same after Connect-ExchangeOnline. */
  connected(script: string, request?: Partial<RunRequest>): RunResult
  /** How often the state was said to have changed. */
  changes(): number
}

export function openTestWindow(): TestWindow {
  const wizard = {
    appId: '3f1d7a52-5c0e-4d0b-9a53-0d6b3b6d1a11',
    secretText: 'x',
    homeTenantId: tenantIds.northwind,
    redirectUris: []
  }
  const state = seedState(wizard)
  const addresses: Addresses = { https: '', http: '', mailPorts: { imap: 0, pop: 0, smtp: 0 } }
  let changes = 0
  const store: Store = {
    state,
    addresses,
    changed: () => {
      changes += 1
    },
    replace: () => {}
  }
  const tenant = (id: string) => state.tenants.find(one => one.id === id) as Tenant
  const contoso = tenant(tenantIds.contoso)
  const exchange = contoso.exchange as ExchangeState
  const run = (script: string, request: Partial<RunRequest> = {}) => {
    const as = request.as ?? 'ada@contoso.example'
    const who = findSignIn(store, as)
    if (!who) throw new Error(`Nobody signs in as ${as}.`)
    return runScript(store, { script, ...request, as }, who, () => new Date('2026-08-20T09:30:00.000Z'))
  }
  return {
    store,
    contoso,
    fabrikam: tenant(tenantIds.fabrikam),
    exchange,
    recipient: address => exchange.recipients[address] as Recipient,
    run,
    connected: (script, request) => run(`Connect-ExchangeOnline -ShowBanner:$false\n${script}`, request),
    changes: () => changes
  }
}
