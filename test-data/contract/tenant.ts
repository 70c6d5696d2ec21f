// The practice tenant as the product meets it: its cloud file, a token, and Graph through lib/microsoft/graph.ts.
// The rule it keeps: time is a number that sleeping adds to, so that waiting costs a test nothing.
import { readFileSync } from 'node:fs'
import { type CloudRow, readCustomClouds } from '../../lib/microsoft/clouds.ts'
import { openTenant, type Tenant } from '../../lib/microsoft/graph.ts'
import { type PracticeTenant, startPracticeTenant } from '../../practice-tenant/testing.ts'
import { network, send } from './http.ts'

export type Clock = { nowMs(): number; sleep(ms: number): Promise<void> }

export function startClock(): Clock {
  let nowMs = Date.now()
  return {
    nowMs: () => nowMs,
    sleep: async ms => {
      nowMs += ms
    }
  }
}

export type Ground = {
  practice: PracticeTenant
  cloud: CloudRow
  /** Contoso, entered by a person with these delegated permissions. */
  enter(person: string, permissions: readonly string[], clock: Clock): Promise<Tenant>
  stop(): Promise<void>
}

/** Starts a practice tenant and sends everything of this test file there. */
export async function openGround(): Promise<Ground> {
  const practice = await startPracticeTenant()
  const [cloud] = readCustomClouds(readFileSync(practice.cloudFile, 'utf8'))
  if (!cloud) throw new Error('The practice tenant wrote no cloud')
  network.tenant = practice
  const tokens = new Map<string, Promise<string>>()

  async function enter(person: string, permissions: readonly string[], clock: Clock): Promise<Tenant> {
    const key = [person, ...permissions].join(' ')
    const kept = tokens.get(key) ?? practice.control.accessToken({ person, scopes: permissions })
    tokens.set(key, kept)
    const token = await kept
    return openTenant({ cloud: cloud as CloudRow, token: async () => token, sleep: clock.sleep, send })
  }

  return { practice, cloud, enter, stop: practice.stop }
}
