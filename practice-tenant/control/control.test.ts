// The control API over HTTP: worlds, the journal, and who may use it.

import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JournalEntry } from '../practice.ts'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'
import { halves, worldNames } from '../worlds/index.ts'
import { summarize } from './journal.ts'

let tenant: PracticeTenant

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(() => {
  tenant.control.reset()
})

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${tenant.http}/practice${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const answer = (await response.json()) as { result: never; error?: { message: string } }
  return { status: response.status, ...answer }
}

describe('worlds', () => {
  test.each(worldNames)('%s is the same each time', async world => {
    const shape = () => {
      const { applications, servicePrincipals, appRoleAssignments, people, secretPolicy } = tenant.control.tenant()
      const counts = [applications.length, servicePrincipals.length, appRoleAssignments.length]
      return { counts, roles: people.map(({ roles }) => roles), secretPolicy }
    }
    await call('POST', '/reset', { world, setupKey: 'k' })
    const first = shape()
    await call('POST', '/reset', { world, setupKey: 'k' })
    expect(shape()).toEqual(first)
  })

  test('half-done stops where it is told to', async () => {
    const counts: number[][] = []
    for (const upTo of halves) {
      await call('POST', '/reset', { world: 'half-done', setupKey: 'k', upTo })
      const { applications, servicePrincipals, appRoleAssignments } = tenant.control.tenant()
      const declared = applications[0]?.requiredResourceAccess[0]?.resourceAccess.length ?? 0
      const secrets = applications[0]?.passwordCredentials.length ?? 0
      counts.push([applications.length, servicePrincipals.length - 2, declared, appRoleAssignments.length, secrets])
    }
    expect(counts).toEqual([
      [1, 0, 0, 0, 0],
      [1, 1, 0, 0, 0],
      [1, 1, 3, 0, 0],
      [1, 1, 3, 1, 0],
      [1, 1, 3, 3, 0],
      [1, 1, 3, 3, 1]
    ])
  })

  test('finished includes Exchange: registered under the right Object ID, the shared mailboxes open', async () => {
    await call('POST', '/reset', { world: 'finished', setupKey: 'k' })
    const { servicePrincipals, exchange } = tenant.control.tenant()
    const own = servicePrincipals.find(({ displayName }) => displayName === 'Invoices')
    expect(exchange?.servicePrincipals).toMatchObject([{ appId: own?.appId, objectId: own?.id }])
    expect(exchange?.recipients['invoices@contoso.example']?.grants).toHaveLength(1)
  })

  test('resetting one tenant leaves the others and the settings alone', async () => {
    tenant.control.seedApplication({ displayName: 'Kept' })
    tenant.control.settings({ copyDelayReads: 3 })
    await call('POST', '/reset', { tenant: 'fabrikam.example', world: 'no-exchange' })
    expect(tenant.control.tenant().applications).toHaveLength(1)
    expect(tenant.control.tenant('fabrikam.example').exchange).toBeUndefined()
    expect(tenant.practice.state.settings.copyDelayReads).toBe(3)
  })

  test('a crowd comes in tenants of its own, new each time, and the next reset takes it away', async () => {
    const seeded = tenant.control.tenant().people.length
    for (let count = 0; count < 2; count++) {
      const { result } = await call('POST', '/crowd', { tenants: 3, people: 4 })
      const crowd = result as { tenantId: string; username: string; mailbox: string }[]
      expect(new Set(crowd.map(({ username }) => username)).size).toBe(12)
      const { people, exchange } = tenant.control.tenant(crowd.at(-1)?.tenantId)
      expect(people.filter(({ signsIn }) => signsIn)).toHaveLength(4)
      expect(Object.keys(exchange?.recipients ?? {})).toHaveLength(8)
    }
    expect(tenant.practice.state.tenants).toHaveLength(6)
    expect(tenant.control.tenant().people).toHaveLength(seeded)
    await call('POST', '/reset')
    expect(tenant.practice.state.tenants).toHaveLength(3)
  })

  test('an application can be seeded and its tenant read, without a secret in it', async () => {
    const application = { displayName: 'A', servicePrincipal: true, grants: ['SMTP.SendAsApp'], secrets: [{}] }
    const { result } = await call('POST', '/worlds', { application })
    const { appId, secrets } = result as { appId: string; secrets: { secretText: string }[] }
    const read = await call('GET', `/tenants/${tenantIds.contoso}`)
    expect(JSON.stringify(read.result)).toContain(appId)
    expect(JSON.stringify(read.result)).not.toContain(secrets[0]?.secretText)
    expect((await call('GET', '/tenants/nobody.example')).status).toBe(404)
  })
})

describe('the journal', () => {
  const entry = (startedAt: number, endedAt: number, method = 'GET'): JournalEntry => {
    return { method, path: '/v1.0/me', status: 200, startedAt, endedAt }
  }

  test('requests that overlap count once in the longest chain', () => {
    const entries = [entry(0, 10), entry(2, 30), entry(12, 20), entry(21, 25, 'POST')]
    expect(summarize(entries)).toEqual({ count: 4, longestChain: 3, writes: 1 })
  })

  test('holds every Graph request, and can be emptied', async () => {
    const ada = await tenant.graphAs('ada@contoso.example')
    await ada('GET', '/me')
    await ada('POST', '/applications', { displayName: 'A' })
    const { result } = await call('GET', '/requests')
    expect(result).toMatchObject({
      count: 2,
      writes: 1,
      longestChain: 2,
      requests: [
        { method: 'GET', path: '/v1.0/me', status: 200 },
        { method: 'POST', status: 201 }
      ]
    })
    await call('DELETE', '/requests')
    expect((await call('GET', '/requests')).result).toMatchObject({ count: 0, longestChain: 0 })
  })
})

describe('who may use it', () => {
  test('a foreign page is refused, the own one is not', async () => {
    const evil = await call('POST', '/reset', {}, { origin: 'http://evil.example' })
    expect(evil.status).toBe(403)
    expect((await call('GET', '/requests', undefined, { origin: 'null' })).status).toBe(403)
    expect((await call('POST', '/reset', {}, { origin: tenant.http })).status).toBe(200)
  })

  test('a foreign name that points to this machine is refused', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = `${tenant.http.replace('localhost', '127.0.0.1')}/practice/requests`
      const sent = httpRequest(url, { headers: { host: 'evil.example' } }, response => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })
    expect(status).toBe(403)
  })

  test('a misspelt member is refused and changes nothing', async () => {
    const refused = await call('POST', '/settings', { copyDelay: 3 })
    expect([refused.status, refused.error?.message]).toEqual([400, expect.stringContaining('copyDelay')])
  })

  test('settings of the cloud and of a tenant come in one request', async () => {
    await call('POST', '/settings', { copyDelayReads: 2, ordinaryMembersMayRegisterApplications: true })
    expect(tenant.practice.state.settings.copyDelayReads).toBe(2)
    expect(tenant.control.tenant().ordinaryMembersMayRegisterApplications).toBe(true)
  })
})
